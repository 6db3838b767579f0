"""Errors of releases and moments."""

from claims.errors.base import UsageError


class FutureMomentError(UsageError):
    """This moment has not come yet."""

    code = "future-moment"
    remedy = "Give an earlier one; without --as-of the present is shown."


class UnknownReleaseError(UsageError):
    """No release has this name."""

    code = "unknown-release"
    remedy = "`claims release list` shows them."


class ReleaseRefusedError(UsageError):
    """A release cannot have this name."""

    code = "release-refused"
    remedy = "Choose another name; nothing was frozen."
