"""Reads from a database what it publishes."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.contract.check import LiveContract

COLUMNS = text("""
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
      FROM pg_class AS c
      JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = to_regnamespace('claims_v1') AND c.relkind = 'v'
     ORDER BY c.relname, a.attnum
""")
# Arguments with their names, because they can be given by name, and with their defaults.
SIGNATURES = text("""
    SELECT p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid)
      FROM pg_proc AS p
     WHERE p.pronamespace = to_regnamespace('claims_v1')
     ORDER BY p.proname, p.pronargs
""")


def load_live(session: Session) -> LiveContract:
    """The columns of each view and the signatures of each function; overloads are joined by ;."""
    views: dict[str, tuple[tuple[str, str], ...]] = {}
    for view, name, kind in session.execute(COLUMNS):
        views[view] = (*views.get(view, ()), (name, kind))
    functions: dict[str, str] = {}
    for name, arguments, result in session.execute(SIGNATURES):
        signature = f"{name}({arguments}) RETURNS {result}"
        functions[name] = "; ".join(filter(None, (functions.get(name), signature)))
    return LiveContract(views, functions)
