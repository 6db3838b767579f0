"""Pins what is published: `python -m tests.contract.pin`, after a new view, column or file.

What is pinned stays: a file that was changed, a column that is gone or has another type is refused.
"""

import json
import sys
from pathlib import Path

import claims.contract
from claims.cli.context import open_database
from claims.contract.check import LiveContract, find_breaches
from claims.contract.live import load_live
from claims.contract.views import CLAIMS_V1, FUNCTIONS, current_file, digest_of, read_digests


def render(live: LiveContract) -> str:
    """contract.json for a database that breaks nothing of the present one."""
    pinned: dict[str, object] = {name: {"columns": live.views[name]} for name in CLAIMS_V1}
    pinned |= {name: {"signature": live.functions[name]} for name in FUNCTIONS}
    current = {current_file(name): digest_of(name) for name in (*CLAIMS_V1, *FUNCTIONS)}
    files = dict(sorted((current | read_digests()).items()))
    return json.dumps({"claims_v1": pinned, "files": files}, indent=1) + "\n"


def main() -> None:
    """Write contract.json from the database in use."""
    with open_database() as database, database.reader() as session:
        live = load_live(session)
    breaches = [line for line in find_breaches(live) if "not pinned" not in line]
    if breaches:
        sys.exit("\n".join(breaches))
    path = Path(claims.contract.__file__).with_name("contract.json")
    path.write_text(render(live), "utf-8")


if __name__ == "__main__":
    main()
