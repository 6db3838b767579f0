"""Errors of releases and moments."""

from claims.errors.base import UsageError


class FutureMomentError(UsageError):
    """This moment has not come yet."""

    code = "future-moment"
    remedy = "Choose an earlier one, or leave out --as-of to see the present."


class UnknownReleaseError(UsageError):
    """No release has this name."""

    code = "unknown-release"
    remedy = "`claims release list` shows the names."


class ReleaseRefusedError(UsageError):
    """A release cannot have this name."""

    code = "release-refused"
    remedy = "Choose another name; nothing was frozen."
