"""Who owns the tables, who writes, who reads: roles on a server that several people share."""

from pathlib import Path

from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Engine, text

from claims.database.errors import RolesMissingError, UnknownRoleError
from claims.database.refusals import location_of, translate_errors
from claims.database.script import run_script

OWNER, WRITER, READER = "claims_owner", "claims_writer", "claims_reader"

RIGHTS = Path(__file__).with_name("rights.sql")
SEPARATE = Path(__file__).with_name("separate.sql")


def apply_rights(connection: Connection) -> None:
    """Give each role its rights on what is there now; repeatable."""
    run_script(connection, RIGHTS.read_text("utf-8"))


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

    Raises:
        RolesMissingError: The server has not our roles.
        UnknownRoleError: It has no such login role.
        DatabaseError: Whoever asks may not grant it.
    """
    with translate_errors(engine.url), engine.begin() as connection:
        _require_roles(connection, engine)
        if not _has_role(connection, member):
            raise UnknownRoleError(f"{location_of(engine.url)}, role {member}")
        granting = SQL("GRANT {} TO {}").format(Identifier(role), Identifier(member))
        run_script(connection, granting.as_string())


def owner_of(engine: Engine) -> str:
    """Which role owns the tables."""
    query = text("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'claims'")
    with translate_errors(engine.url), engine.connect() as connection:
        return str(connection.scalar(query))


def _require_roles(connection: Connection, engine: Engine) -> None:
    missing = [role for role in (OWNER, WRITER, READER) if not _has_role(connection, role)]
    if missing:
        raise RolesMissingError(location_of(engine.url), ", ".join(missing))


def _has_role(connection: Connection, name: str) -> bool:
    query = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :name)")
    return bool(connection.scalar(query, {"name": name}))
