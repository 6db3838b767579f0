"""Errors of review."""

from claims.errors.base import InputError, UsageError


class NotAllowedError(UsageError):
    """The claim's status does not allow this."""

    code = "not-allowed"
    remedy = "`claims show` shows its status."


class NotForYouError(UsageError):
    """Somebody else has to decide this."""

    code = "not-for-you"
    remedy = "The two readers, and the third who settles a dispute, must be different people."


class QuoteDiffersError(UsageError):
    """These are not the article's words."""

    code = "quote-differs"
    remedy = "Quote what is printed, or leave out the quotation marks."


class BadChangeError(UsageError):
    """The claim cannot be changed like this."""

    code = "bad-change"
    remedy = "`claims show` shows its fields."


class BadLineError(InputError):
    """A line of the decision file cannot be applied."""

    code = "bad-line"
    remedy = "Correct the line and apply the same file again; nothing is decided twice."


class LinkForTwoError(UsageError):
    """One person cannot settle this link."""

    code = "link-for-two"
    remedy = "`claims review links` is where two people read it, and where a third settles it."


class UnknownLinkError(UsageError):
    """These two claims are not linked."""

    code = "unknown-link"
    remedy = "`claims links list --all` lists links with both ids."
