"""Engines and sessions: a writer, and a reader that the database itself makes read-only."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

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

LAWS_WITH_A_REMEDY: Mapping[str, type[ClaimsError]] = {"reviewer_open": ReviewerClosedError}
"""Constraints that a user can run into, with the error that says what to do then."""

PAST = {"claims": "claims_past", "claims_v1": "claims_v1_past"}
"""Where a query that is written for the present finds the same relations as they were."""

SESSION = "-c search_path=public -c timezone=UTC"


def make_engine(url: URL, *, keep: bool = False) -> Engine:
    """An engine: a command is one process and rarely more than one session, and needs no pool.

    Args:
        url: Of the database.
        keep: Whether connections are kept, for somebody who sits at it: a new one costs several
            times what a decision does. Each is asked whether it still stands before it is used.
    """
    # Every name is written with its schema. The default path would begin with a schema of the
    # user's own name, which on the embedded server is ours, and names would print without it.
    given = url.query.get("options", "")
    options = f"{given if isinstance(given, str) else ' '.join(given)} {SESSION}".strip()
    settings = {"connect_timeout": 10, "options": options}
    engine = (
        create_engine(url, poolclass=QueuePool, pool_pre_ping=True, connect_args=settings)
        if keep
        else create_engine(url, poolclass=NullPool, connect_args=settings)
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _entry: ConnectionPoolEntry) -> None:
        version = connection.info.server_version  # type: ignore[attr-defined]
        if version < LOWEST_SERVER:
            raise DatabaseTooOldError(place_of(url), f"it is {version // 10000}")

    return engine


def place_of(url: URL) -> str:
    """How a database is named in messages: never with its password or user."""
    host = url.host or url.query.get("host") or "local socket"
    return f"{host}/{url.database}"


@contextmanager
def told_plainly(url: URL) -> Iterator[None]:
    """Turn what the driver raises into an error that a user can act on.

    Raises:
        NoServerError: Nobody answers, or the server refuses this user.
        NotMigratedError: The tables or views are not there.
        ReviewerClosedError: Whoever signs was closed in the meantime.
        StatementFailedError: Anything else the server refused; with its first line and code.
    """
    try:
        yield
    except OperationalError as error:
        raise NoServerError(place_of(url), first_line(error)) from error
    except ProgrammingError as error:
        # 3F000 no such schema, 42P01 no such table, 42883 no such function
        if getattr(error.orig, "sqlstate", "") in {"3F000", "42P01", "42883"}:
            raise NotMigratedError(place_of(url), first_line(error)) from error
        raise StatementFailedError(place_of(url), first_line(error)) from error
    except DBAPIError as error:
        law = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        failed = LAWS_WITH_A_REMEDY.get(law or "", StatementFailedError)
        raise failed(place_of(url), first_line(error)) from error
    except psycopg.Error as error:  # from a script, which goes past SQLAlchemy
        raise StatementFailedError(place_of(url), _first_line(error)) from error


def first_line(error: DBAPIError) -> str:
    """What the server said, without the statement and its parameters (they may be private)."""
    return _first_line(error.orig)


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


# Compiling a query of the past to machine code takes longer than running it.
ENTER = text(
    "SELECT set_config('claims.as_of_no', :no, true), set_config('claims.as_of', :at, true),"
    " set_config('jit', 'off', true)"
)
OpenSession = Session
"""What doors and journeys hand on to stores, without knowing SQLAlchemy themselves."""


class Database:
    """One PostgreSQL database with its two kinds of session.

    Args:
        url: As `claims.database.address.find_database` returns it.
        keep: Whether connections are kept between sessions.
    """

    def __init__(self, url: URL, *, keep: bool = False) -> None:
        self.url = url
        self.engine = make_engine(url, keep=keep)

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end of the block, else rolled back.

        Raises:
            DatabaseError: As `told_plainly` says.
        """
        with told_plainly(self.url), Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def rehearsal(self) -> Iterator[Session]:
        """As `writer`, but rolled back in any case: what would happen, and nothing does.

        Raises:
            DatabaseError: As `told_plainly` says.
        """
        with told_plainly(self.url), Session(self.engine) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def reader(self, as_of: AsOf | None = None) -> Iterator[Session]:
        """A session in one snapshot in which the database itself refuses every write.

        Args:
            as_of: A state to read instead of the present one: every query then reads the schemas
                of the past, which migration 0103 describes, with nothing of it changed.

        Raises:
            DatabaseError: As `told_plainly` says.
        """
        with told_plainly(self.url), Session(self.engine) as session, session.begin():
            if as_of is not None:
                session.connection(execution_options={"schema_translate_map": PAST})
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            if as_of is not None:
                session.execute(ENTER, {"no": str(as_of.no), "at": as_of.at.isoformat()})
            yield session

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()
