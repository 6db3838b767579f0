"""What every table and column means, written to the database as COMMENT after each upgrade.

A meaning stands once: of a table's column in `claims.schema`; of a published view's column in the
view's file, or, if it means what another column of its name means, where `DESCRIBED_AS` says.
Relations of the past mean what those of the present mean.
"""

import re
from collections.abc import Mapping

from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import Connection, text

from claims.contract.views import CLAIMS_V1, DESCRIBED_AS, read_view
from claims.database.script import run_script
from claims.schema import Base

Meanings = Mapping[str, str]
"""Comments by column; that of the table or view itself under the empty name."""

OWN = re.compile(
    r"^COMMENT ON (?:VIEW (?P<view>\w+)|COLUMN \w+\.(?P<column>\w+)) IS '(?P<text>(?:[^']|'')*)';$",
    re.MULTILINE,
)
KINDS = {"r": "TABLE", "v": "VIEW"}
STORED = text("""
    SELECT n.nspname, c.relname, c.relkind, coalesce(a.attname, ''), d.description
      FROM pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN LATERAL (
           SELECT t.attname, t.attnum FROM pg_attribute AS t
            WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped
            UNION ALL SELECT NULL, 0) AS a ON true
      LEFT JOIN pg_description AS d
             ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum
     WHERE n.nspname IN ('claims', 'claims_past', 'claims_v1', 'claims_v1_past')
       AND c.relkind IN ('r', 'v')
     ORDER BY n.nspname, c.relname, a.attnum
""")


def table_meanings() -> dict[str, Meanings]:
    """What the tables of schema claims and their columns mean, by table."""
    return {
        table.name: {"": table.comment or ""}
        | {column.name: column.comment or "" for column in table.columns}
        for table in Base.metadata.sorted_tables
    }


def view_meanings() -> dict[str, Meanings]:
    """What the views of claims_v1 and their columns mean, by view."""
    tables = table_meanings()
    views: dict[str, Meanings] = {}
    for view in CLAIMS_V1:
        meanings: dict[str, str] = {}
        for other in reversed(DESCRIBED_AS.get(view, ())):
            meanings |= views.get(other) or tables[other]
        meanings.pop("", None)
        for own in OWN.finditer(read_view(view)):
            meanings[own["column"] or ""] = own["text"].replace("''", "'")
        views[view] = meanings
    return views


def apply_comments(connection: Connection) -> None:
    """Write the comments that the database has not; again changes nothing."""
    tables, views = table_meanings(), view_meanings()
    meanings = {"claims": tables, "claims_v1": views, "claims_v1_past": views}
    meanings["claims_past"] = {
        table: {column: meaning for column, meaning in columns.items() if column}
        for table, columns in tables.items()
    }
    statements = [
        _statement("COLUMN" if column else KINDS[kind], (schema, relation, column), meaning)
        for schema, relation, kind, column, stored in connection.execute(STORED)
        if (meaning := meanings[schema].get(relation, {}).get(column)) and meaning != stored
    ]
    run_script(connection, "\n".join(statements))


def _statement(kind: str, name: tuple[str, str, str], meaning: str) -> str:
    statement = SQL("COMMENT ON {} {} IS {};")
    place = Identifier(*filter(None, name))
    return statement.format(SQL(kind), place, Literal(meaning)).as_string()
