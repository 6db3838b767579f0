"""Errors of review."""

from claims.errors.base import InputError, UsageError


class NotAllowedError(UsageError):
    """This cannot be decided on the claim as it stands."""

    code = "not-allowed"
    remedy = "`claims show` tells where it stands."


class ReasonMissingError(UsageError):
    """This decision needs a reason."""

    code = "reason-missing"
    remedy = 'Add --reason "…", in a few words.'


class NotForYouError(UsageError):
    """Somebody else has to decide this."""

    code = "not-for-you"
    remedy = "Two readers, and a third where they disagree, are three people."


class QuoteDiffersError(UsageError):
    """These are not the article's words."""

    code = "quote-differs"
    remedy = "Quote what is printed, or leave the quotation marks out."


class BadChangeError(UsageError):
    """This cannot be said of the claim."""

    code = "bad-change"
    remedy = "`claims show` tells what is known of it."


class BadLineError(InputError):
    """A line of decisions cannot be followed."""

    code = "bad-line"
    remedy = "Mend the line and run the same file again: what is done already is not done twice."
