"""Errors of the desk, and the status with which a page answers each kind of error."""

from claims.catalogue.errors import EmbargoedError, UnknownIdError
from claims.database.errors import ReaderOnlyError
from claims.documents.errors import UnknownDocumentError, UnknownVersionError
from claims.errors.base import ClaimsError, DatabaseError, InputError, UsageError
from claims.ledger.errors import ChangedMeanwhileError, UndoRefusedError
from claims.releases.errors import UnknownReleaseError
from claims.review.errors import NotAllowedError, NotForYouError
from claims.sources.errors import UnknownSourceError


class OtherHostError(UsageError):
    """Without accounts and TLS the desk opens its pages on this machine only."""

    code = "other-host"
    remedy = "Give the address that people open as --origin https://…, behind a proxy with TLS."


class BadOriginError(UsageError):
    """This is not an address for a desk."""

    code = "bad-origin"
    remedy = "Write scheme and host alone, as browsers open it: https://desk.example."


class LoginRefusedError(UsageError):
    """The name or the password is wrong."""

    code = "login-refused"
    remedy = "Try again; an administrator sets a new password with `claims users passwd NAME`."


class PasswordRefusedError(UsageError):
    """The password was not changed."""

    code = "password-refused"
    remedy = "Type the present one, and the new one twice."


class TooManyLoginsError(UsageError):
    """There were too many attempts to sign in."""

    code = "too-many-logins"
    remedy = "Wait a quarter of an hour, then try again."


class RoleMissingError(UsageError):
    """Your account does not allow this."""

    code = "role-missing"
    remedy = "Nothing was changed. An administrator gives roles: `claims users roles NAME ROLE`."


class DeskMissingError(InputError):
    """The packages that the desk needs are not installed."""

    code = "desk-missing"
    remedy = "Install them with: pip install 'claims[desk]'."


class PortTakenError(UsageError):
    """The desk cannot listen there."""

    code = "port-taken"
    remedy = "Choose another --port; 0 takes any that is free."


class ForeignAddressError(UsageError):
    """This is not the address of the desk."""

    code = "foreign-address"
    remedy = "Open the address that `claims desk` printed."


class ForeignRequestError(UsageError):
    """This request did not come from a page of the desk."""

    code = "foreign-request"
    remedy = "Nothing was changed. Open the page on the desk itself, and press its button."


class ReadOnlyError(UsageError):
    """This desk only shows."""

    code = "read-only"
    remedy = "Nothing was changed. `claims desk` without --read-only opens one that decides."


class TooLargeError(InputError):
    """This is more than a page of the desk takes."""

    code = "too-large"
    remedy = "Nothing was changed. `claims ingest` reads files of any length."


class PageNotFoundError(UsageError):
    """There is no such page."""

    code = "no-such-page"
    remedy = "Look for it with the search, or begin at the desk's first page."


class NotSignedInError(UsageError):
    """Nobody is signed in here."""

    code = "not-signed-in"
    remedy = "Sign in, or open the address that `claims desk` printed last."


class TokenUsedError(UsageError):
    """This address was used already, or is not the desk's."""

    code = "token-used"
    remedy = "Open the address that `claims desk` printed last: each is of use once."


class BadFormError(UsageError):
    """The form cannot be read."""

    code = "bad-form"
    remedy = "Nothing was changed. Go back, and press the page's button again."


class RefusedError(UsageError):
    """This was not done."""

    code = "desk-refused"
    remedy = "Nothing was decided; what you changed on the card is kept."


class NotThisWayError(UsageError):
    """This page is not asked for in this way."""

    code = "not-this-way"
    remedy = "Nothing was changed. Go back, and use the page's links and buttons."


class UnforeseenError(ClaimsError):
    """The program met something that it does not expect."""

    code = "internal"
    remedy = "Nothing was changed by this page. Please report it, with what you did."


STATUSES: dict[type[ClaimsError], int] = {
    ForeignAddressError: 421,
    ForeignRequestError: 403,
    ReadOnlyError: 403,
    TooLargeError: 413,
    PageNotFoundError: 404,
    NotThisWayError: 405,
    NotSignedInError: 401,
    LoginRefusedError: 403,
    PasswordRefusedError: 403,
    TooManyLoginsError: 429,
    RoleMissingError: 403,
    ReaderOnlyError: 403,
    TokenUsedError: 403,
    UnforeseenError: 500,
    UnknownIdError: 404,
    UnknownDocumentError: 404,
    UnknownVersionError: 404,
    UnknownSourceError: 404,
    UnknownReleaseError: 404,
    EmbargoedError: 403,
    NotForYouError: 403,
    NotAllowedError: 409,
    UndoRefusedError: 409,
    ChangedMeanwhileError: 409,
    DatabaseError: 503,
}
"""What a page answers with; any other error is 400."""


def status_of(error: ClaimsError) -> int:
    """The status for an error: that of its own class, else of the nearest one above."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 400)
