"""Opens a file to import, plain or packed, and finds out what it is."""

import bz2
import gzip
import io
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import IO

from claims.errors import PathNotFoundError, UnreadablePathError

HEAD = 4096


class ImportFormat(StrEnum):
    """What can be imported."""

    ARCHIVE = "archive"
    CSV = "csv"
    QUOTEBANK = "quotebank"
    GQG = "gqg"


PACKED: dict[bytes, Callable[[IO[bytes]], io.BufferedIOBase]] = {
    b"\x1f\x8b": lambda raw: gzip.GzipFile(fileobj=raw),
    b"BZh": bz2.BZ2File,
}


def open_packed(path: str) -> io.BufferedReader:
    """A file's bytes from the beginning, unpacked as they are read; packed once, not twice.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It may not be read, or is a folder.
    """
    try:
        raw = Path(path).open("rb")  # noqa: SIM115 - the caller closes it
    except FileNotFoundError as error:
        raise PathNotFoundError(path) from error
    except OSError as error:
        raise UnreadablePathError(path, error.strerror or "") from error
    head = raw.peek(HEAD)
    for magic, unpack in PACKED.items():
        if head.startswith(magic):
            return io.BufferedReader(unpack(raw))
    return raw


def detect(stream: io.BufferedReader) -> ImportFormat:
    """The format by the first bytes."""
    head = stream.peek(HEAD)[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b'{"archive":'):
        return ImportFormat.ARCHIVE
    if not head.startswith(b"{"):
        return ImportFormat.CSV
    return ImportFormat.QUOTEBANK if b'"quotation"' in head else ImportFormat.GQG
