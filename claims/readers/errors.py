"""Errors of reading lists."""

from claims.errors.base import UsageError


class BadMappingError(UsageError):
    """The columns of the sheet are not clear."""

    code = "bad-mapping"
    remedy = "Say which column holds what: --map speaker=COLUMN --map quote=COLUMN."


class BadSheetError(BadMappingError):
    """The file is no sheet that can be read."""

    code = "bad-sheet"
    remedy = "Save it as CSV in UTF-8, or as an Excel workbook, with a line of column names."
