"""A replica: a server that follows the one that is written to, and is read from in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine, text

from claims.database.errors import ForeignReplicaError, NoReplicaError, NoServerError
from claims.database.refusals import location_of, translate_errors

IDENTIFIER = text("SELECT system_identifier FROM pg_control_system()")
"""A number that a cluster gets when it is made; its replicas are copies and have it too."""

WRITTEN = text("SELECT CAST(pg_current_wal_insert_lsn() - '0/0' AS bigint)")
"""The end of the log, in bytes since it was begun."""

REPLAYED = text(
    "SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() - '0/0' >= CAST(:written AS bigint)"
)


class Replica:
    """A replica, and up to where it must have come before it is read from.

    Who decides at the desk has to see the decision on the next page, though the replica may be a
    moment behind. So the end of the log is noted after each write of this process, and until the
    replica has come that far the server that was written to is read. The end is noted after such a
    read, too: what one page showed the next one shows, whoever wrote it.

    Args:
        engine: Of the replica.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._written: int | None = None
        self._lock = Lock()

    def require_follower_of(self, written: Engine) -> None:
        """Refuse a server that does not follow the one that is written to.

        Raises:
            ForeignReplicaError: It is another.
            NoReplicaError: It does not answer.
        """
        with translate_errors(written.url), written.connect() as connection:
            theirs = connection.scalar(IDENTIFIER)
        with (
            translate_replica_errors(),
            translate_errors(self.engine.url),
            self.engine.connect() as own,
        ):
            if own.scalar(IDENTIFIER) != theirs:
                raise ForeignReplicaError(location_of(self.engine.url))

    def note_end(self, written: Engine) -> None:
        """Note where the log of the server that was written to, or read from, ends now."""
        with translate_errors(written.url), written.connect() as connection:
            end: int = connection.execute(WRITTEN).scalar_one()
        with self._lock:
            # Another thread may have asked later, and noted what it was told before this one.
            self._written = max(end, self._written or 0)

    def is_current(self) -> bool:
        """Whether it has all that was noted.

        Asked in a transaction of its own: the snapshot of a question is taken before the answer,
        and might lack what was replayed in between.

        Raises:
            NoReplicaError: It does not answer.
        """
        written = self._written
        if written is None:
            return True
        with (
            translate_replica_errors(),
            translate_errors(self.engine.url),
            self.engine.connect() as own,
        ):
            current = bool(own.scalar(REPLAYED, {"written": written}))
        with self._lock:
            if current and self._written == written:
                self._written = None
        return current

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        url = self.engine.url
        with translate_replica_errors(), translate_errors(url), self.engine.connect() as own:
            yield own


@contextmanager
def translate_replica_errors() -> Iterator[None]:
    """Say of a server that does not answer that it is the one that is read from.

    Raises:
        NoReplicaError: In place of `NoServerError`.
    """
    try:
        yield
    except NoServerError as error:
        raise NoReplicaError(error.place, error.detail) from error
