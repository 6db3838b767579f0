"""Errors of reading lists."""

from claims.errors.base import UsageError


class BadMappingError(UsageError):
    """The sheet's columns are not known."""

    code = "bad-mapping"
    remedy = "Say which column holds what: --map speaker=COLUMN --map quote=COLUMN."
