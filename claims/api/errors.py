"""Errors of the API, and the HTTP status with which it answers each kind of error."""

from claims.catalogue.errors import EmbargoedError, UnknownIdError
from claims.database.errors import NotPermittedError, ReaderOnlyError, ReviewerClosedError
from claims.errors.base import ClaimsError, DatabaseError, InputError, UsageError
from claims.ledger.errors import ChangedMeanwhileError, UndoRefusedError
from claims.published.errors import BadTokenError
from claims.releases.errors import FutureMomentError, UnknownReleaseError
from claims.review.errors import NotAllowedError, NotForYouError


class TokenMissingError(UsageError):
    """This needs a token."""

    code = "token-missing"
    remedy = "Send `Authorization: Bearer TOKEN`; `claims tokens add` makes one."


class TokenRefusedError(UsageError):
    """The token is not valid: unknown, expired or revoked."""

    code = "token-refused"
    remedy = "`claims tokens list` shows which tokens hold; `claims tokens add` makes another."


class ScopeMissingError(UsageError):
    """The token does not allow this."""

    code = "scope-missing"
    remedy = "Use a token with this scope: `claims tokens add NAME --scope SCOPE`."


class TooManyFailuresError(UsageError):
    """Too many requests with tokens that are not valid came from this address."""

    code = "too-many-failures"
    remedy = "Wait for as long as Retry-After says, then use a token that is valid."


class TokenNameTakenError(UsageError):
    """A token has this name."""

    code = "token-name-taken"
    remedy = "Choose another name, or revoke that one first: `claims tokens revoke NAME`."


class UnknownTokenError(UsageError):
    """No token has this name."""

    code = "unknown-token"
    remedy = "`claims tokens list` shows the names."


class AddressNotFoundError(UsageError):
    """There is nothing at this address."""

    code = "no-such-address"
    remedy = "/api/v1/openapi.json lists the addresses."


class RowNotFoundError(UsageError):
    """No row has this key, or it may not be read with this token."""

    code = "no-such-row"
    remedy = "Read the list without the key; what was merged or replaced may have another id."


class StateNotFoundError(UsageError):
    """There is no such state of the data."""

    code = "no-such-state"
    remedy = "Name a moment or a release, not both."


class WrongMethodError(UsageError):
    """This address does not answer this method."""

    code = "wrong-method"
    remedy = "/api/v1/openapi.json lists the methods of each address."


class BadParameterError(UsageError):
    """A parameter cannot be used like this."""

    code = "bad-parameter"
    remedy = "/api/v1/openapi.json lists the parameters of each address."


class BadCursorError(UsageError):
    """This is not where a page of this list ends."""

    code = "bad-cursor"
    remedy = "Follow `next` of the page before, with the same other parameters; or begin anew."


class BadBodyError(InputError):
    """The body of the request cannot be read."""

    code = "bad-body"
    remedy = "/api/v1/openapi.json says what is expected."


class BodyTooLargeError(InputError):
    """The body of the request is too large."""

    code = "body-too-large"
    remedy = "Send one article at a time; `claims ingest` reads files of any length."


class WrongContentTypeError(InputError):
    """The body of the request is not of this type."""

    code = "wrong-content-type"
    remedy = "Send JSON with `Content-Type: application/json`."


class KeyReusedError(UsageError):
    """This Idempotency-Key was used for another decision."""

    code = "key-reused"
    remedy = "Make a new key for each decision; use it again only to repeat the same request."


class NotReadError(InputError):
    """The article could not be read or stored."""

    code = "article-not-read"
    remedy = "`problems` says what is wrong with it; docs/how-to/ingest.md lists the fields."


class ApiFailedError(ClaimsError):
    """The API met something that it does not expect."""

    code = "api-failed"
    remedy = "Nothing was changed. Please report it with what was sent; the server's log has more."


STATUSES: dict[type[ClaimsError], int] = {
    TokenMissingError: 401,
    TokenRefusedError: 401,
    ScopeMissingError: 403,
    TooManyFailuresError: 429,
    AddressNotFoundError: 404,
    RowNotFoundError: 404,
    StateNotFoundError: 404,
    UnknownIdError: 404,
    UnknownReleaseError: 404,
    FutureMomentError: 404,
    BadCursorError: 404,
    BadTokenError: 404,
    WrongMethodError: 405,
    BodyTooLargeError: 413,
    WrongContentTypeError: 415,
    KeyReusedError: 422,
    NotReadError: 422,
    ApiFailedError: 500,
    EmbargoedError: 403,
    NotForYouError: 403,
    NotPermittedError: 403,
    ReviewerClosedError: 403,
    ReaderOnlyError: 403,
    NotAllowedError: 409,
    UndoRefusedError: 409,
    ChangedMeanwhileError: 409,
    DatabaseError: 503,
}
"""What the API answers with; any other error is 400."""


def status_of(error: ClaimsError) -> int:
    """The status for an error: that of its own class, else of the nearest one above."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 400)
