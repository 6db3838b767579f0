"""Opens a file that somebody named, plain or packed."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.errors.files import DamagedFileError, PathNotFoundError, UnreadablePathError
from claims.readers.looks import GZIP
from claims.readers.unpack import BZIP2, CHUNK, PackedError, Unpacked, UnpackedBzip2

HEAD = 4096


@contextmanager
def open_packed(path: str) -> Iterator[io.BufferedReader]:
    """A file's bytes from the beginning, unpacked within limits as they are read.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It may not be read, or is a folder, a pipe or a device.
        DamagedFileError: It is packed, and its reader met a fault that it did not report itself.
    """
    with open_file(path) as raw, unpack(path, raw) as stream:
        yield stream


@contextmanager
def unpack(path: str, raw: io.BufferedReader) -> Iterator[io.BufferedReader]:
    """The bytes of a stream that may be packed.

    Args:
        path: What to call it in errors.
        raw: From the beginning.

    Raises:
        DamagedFileError: It is packed, and its reader met a fault that it did not report itself.
    """
    try:
        yield _unpacked(raw)
    except PackedError as error:
        raise DamagedFileError(path, error.detail) from error


@contextmanager
def open_file(path: str) -> Iterator[io.BufferedReader]:
    """A file's bytes as they are.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It may not be read, or is a folder, a pipe or a device.
    """
    try:
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            # Opening a pipe waits until somebody writes into it.
            raise UnreadablePathError(path, "it is a pipe or a device, not a file")
        raw = Path(path).open("rb")  # noqa: SIM115 - closed below, whatever reads from it
    except FileNotFoundError as error:
        raise PathNotFoundError(path) from error
    except OSError as error:
        raise UnreadablePathError(path, os.strerror(error.errno or 0)) from error
    with raw:
        yield raw


def _unpacked(raw: io.BufferedReader) -> io.BufferedReader:
    head = raw.peek(HEAD)
    if head.startswith(GZIP):
        return io.BufferedReader(Unpacked(raw), CHUNK)
    if head.startswith(BZIP2):
        return io.BufferedReader(UnpackedBzip2(raw), CHUNK)
    return raw
