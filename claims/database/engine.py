"""Engines and sessions: a writer, and a reader that the database itself makes read-only."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from claims.database.driver import Driver, driver_of
from claims.database.errors import DatabaseTooOldError, WrongEncodingError
from claims.database.pooler import REACHED, take_pooler_into_account
from claims.database.refusals import location_of, translate_errors
from claims.database.replica import Replica, translate_replica_errors
from claims.model.moment import AsOf

LOWEST_SERVER = 15_00_00
"""The oldest server we run on, as PostgreSQL numbers its versions."""

AS_OF_SCHEMAS = {"claims": "claims_past", "claims_v1": "claims_v1_past"}
"""The schemas in which a query written for the present finds the same relations as they were."""

ENCODING = "UTF8"
"""The only encoding of a database that holds any text, as PostgreSQL calls it."""

SESSION = {
    # Every name is written with its schema. The default path begins with a schema of the user's
    # name, which on the embedded server is ours, and names would be printed without it.
    "search_path": "public",
    "timezone": "UTC",
    # What the server, the database or the role may set otherwise, and our statements rely on.
    "datestyle": "ISO, MDY",
    "intervalstyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
    "default_transaction_isolation": "read committed",
    "default_transaction_deferrable": "off",
    # Compiling a query of our widest views to machine code took 12 s, running it a tenth of one.
    "jit": "off",
    # Lists are sent as arrays, in which NULL is nothing; an index of words finds all there is.
    "array_nulls": "on",
    "transform_null_equals": "off",
    "gin_fuzzy_search_limit": "0",
    "quote_all_identifiers": "off",
}
"""What every session sets for itself, whatever is set for the server, the database or the role."""


def make_engine(url: URL, *, keep: bool = False, connections: int = 15) -> Engine:
    """An engine: a command is one process and rarely more than one session, and needs no pool.

    Args:
        url: Of the database.
        keep: Whether connections stay open between sessions, for interactive commands: a new one
            costs several times what a decision does. Each is tested before it is used again.
        connections: How many are kept at most; whoever needs one more waits.
    """
    from_url = url.query.get("options", "")
    from_url = from_url if isinstance(from_url, str) else " ".join(from_url)
    # A backslash keeps the space that follows within the value.
    settings = SESSION | {REACHED: "on"}
    ours = (f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in settings.items())
    options = " ".join((from_url, *ours)).strip()
    arguments = {"connect_timeout": 10, "options": options, "client_encoding": "utf8"}
    # An error without them: it may be printed, and they may be what is stored of a password.
    engine = (
        create_engine(
            url,
            poolclass=QueuePool,
            pool_size=connections,
            max_overflow=0,
            pool_pre_ping=True,
            # The one that was used last: its server process has the plans of what is asked often.
            pool_use_lifo=True,
            connect_args=arguments,
            hide_parameters=True,
        )
        if keep
        else create_engine(url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)
    )

    @event.listens_for(engine, "connect")
    def _require_usable(connection: Driver, _entry: ConnectionPoolEntry) -> None:
        version = connection.info.server_version
        if version < LOWEST_SERVER:
            raise DatabaseTooOldError(location_of(url), f"it is {version // 10000}")
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != ENCODING:
            raise WrongEncodingError(location_of(url), f"it stores {encoding}")

    take_pooler_into_account(engine, SESSION, drop_options=not from_url)
    return engine


SET_AS_OF = text(
    "SELECT set_config('claims.as_of_no', :no, true), set_config('claims.as_of', :at, true)"
)
OpenSession = Session
"""A session, for annotations in modules that do not import SQLAlchemy themselves."""


class Database:
    """One PostgreSQL database with its two kinds of session.

    Args:
        url: As `claims.database.address.find_database` returns it.
        keep: Whether connections stay open between sessions.
        connections: How many are kept at most, of each server.
        replica: A streaming replica of it that readers go to, once it has what this process wrote.

    Attributes:
        has_written: Whether a writing session was committed.
    """

    def __init__(
        self,
        url: URL,
        *,
        keep: bool = False,
        connections: int = 15,
        replica: URL | None = None,
    ) -> None:
        self.url = url
        self.engine = make_engine(url, keep=keep, connections=connections)
        self.replica: Replica | None = None
        if replica is not None:
            self.replica = Replica(make_engine(replica, keep=keep, connections=connections))
        self.has_written = False

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end of the block, else rolled back.

        Raises:
            DatabaseError: See `translate_errors`.
        """
        with translate_errors(self.url), Session(self.engine) as session, session.begin():
            yield session
        self.has_written = True
        if self.replica is not None:
            self.replica.note_end(self.engine)

    @contextmanager
    def rehearsal(self) -> Iterator[Session]:
        """Like `writer`, but always rolled back: shows what would happen.

        Raises:
            DatabaseError: See `translate_errors`.
        """
        with translate_errors(self.url), Session(self.engine) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def reader(self, as_of: AsOf | None = None, *, latest: bool = False) -> Iterator[Session]:
        """A session in one snapshot in which the database itself refuses every write.

        Args:
            as_of: The state to read instead of the present: every query then reads the schemas of
                the past, without being changed itself.
            latest: Whether a replica that is a moment behind will not do, as for who may sign in.

        Raises:
            DatabaseError: See `translate_errors`.
            NoReplicaError: The replica does not answer.
        """
        replica = None if latest else self.replica
        if replica is not None and replica.is_current():
            with translate_replica_errors(), self._reader(replica.engine, as_of) as session:
                yield session
            return
        with self._reader(self.engine, as_of) as session:
            yield session
        if replica is not None:
            replica.note_end(self.engine)

    @contextmanager
    def latest(self, session: Session) -> Iterator[Session]:
        """A reading session of the server that is written to: this one, if it is of that server.

        A second connection of one pool is never waited for while the first is held.
        """
        if session.get_bind() is self.engine:
            yield session
        else:
            with self.reader(latest=True) as own:
                yield own

    @contextmanager
    def _reader(self, engine: Engine, as_of: AsOf | None) -> Iterator[Session]:
        with translate_errors(engine.url), Session(engine) as session, session.begin():
            prepares = self._read_the_past(session) if as_of is not None else nullcontext()
            with prepares:
                session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
                if as_of is not None:
                    session.execute(SET_AS_OF, {"no": str(as_of.no), "at": as_of.at.isoformat()})
                yield session

    @staticmethod
    @contextmanager
    def _read_the_past(session: Session) -> Iterator[None]:
        """Queries go to the schemas of the past, and the server keeps no plan of theirs.

        The plan of such a query takes megabytes, and of each connection the driver has the server
        keep a hundred: hundreds of megabytes for a connection that stays open.
        """
        past = session.connection(execution_options={"schema_translate_map": AS_OF_SCHEMAS})
        driver = driver_of(past)
        before, driver.prepare_threshold = driver.prepare_threshold, None
        try:
            yield
        finally:
            driver.prepare_threshold = before

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()
        if self.replica is not None:
            self.replica.engine.dispose()
