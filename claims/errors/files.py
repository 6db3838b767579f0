"""Errors of files and folders that people name."""

from claims.errors.base import InputError


class PathNotFoundError(InputError):
    """No such file or folder."""

    code = "path-not-found"
    remedy = "Check the path; use - to read from standard input."


class UnreadablePathError(InputError):
    """The file or folder may not be read."""

    code = "path-unreadable"
    remedy = "Check the path and its permissions."


class DamagedFileError(InputError):
    """The file is damaged, or unpacks to too much."""

    code = "damaged-file"
    remedy = "Get the file again, or unpack it by yourself and look at it."


class NotWrittenError(InputError):
    """The file could not be written."""

    code = "not-written"
    remedy = "Check the folder, its permissions and the free space; no partial file was left."


class OutputCutError(NotWrittenError):
    """Standard output could not be written to its end."""

    code = "output-cut"
    remedy = "What was written is not whole. Check where the output goes, and its free space."


class WouldReplaceError(InputError):
    """A file or folder of this name exists."""

    code = "would-replace"
    remedy = "Give another name, or --force to replace it."
