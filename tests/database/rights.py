"""Writes down who may do what: `python -m tests.database.rights`, after a change to rights.sql."""

import csv
import io
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import Connection, text

from claims.database.address import parse_url
from claims.database.engine import Database
from claims.database.migrations import upgrade
from claims.database.server import start, stop

TABLE = Path(__file__).with_name("rights.csv")

EVERY_RIGHT = """
    WITH ours AS (
        SELECT oid, nspname, nspacl, nspowner FROM pg_namespace WHERE nspname LIKE 'claims%'
    ), granted AS (
        SELECT 'schema' AS kind, n.nspname::text AS object, n.nspowner AS owner, a.*
          FROM ours AS n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS a
        UNION ALL
        SELECT 'relation', n.nspname || '.' || c.relname, c.relowner, a.*
          FROM pg_class AS c JOIN ours AS n ON n.oid = c.relnamespace,
               aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS a
         WHERE c.relkind IN ('r', 'v', 'm', 'p', 'S')
        UNION ALL
        SELECT 'column', n.nspname || '.' || c.relname || '.' || t.attname, c.relowner, a.*
          FROM pg_attribute AS t JOIN pg_class AS c ON c.oid = t.attrelid
          JOIN ours AS n ON n.oid = c.relnamespace, aclexplode(t.attacl) AS a
        UNION ALL
        SELECT 'function', p.oid::regprocedure::text, p.proowner, a.*
          FROM pg_proc AS p JOIN ours AS n ON n.oid = p.pronamespace,
               aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
    )
    SELECT kind, object,
           CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee)::text END AS role,
           string_agg(privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, ' '
                      ORDER BY privilege_type) AS rights
      FROM granted WHERE grantee <> owner
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
"""What each role but the owner may do with each object; * where it may grant it on."""


def rights_of(connection: Connection) -> str:
    """The table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("kind", "object", "role", "rights"))
    writer.writerows(connection.execute(text(EVERY_RIGHT)))
    return out.getvalue()


def main() -> None:
    """Write the table from a database that the migrations have just made."""
    home = Path(tempfile.mkdtemp(prefix="claims-rights-"))
    home.chmod(0o755)
    try:
        server = start(home)
        database = Database(parse_url(server.url or ""))
        upgrade(database.engine)
        with database.engine.connect() as connection:
            TABLE.write_text(rights_of(connection), "utf-8")
        database.close()
        stop(home)
        shutil.rmtree(server.directory, ignore_errors=True)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
