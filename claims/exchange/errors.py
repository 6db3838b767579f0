"""Errors of exports."""

from claims.errors.base import UsageError


class UnknownFieldError(UsageError):
    """The export cannot have this field."""

    code = "unknown-field"
    remedy = "Leave out --fields to write all fields."


class PackageMissingError(UsageError):
    """A required package is not installed."""

    code = "package-missing"
    remedy = "Install it with: pip install 'claims[parquet]'."
