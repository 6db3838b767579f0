"""Opens the database that the settings name, ready for use."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL

from claims.database.address import READ_URL, find_database, parse_url
from claims.database.engine import Database
from claims.database.errors import BadDatabaseUrlError
from claims.database.replica import translate_replica_errors
from claims.database.revision import current_revision, is_older, require_migrated
from claims.settings import Settings


@contextmanager
def open_database(
    settings: Settings, *, keep: bool = False, connections: int = 15, replica: bool = False
) -> Iterator[Database]:
    """The database, ready for use, and closed at the end of the block.

    An embedded database is upgraded here. One that DATABASE_URL names may have other users, and
    waits for `claims db upgrade`.

    Args:
        settings: Which database.
        keep: Whether connections stay open between sessions, for interactive work.
        connections: How many are kept at most.
        replica: Whether readers go to the replica that DATABASE_READ_URL names, if it does.

    Raises:
        DatabaseError: It cannot be reached, or is at another revision, or the replica is another's.
    """
    read_url = _read_url(settings) if replica and settings.database_read_url else None
    database = Database(
        find_database(settings), keep=keep, connections=connections, replica=read_url
    )
    try:
        current = current_revision(database.engine)
        if settings.database_url is None and is_older(current):
            from claims.database.migrations import upgrade  # noqa: PLC0415 - Alembic is slow

            upgrade(database.engine)
        require_migrated(database.engine)
        if database.replica is not None:
            database.replica.require_follower_of(database.engine)
        yield database
    finally:
        database.close()


@contextmanager
def open_to_read(settings: Settings) -> Iterator[Database]:
    """The database for who only reads: the replica that DATABASE_READ_URL names, if it does.

    Raises:
        NoReplicaError: The replica does not answer.
        DatabaseError: As `open_database` has it.
    """
    if settings.database_read_url is None:
        with open_database(settings) as database:
            yield database
        return
    with translate_replica_errors():
        database = Database(parse_url(settings.database_read_url, READ_URL))
        try:
            require_migrated(database.engine)
            yield database
        finally:
            database.close()


def _read_url(settings: Settings) -> URL:
    """The replica of a database that is written to as well.

    Raises:
        BadDatabaseUrlError: Which database it follows is not said: the embedded one has no replica.
    """
    if settings.database_url is None:
        raise BadDatabaseUrlError(READ_URL, "DATABASE_URL is not set, which is written to")
    return parse_url(settings.database_read_url or "", READ_URL)
