"""Which revision of the schema a database is at, and which one this version needs.

Apart from the migrations themselves, because every command asks and Alembic is slow to import.
"""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy import text as sql

from claims.database.errors import NewerSchemaError, NotMigratedError, UnreleasedSchemaError
from claims.database.refusals import location_of, translate_errors

NAMES = ("revision", "down_revision")
"""What the file of a revision says of its place."""


def find_migrations() -> Path:
    """The folder of migrations: beside this file in a wheel, at the top level in a checkout."""
    packed = Path(__file__).with_name("alembic")
    return packed if packed.is_dir() else Path(__file__).parents[2] / "migrations"


@cache
def known_revisions() -> list[str]:
    """The revisions that this version of the program knows, each after the one it follows.

    Not in the order of their numbers: of two that were written at one time, the one with the lower
    number may follow the other.
    """
    paths = (find_migrations() / "versions").glob("20*.py")
    after = {before: own for own, before in map(_read_place, paths)}
    revisions: list[str] = []
    while (following := after.get(revisions[-1] if revisions else "")) is not None:
        revisions.append(following)
    return revisions


def _read_place(path: Path) -> tuple[str, str]:
    """A revision, and the one it follows; empty for the first."""
    text = path.read_text("utf-8")
    own, before = (re.search(rf'^{name} = "(\d+)"$', text, re.MULTILINE) for name in NAMES)
    return own[1] if own else "", before[1] if before else ""


def is_older(revision: str | None) -> bool:
    """Whether a database at this revision, or at none yet, has to be upgraded."""
    return revision is None or revision in known_revisions()[:-1]


def head_revision() -> str:
    """The revision this version of the program works with."""
    return known_revisions()[-1]


def current_revision(engine: Engine) -> str | None:
    """The revision a database is at; None before its first migration.

    Raises:
        DatabaseError: The database cannot be reached.
    """
    with translate_errors(engine.url), engine.connect() as connection:
        if connection.scalar(sql("SELECT to_regclass('claims.alembic_version')")) is None:
            return None
        current: str | None = connection.scalar(
            sql("SELECT version_num FROM claims.alembic_version")
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
    # Text compares as the numbers do: all revisions have four digits, and none is below the first.
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
