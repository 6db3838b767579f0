"""Opens the database that the settings name, ready for use."""

from collections.abc import Iterator
from contextlib import contextmanager

from claims.database.address import find_database
from claims.database.engine import Database
from claims.database.revision import current_revision, head_revision, require_migrated
from claims.settings import Settings


@contextmanager
def open_database(
    settings: Settings, *, keep: bool = False, connections: int = 15
) -> Iterator[Database]:
    """The database, ready for use, and closed at the end of the block.

    An embedded database is upgraded here. One that DATABASE_URL names may have other users, and
    waits for `claims db upgrade`.

    Args:
        settings: Which database.
        keep: Whether connections stay open between sessions, for interactive work.
        connections: How many are kept at most.

    Raises:
        DatabaseError: It cannot be reached, or is at another revision.
    """
    database = Database(find_database(settings), keep=keep, connections=connections)
    try:
        current = current_revision(database.engine)
        if settings.database_url is None and (current is None or current < head_revision()):
            from claims.database.migrations import upgrade  # noqa: PLC0415 - Alembic is slow

            upgrade(database.engine)
        require_migrated(database.engine)
        yield database
    finally:
        database.close()
