"""Errors of exports."""

from claims.errors.base import UsageError


class UnknownFieldError(UsageError):
    """No claim has this field."""

    code = "unknown-field"
    remedy = "Leave --fields out to write them all."


class PackageMissingError(UsageError):
    """A package that this needs is not installed."""

    code = "package-missing"
    remedy = "Install it with: pip install 'claims[parquet]'."
