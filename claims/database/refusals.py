"""What the server refuses, as errors that a user can act on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from claims.database.errors import (
    LoginRefusedError,
    NoServerError,
    NotMigratedError,
    NotPermittedError,
    OutOfResourcesError,
    ReaderOnlyError,
    ReadOnlyServerError,
    ReviewerClosedError,
    StatementCancelledError,
    StatementFailedError,
    TransactionConflictError,
)
from claims.errors.base import ClaimsError

CONSTRAINT_ERRORS: Mapping[str, type[ClaimsError]] = {
    "reviewer_open": ReviewerClosedError,
    "reviewer_decides": ReaderOnlyError,
}
"""Constraints that a user can run into, with the error that says what to do."""

STATE_ERRORS: Mapping[str, type[ClaimsError]] = {
    "08": NoServerError,
    "25006": ReadOnlyServerError,
    "28": LoginRefusedError,
    "3D000": LoginRefusedError,
    "3F000": NotMigratedError,
    "40": TransactionConflictError,
    "42501": NotPermittedError,
    "42P01": NotMigratedError,
    "42883": NotMigratedError,
    "53": OutOfResourcesError,
    "55P03": TransactionConflictError,
    "57014": StatementCancelledError,
    "57P": NoServerError,
}
"""SQLSTATEs, or how a class of them begins (PostgreSQL, appendix A): 08 connection, 25006
read-only transaction, 28 login, 3D000
no such database, 3F000 no such schema, 40 rolled back for another transaction, 42501 no such right,
42P01 no such table, 42883 no such function, 53 disk, memory or connections, 55P03 locked, 57014
cancelled, 57P shutdown.
"""


REFUSED = "FATAL:"
"""How the server begins to say why it closes a connection that is being made. The driver has no
SQLSTATE of that, and other servers may say it in another language."""

NOT_READY = ("the database system", "not currently accepting connections")
"""It is starting up, shutting down, in recovery, or the database is closed: nobody gets in yet."""

FULL = ("too many", "connection slots")


@contextmanager
def translate_errors(url: URL) -> Iterator[None]:
    """Translate what the driver raises into errors that a user can act on.

    Raises:
        NoServerError: The server does not answer.
        LoginRefusedError: It refuses this user, or has no such database.
        ReadOnlyServerError: It is a replica, or set to read only.
        NotMigratedError: The tables or views are missing.
        NotPermittedError: This user may not do that.
        TransactionConflictError: Another transaction was in the way.
        OutOfResourcesError: The server has no disk, memory or connections left.
        StatementCancelledError: A time limit, or somebody, ended a statement.
        ReaderOnlyError: Whoever signs only reads.
        ReviewerClosedError: The reviewer was deactivated in the meantime.
        StatementFailedError: The server refused something else; with the first line it printed.
    """
    try:
        yield
    except DBAPIError as error:
        raise _error_class(error.orig)(location_of(url), first_line(error)) from error
    except psycopg.Error as error:  # from COPY or a script, which bypass SQLAlchemy
        raise _error_class(error)(location_of(url), _first_line(error)) from error


def location_of(url: URL) -> str:
    """The name of a database in messages: host and name, never a password or user."""
    host = url.host or url.query.get("host") or "local socket"
    return f"{host}/{url.database}"


def first_line(error: DBAPIError) -> str:
    """The server's message, without the statement and its parameters, which may be private."""
    return _first_line(error.orig)


def _error_class(error: BaseException | None) -> type[ClaimsError]:
    if not isinstance(error, psycopg.Error):
        return StatementFailedError
    if error.sqlstate is None:
        lost = isinstance(error, psycopg.OperationalError)
        return _unconnected(str(error)) if lost else StatementFailedError
    constraint = CONSTRAINT_ERRORS.get(error.diag.constraint_name or "")
    if constraint:
        return constraint
    begins = (error.sqlstate[:length] for length in (5, 3, 2))
    return next((STATE_ERRORS[b] for b in begins if b in STATE_ERRORS), StatementFailedError)


def _unconnected(text: str) -> type[ClaimsError]:
    """Why a connection could not be made, or broke, by what the driver says of it."""
    _, refused, reason = text.rpartition(REFUSED)
    if not refused or any(one in reason for one in NOT_READY):
        return NoServerError
    return OutOfResourcesError if any(one in reason for one in FULL) else LoginRefusedError


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
