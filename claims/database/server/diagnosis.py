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

SAID_FULL = tuple(os.strerror(number) for number in sorted(FULL))
SAID_FORBIDDEN = tuple(os.strerror(number) for number in sorted(FORBIDDEN))

SAID_FAULT = ("PANIC: ", "FATAL: ", "ERROR: ", "error: ")

LEAST_FREE = 1 << 20
"""Bytes. With less than this free the server's own log cannot be trusted to say why it died."""


@contextmanager
def told_plainly(place: Path) -> Iterator[None]:
    """Turn what the file system refuses into an error that a user can act on.

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
            raise DiskFullError(str(place), detail) from error
        if error.errno in FORBIDDEN:
            raise ReadOnlyDirectoryError(str(place), detail) from error
        raise ServerDirectoryError(str(place), detail) from error


def explain(said: str, directory: Path, otherwise: type[DatabaseError]) -> DatabaseError:
    """The error for a PostgreSQL program that failed.

    Args:
        said: What it wrote; the last line that names a fault becomes the detail.
        directory: Where it worked.
        otherwise: The error when neither a full disk nor missing permission explains it.
    """
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    # Limits on shared memory are reported in the words of a full disk.
    on_disk = [line for line in lines if "shared memory" not in line]
    if line := _last(on_disk, SAID_FULL):
        return DiskFullError(str(directory), line)
    if line := _last(on_disk, SAID_FORBIDDEN):
        return ReadOnlyDirectoryError(str(directory), line)
    if free_bytes(directory) < LEAST_FREE:
        return DiskFullError(str(directory), _telling(lines))
    return otherwise(str(directory), _telling(lines))


def _telling(lines: list[str]) -> str:
    return _last(lines, SAID_FAULT) or (lines[-1] if lines else "it said nothing")


def _last(lines: list[str], words: tuple[str, ...]) -> str:
    """The last line with one of these words, without the time and process number before a fault."""
    for line in reversed(lines):
        if any(word in line for word in words):
            return re.sub(r"^\S+ \S+ \S+ \[\d+\] ", "", line)
    return ""


def free_bytes(directory: Path) -> int:
    """Bytes that an ordinary user can still write where a directory is."""
    found = os.statvfs(directory)
    return found.f_bavail * found.f_frsize
