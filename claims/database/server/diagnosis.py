"""What went wrong around the server, as errors that a user can act on."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.database.errors import DiskFullError, ReadOnlyDirectoryError, ServerDirectoryError
from claims.errors.base import DatabaseError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}

FULL_MESSAGES = tuple(os.strerror(number) for number in sorted(FULL))
FORBIDDEN_MESSAGES = tuple(os.strerror(number) for number in sorted(FORBIDDEN))

ERROR_MARKS = ("PANIC: ", "FATAL: ", "ERROR: ", "error: ")

LEAST_FREE = 1 << 20
"""Bytes. With less free, the server's own log may not say why it died."""


@contextmanager
def translate_errors(directory: Path) -> Iterator[None]:
    """Translate errors of the file system into errors that a user can act on.

    Raises:
        DiskFullError: No space is left, or a quota or size limit is reached.
        ReadOnlyDirectoryError: It may not be read or written.
        ServerDirectoryError: Anything else.
    """
    try:
        yield
    except OSError as error:
        detail = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        if error.errno in FULL:
            raise DiskFullError(str(directory), detail) from error
        if error.errno in FORBIDDEN:
            raise ReadOnlyDirectoryError(str(directory), detail) from error
        raise ServerDirectoryError(str(directory), detail) from error


def explain(output: str, directory: Path, otherwise: type[DatabaseError]) -> DatabaseError:
    """The error for a PostgreSQL program that failed.

    Args:
        output: What it printed; the last line that reports an error becomes the detail.
        directory: Where it worked.
        otherwise: The error if neither a full disk nor a missing permission explains it.
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    # Limits on shared memory are reported in the words of a full disk.
    on_disk = [line for line in lines if "shared memory" not in line]
    if line := _last(on_disk, FULL_MESSAGES):
        return DiskFullError(str(directory), line)
    if line := _last(on_disk, FORBIDDEN_MESSAGES):
        return ReadOnlyDirectoryError(str(directory), line)
    if free_bytes(directory) < LEAST_FREE:
        return DiskFullError(str(directory), _error_line(lines))
    return otherwise(str(directory), _error_line(lines))


def _error_line(lines: list[str]) -> str:
    return _last(lines, ERROR_MARKS) or (lines[-1] if lines else "it printed nothing")


def _last(lines: list[str], words: tuple[str, ...]) -> str:
    """The last line with one of these words, without its time and process number."""
    for line in reversed(lines):
        if any(word in line for word in words):
            return re.sub(r"^\S+ \S+ \S+ \[\d+\] ", "", line)
    return ""


def free_bytes(directory: Path) -> int:
    """Bytes that an ordinary user can still write where a directory is."""
    system = os.statvfs(directory)
    return system.f_bavail * system.f_frsize
