"""Errors of the library that a program can meet."""

from claims.errors.base import UsageError


class BadStateError(UsageError):
    """This is not a state of the data."""

    code = "bad-state"
    remedy = "Name a moment, such as 2026-05-01 or 2026-05-01T12:00Z, or a release; not both."


class PandasMissingError(UsageError):
    """A data frame needs pandas, which is not installed."""

    code = "no-pandas"
    remedy = "Install claims[pandas], or use read(), which returns dictionaries."
