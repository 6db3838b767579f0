"""Which revision of the schema a database is at, and which one this version needs.

Apart from the migrations themselves, because every command asks and Alembic is slow to import.
"""

from pathlib import Path

from sqlalchemy import Engine, text

from claims.database.errors import NewerSchemaError, NotMigratedError, UnreleasedSchemaError
from claims.database.refusals import location_of, translate_errors


def find_migrations() -> Path:
    """The folder of migrations: beside this file in a wheel, at the top level in a checkout."""
    packed = Path(__file__).with_name("alembic")
    return packed if packed.is_dir() else Path(__file__).parents[2] / "migrations"


def known_revisions() -> list[str]:
    """The revisions that this version of the program knows, in order, from their file names."""
    names = sorted(path.stem for path in (find_migrations() / "versions").glob("20*.py"))
    return [name.split("_")[3] for name in names]


def head_revision() -> str:
    """The revision this version of the program works with."""
    return known_revisions()[-1]


def current_revision(engine: Engine) -> str | None:
    """The revision a database is at; None before its first migration.

    Raises:
        DatabaseError: The database cannot be reached.
    """
    with translate_errors(engine.url), engine.connect() as connection:
        if connection.scalar(text("SELECT to_regclass('claims.alembic_version')")) is None:
            return None
        current: str | None = connection.scalar(
            text("SELECT version_num FROM claims.alembic_version")
        )
        return current


def require_known(engine: Engine) -> str | None:
    """The revision a database is at, if this version can upgrade from it; None if it is empty.

    Raises:
        UnreleasedSchemaError: Its revision is older than all that this version knows.
        NewerSchemaError: Its revision is newer.
        DatabaseError: The database cannot be reached.
    """
    current, revisions = current_revision(engine), known_revisions()
    if current is None or current in revisions:
        return current
    # Text compares as the numbers do: all revisions have four digits.
    error = UnreleasedSchemaError if current < revisions[0] else NewerSchemaError
    raise error(location_of(engine.url), f"at revision {current}")


def require_migrated(engine: Engine) -> None:
    """Refuse to work on a database of another revision.

    Raises:
        NotMigratedError: Its revision is missing or older.
        UnreleasedSchemaError: Its revision is older than all that this version knows.
        NewerSchemaError: Its revision is newer.
    """
    current, head = require_known(engine), head_revision()
    if current != head:
        raise NotMigratedError(location_of(engine.url), f"at revision {current}, needs {head}")
