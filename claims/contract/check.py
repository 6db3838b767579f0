"""Compares what is published with what was promised."""

from collections.abc import Mapping, Sequence

from claims.contract.views import CLAIMS_V1, digest_of, read_pinned

Columns = Sequence[tuple[str, str]]
"""Names and PostgreSQL types of a view's columns, in order."""

LIVE_COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
           col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')
      FROM pg_class AS c
      JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'claims_v1'::regnamespace AND c.relkind = 'v'
     ORDER BY c.relname, a.attnum
"""
"""Each column of each view: view, name, type, comment, the view's comment."""


def find_breaches(live: Mapping[str, Columns]) -> list[str]:
    """What breaks the promise that names and types stay and columns are only added, at the end.

    Args:
        live: The columns of each view of claims_v1 as a database has them.

    Returns:
        One line a breach; empty when the promise is kept.
    """
    breaches = []
    for view, pinned in read_pinned().items():
        promised = [tuple(column) for column in pinned["columns"]]  # type: ignore[attr-defined]
        found = [tuple(column) for column in live.get(view, ())]
        if found[: len(promised)] != promised:
            breaches.append(f"claims_v1.{view}: promised {promised}, found {found}")
        if view in CLAIMS_V1 and digest_of(view) != pinned["sha256"]:
            breaches.append(f"claims_v1.{view}: its file was changed after it was pinned")
    unpinned = sorted(set(CLAIMS_V1) - set(read_pinned()))
    return breaches + [f"claims_v1.{view}: not pinned in contract.json" for view in unpinned]
