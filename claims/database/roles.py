"""Who owns the tables, who writes, who reads: roles on a server that several people share."""

from contextlib import suppress
from pathlib import Path

from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Engine, text

from claims.database.errors import NoLoginRoleError, RolesMissingError, UnknownRoleError
from claims.database.refusals import location_of, translate_errors
from claims.database.script import run_script

OWNER, WRITER, READER = "claims_owner", "claims_writer", "claims_reader"

CREATE_ROLES = """
DO $$
DECLARE
    role name;
BEGIN
    FOREACH role IN ARRAY ARRAY['claims_owner', 'claims_writer', 'claims_reader'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        EXCEPTION
            WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
        END;
    END LOOP;
END $$
"""
"""What the migrations create for the whole server; a dump does not hold it."""

RIGHTS = Path(__file__).with_name("rights.sql")
SEPARATE = Path(__file__).with_name("separate.sql")
PUBLIC = Path(__file__).with_name("public.sql")

OWNED_BY = text("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'claims'")

CAN_LOG_IN = text("SELECT rolcanlogin FROM pg_roles WHERE rolname = :name")

OPEN = text("""
    SELECT o.what FROM (VALUES
        ('temporary tables', has_database_privilege('public', current_database(), 'TEMPORARY')),
        ('tables in schema public', to_regnamespace('public') IS NOT NULL
            AND has_schema_privilege('public', to_regnamespace('public')::oid, 'CREATE')),
        ('DO blocks', has_language_privilege('public', 'plpgsql', 'USAGE')),
        ('large objects', has_function_privilege('public', 'lo_create(oid)', 'EXECUTE')),
        ('advisory locks',
            has_function_privilege('public', 'pg_advisory_lock(bigint)', 'EXECUTE')),
        ('pg_notify', has_function_privilege('public', 'pg_notify(text,text)', 'EXECUTE')),
        ('pg_logical_emit_message', EXISTS (
            SELECT FROM pg_proc AS p WHERE p.proname = 'pg_logical_emit_message'
               AND has_function_privilege('public', p.oid, 'EXECUTE')))
    ) AS o(what, open) WHERE o.open
""")
"""What everybody may still do on the database that a reader has no need of."""


def apply_rights(connection: Connection) -> None:
    """Give each role its rights on what is there now; repeatable."""
    run_script(connection, RIGHTS.read_text("utf-8"))
    if connection.scalar(OWNED_BY) == OWNER:
        run_script(connection, PUBLIC.read_text("utf-8"))


def find_open(engine: Engine) -> list[str]:
    """What a separated database still leaves to everybody: a hosted server may not close it.

    PostgreSQL only warns when a right is not taken away, so this looks at the rights themselves.
    """
    with translate_errors(engine.url), engine.connect() as connection:
        if connection.scalar(OWNED_BY) != OWNER:
            return []
        return list(connection.scalars(OPEN))


def separate(engine: Engine) -> None:
    """Hand everything over to the owner's role, as which nobody logs in; repeatable.

    Raises:
        RolesMissingError: The server has no such role, and whoever migrated could not make it.
        DatabaseError: Whoever asks may not hand it over.
    """
    with translate_errors(engine.url), engine.begin() as connection:
        _require_roles(connection, engine)
        run_script(connection, SEPARATE.read_text("utf-8"))
        apply_rights(connection)


def grant(engine: Engine, role: str, member: str) -> None:
    """Make a login role a member of WRITER or READER; repeatable.

    Its sessions in this database then compile no query to machine code, unless whoever grants may
    not set that: of our widest views it takes a hundred times as long as running them.

    Raises:
        RolesMissingError: The server has not our roles.
        UnknownRoleError: It has no such role.
        NoLoginRoleError: Nobody can log in as it.
        DatabaseError: Whoever asks may not grant it.
    """
    with translate_errors(engine.url), engine.begin() as connection:
        _require_roles(connection, engine)
        if not _has_role(connection, member):
            raise UnknownRoleError(f"{location_of(engine.url)}, role {member}")
        if not connection.scalar(CAN_LOG_IN, {"name": member}):
            where = f"{location_of(engine.url)}, role {member}"
            raise NoLoginRoleError(where)
        granting = SQL("GRANT {} TO {}").format(Identifier(role), Identifier(member))
        run_script(connection, granting.as_string())
        setting = SQL("ALTER ROLE {} IN DATABASE {} SET jit = off").format(
            Identifier(member), Identifier(str(engine.url.database))
        )
        with suppress(InsufficientPrivilege), connection.begin_nested():
            run_script(connection, setting.as_string())


def owner_of(engine: Engine) -> str:
    """Which role owns the tables."""
    with translate_errors(engine.url), engine.connect() as connection:
        return str(connection.scalar(OWNED_BY))


def _require_roles(connection: Connection, engine: Engine) -> None:
    missing = [role for role in (OWNER, WRITER, READER) if not _has_role(connection, role)]
    if missing:
        raise RolesMissingError(location_of(engine.url), ", ".join(missing))


def _has_role(connection: Connection, name: str) -> bool:
    query = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :name)")
    return bool(connection.scalar(query, {"name": name}))
