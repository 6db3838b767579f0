"""Opens a file to import, plain or packed, and detects its format."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from claims.errors.files import DamagedFileError, PathNotFoundError, UnreadablePathError
from claims.readers.looks import GZIP
from claims.readers.unpack import BZIP2, CHUNK, PackedError, Unpacked, UnpackedBzip2
from claims.readers.workbook import is_workbook

HEAD = 4096


class ImportFormat(StrEnum):
    """What can be imported."""

    ARCHIVE = "archive"
    CSV = "csv"
    XLSX = "xlsx"
    QUOTEBANK = "quotebank"
    GQG = "gqg"


@contextmanager
def open_packed(path: str) -> Iterator[io.BufferedReader]:
    """A file's bytes from the beginning, unpacked within limits as they are read.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It may not be read, or is a folder, a pipe or a device.
        DamagedFileError: It is packed, and its reader met a fault that it did not report itself.
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
        raise UnreadablePathError(path, error.strerror or os.strerror(error.errno or 0)) from error
    with raw:
        try:
            yield _unpacked(raw)
        except PackedError as error:
            raise DamagedFileError(path, error.detail) from error


def _unpacked(raw: io.BufferedReader) -> io.BufferedReader:
    head = raw.peek(HEAD)
    if head.startswith(GZIP):
        return io.BufferedReader(Unpacked(raw), CHUNK)
    if head.startswith(BZIP2):
        return io.BufferedReader(UnpackedBzip2(raw), CHUNK)
    return raw


def detect(stream: io.BufferedReader) -> ImportFormat:
    """The format by the first bytes.

    Raises:
        PackedError: It is packed, and damaged from the beginning.
    """
    head = stream.peek(HEAD)[:HEAD]
    if is_workbook(head):
        return ImportFormat.XLSX
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b'{"archive":'):
        return ImportFormat.ARCHIVE
    if not head.startswith(b"{"):
        return ImportFormat.CSV
    return ImportFormat.QUOTEBANK if b'"quotation"' in head else ImportFormat.GQG
