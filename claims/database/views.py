"""Views and functions of the database, made from numbered files by the revisions of the schema.

A revision names its files in `VIEWS`, each by schema and name: `claims_v1/claims_02`. Its upgrade
installs them, its downgrade restores the files of the revision before.
"""

from collections.abc import Iterable

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from claims.contract.views import CLAIMS_V1, FUNCTIONS, read_file
from claims.database.revision import find_migrations
from claims.database.script import run_script

REMOVE = """
    DO $$
    DECLARE
        ours text[] := ARRAY['claims_v1', 'claims_v1_past', 'claims_past', 'claims'];
        functions text;
        views text;
    BEGIN
        SELECT string_agg(p.oid::regprocedure::text, ', ') INTO functions
          FROM pg_proc AS p WHERE p.pronamespace = to_regnamespace('claims_v1');
        IF functions IS NOT NULL THEN
            EXECUTE 'DROP FUNCTION ' || functions;
        END IF;
        SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ') INTO views
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind = 'v' AND n.nspname = ANY (ours);
        IF views IS NOT NULL THEN
            EXECUTE 'DROP VIEW ' || views;
        END IF;
    END $$
"""
"""In one statement each, so that what of ours stands on ours goes with it, and a view that somebody
else built on ours refuses the statement and is named."""

REMOVE_PAST = """
    DO $$
    DECLARE
        views text;
    BEGIN
        SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ') INTO views
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind = 'v' AND n.nspname IN ('claims_v1_past', 'claims_past');
        EXECUTE 'DROP VIEW ' || views;
    END $$
"""

PRESENT, PAST = ("claims_v1", "claims"), ("claims_v1_past", "claims_past")
"""Where a published view is made, and where the tables it reads are: as they are, as they were."""


PUBLISHED = {name: place for place, name in enumerate((*CLAIMS_V1, *FUNCTIONS))}
"""The published views and functions, each with its place in the order in which they are made."""

SCHEMAS = ("claims", "claims_past", "claims_v1")
"""Where views are made, in an order in which each reads those before it."""


def install(connection: Connection, views: Iterable[str]) -> None:
    """Create or replace views and functions, in this order; a view can only gain columns.

    Args:
        connection: Its transaction is the revision's.
        views: Files by schema and name. A published view is also made over the past.
    """
    for view in views:
        schema, _, file = view.partition("/")
        if schema != PRESENT[0]:
            path = find_migrations() / "views" / schema / f"{file}.sql"
            run_script(connection, path.read_text("utf-8"))
        elif file.rpartition("_")[0] in FUNCTIONS:
            run_script(connection, read_file(file))
        else:
            for schemas in (PRESENT, PAST):
                _install_in(connection, schemas, read_file(file))


def restore(connection: Connection, revision: str | None) -> None:
    """Remove all views and functions of ours and make those of a revision again.

    For downgrades: only a view that is made anew can lose a column.

    Args:
        connection: Its transaction is the downgrade's.
        revision: The revision that is gone back to; None for the state before the first.

    Raises:
        sqlalchemy.exc.DBAPIError: A view of somebody else stands on one of ours; it says which.
    """
    remove(connection)
    install(connection, views_at(revision) if revision else ())


def remove(connection: Connection) -> None:
    """Remove all views and functions of ours, for a downgrade that changes what they read.

    Raises:
        sqlalchemy.exc.DBAPIError: A view of somebody else stands on one of ours; it says which.
    """
    connection.execute(text(REMOVE))


def remove_past(connection: Connection) -> None:
    """Remove the views of the past, so that a table may lose a column; published views stay.

    For upgrades, before the tables change; `install` of `views_at` that revision follows.

    Raises:
        sqlalchemy.exc.DBAPIError: A view of somebody else stands on one of ours; it says which.
    """
    connection.execute(text(REMOVE_PAST))


def views_at(revision: str) -> list[str]:
    """The files that hold at a revision, in the order they are made."""
    scripts = ScriptDirectory(str(find_migrations())).iterate_revisions(revision, "base")
    current: dict[str, str] = {}
    for script in reversed(list(scripts)):
        for view in getattr(script.module, "VIEWS", ()):
            current[view.rpartition("_")[0]] = view
    return sorted(current.values(), key=_place)


def _place(view: str) -> tuple[int, int]:
    """Where a view stands in the order they are made: a newer form may read what came later."""
    schema, _, file = view.partition("/")
    place = PUBLISHED[file.rpartition("_")[0]] if schema == PRESENT[0] else 0
    return SCHEMAS.index(schema), place


def _install_in(connection: Connection, schemas: tuple[str, str], sql: str) -> None:
    """Run a view's file where names without a schema mean these schemas; the first gets the view.

    PostgreSQL looks names up once, when the view is made: no later search_path changes it.
    """
    run_script(connection, f"SET LOCAL search_path = {', '.join(schemas)}, pg_temp;\n{sql}")
    connection.execute(text("SET LOCAL search_path TO DEFAULT"))
