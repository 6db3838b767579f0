"""Engines and sessions: a writer, and a reader that the database itself makes read-only."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from claims.database.driver import Driver
from claims.database.errors import (
    DatabaseTooOldError,
    NoServerError,
    NotMigratedError,
    ReviewerClosedError,
    StatementFailedError,
)
from claims.errors.base import ClaimsError
from claims.model.moment import AsOf

LOWEST_SERVER = 15_00_00
"""The oldest server we run on, as PostgreSQL numbers its versions."""

CONSTRAINT_ERRORS: Mapping[str, type[ClaimsError]] = {"reviewer_open": ReviewerClosedError}
"""Constraints that a user can run into, with the error that says what to do."""

AS_OF_SCHEMAS = {"claims": "claims_past", "claims_v1": "claims_v1_past"}
"""The schemas in which a query written for the present finds the same relations as they were."""

SESSION = "-c search_path=public -c timezone=UTC"


def make_engine(url: URL, *, keep: bool = False) -> Engine:
    """An engine: a command is one process and rarely more than one session, and needs no pool.

    Args:
        url: Of the database.
        keep: Whether connections stay open between sessions, for interactive commands: a new one
            costs several times what a decision does. Each is tested before it is used again.
    """
    # Every name is written with its schema. The default path begins with a schema of the user's
    # name, which on the embedded server is ours, and names would be printed without it.
    from_url = url.query.get("options", "")
    from_url = from_url if isinstance(from_url, str) else " ".join(from_url)
    options = f"{from_url} {SESSION}".strip()
    settings = {"connect_timeout": 10, "options": options}
    engine = (
        create_engine(url, poolclass=QueuePool, pool_pre_ping=True, connect_args=settings)
        if keep
        else create_engine(url, poolclass=NullPool, connect_args=settings)
    )

    @event.listens_for(engine, "connect")
    def _require_version(connection: Driver, _entry: ConnectionPoolEntry) -> None:
        version = connection.info.server_version
        if version < LOWEST_SERVER:
            raise DatabaseTooOldError(location_of(url), f"it is {version // 10000}")

    return engine


def location_of(url: URL) -> str:
    """The name of a database in messages: host and name, never a password or user."""
    host = url.host or url.query.get("host") or "local socket"
    return f"{host}/{url.database}"


@contextmanager
def translate_errors(url: URL) -> Iterator[None]:
    """Translate what the driver raises into errors that a user can act on.

    Raises:
        NoServerError: The server does not answer, or refuses this user.
        NotMigratedError: The tables or views are missing.
        ReviewerClosedError: The reviewer was deactivated in the meantime.
        StatementFailedError: The server refused something else; with the first line it printed.
    """
    try:
        yield
    except OperationalError as error:
        raise NoServerError(location_of(url), first_line(error)) from error
    except ProgrammingError as error:
        # 3F000 no such schema, 42P01 no such table, 42883 no such function
        if getattr(error.orig, "sqlstate", "") in {"3F000", "42P01", "42883"}:
            raise NotMigratedError(location_of(url), first_line(error)) from error
        raise StatementFailedError(location_of(url), first_line(error)) from error
    except DBAPIError as error:
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        error_class = CONSTRAINT_ERRORS.get(constraint or "", StatementFailedError)
        raise error_class(location_of(url), first_line(error)) from error
    except psycopg.Error as error:  # from COPY or a script, which bypass SQLAlchemy
        raise StatementFailedError(location_of(url), _first_line(error)) from error


def first_line(error: DBAPIError) -> str:
    """The server's message, without the statement and its parameters, which may be private."""
    return _first_line(error.orig)


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


# jit: compiling a query of the past to machine code takes longer than running it.
SET_AS_OF = text(
    "SELECT set_config('claims.as_of_no', :no, true), set_config('claims.as_of', :at, true),"
    " set_config('jit', 'off', true)"
)
OpenSession = Session
"""A session, for annotations in modules that do not import SQLAlchemy themselves."""


class Database:
    """One PostgreSQL database with its two kinds of session.

    Args:
        url: As `claims.database.address.find_database` returns it.
        keep: Whether connections stay open between sessions.
    """

    def __init__(self, url: URL, *, keep: bool = False) -> None:
        self.url = url
        self.engine = make_engine(url, keep=keep)

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end of the block, else rolled back.

        Raises:
            DatabaseError: See `translate_errors`.
        """
        with translate_errors(self.url), Session(self.engine) as session, session.begin():
            yield session

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
    def reader(self, as_of: AsOf | None = None) -> Iterator[Session]:
        """A session in one snapshot in which the database itself refuses every write.

        Args:
            as_of: The state to read instead of the present: every query then reads the schemas of
                the past, without being changed itself.

        Raises:
            DatabaseError: See `translate_errors`.
        """
        with translate_errors(self.url), Session(self.engine) as session, session.begin():
            if as_of is not None:
                session.connection(execution_options={"schema_translate_map": AS_OF_SCHEMAS})
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            if as_of is not None:
                session.execute(SET_AS_OF, {"no": str(as_of.no), "at": as_of.at.isoformat()})
            yield session

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()
