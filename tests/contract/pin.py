"""Pins the views as they are now: `python -m tests.contract.pin`, for views not yet released."""

import json
from pathlib import Path

import claims.contract
from claims.cli.context import open_database
from claims.contract.live import load_live
from claims.contract.views import CLAIMS_V1, FUNCTIONS, digest_of


def main() -> None:
    """Write contract.json from the database in use."""
    with open_database() as database, database.reader() as session:
        live = load_live(session)
    pinned: dict[str, object] = {}
    for name in CLAIMS_V1:
        pinned[name] = {"sha256": digest_of(name), "columns": live.views[name]}
    for name in FUNCTIONS:
        pinned[name] = {"sha256": digest_of(name), "signature": live.functions[name]}
    rendered = json.dumps({"claims_v1": pinned}, indent=1) + "\n"
    Path(claims.contract.__file__).with_name("contract.json").write_text(rendered, "utf-8")


if __name__ == "__main__":
    main()
