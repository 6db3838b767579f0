"""Pins the views as they are now: `python -m tests.contract.pin`, for views not yet released."""

import json
from pathlib import Path

from sqlalchemy import text

import claims.contract
from claims.cli.door import open_database
from claims.contract.check import LIVE_COLUMNS
from claims.contract.views import CLAIMS_V1, digest_of


def main() -> None:
    """Write contract.json from the database in use."""
    columns: dict[str, list[list[str]]] = {}
    with open_database() as database, database.engine.connect() as connection:
        for view, name, kind, _, _ in connection.execute(text(LIVE_COLUMNS)):
            columns.setdefault(view, []).append([name, kind])
    pinned = {view: {"sha256": digest_of(view), "columns": columns[view]} for view in CLAIMS_V1}
    rendered = json.dumps({"claims_v1": pinned}, indent=1) + "\n"
    Path(claims.contract.__file__).with_name("contract.json").write_text(rendered, "utf-8")


if __name__ == "__main__":
    main()
