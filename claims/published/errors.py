"""Errors of reading the published views by name, field and value."""

from claims.errors.base import UsageError


class UnknownViewError(UsageError):
    """No published view has this name."""

    code = "unknown-view"
    remedy = "docs/views.md lists the views."


class UnknownColumnError(UsageError):
    """The view has no column of this name."""

    code = "unknown-column"
    remedy = "docs/views.md lists the columns of each view."


class BadValueError(UsageError):
    """The value cannot stand there."""

    code = "bad-value"
    remedy = "docs/views.md says of which type each column is."


class BadTokenError(UsageError):
    """The token is not of this ledger."""

    code = "bad-token"
    remedy = "Read everything anew: ask for the changes without a token."
