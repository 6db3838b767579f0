"""Errors of reading lists."""

from claims.errors.base import UsageError


class BadMappingError(UsageError):
    """The columns of the sheet are not clear."""

    code = "bad-mapping"
    remedy = "Say which column holds what: --map speaker=COLUMN --map quote=COLUMN."
