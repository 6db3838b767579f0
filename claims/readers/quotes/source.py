"""Opens a file to import, plain or packed, and detects its format."""

import bz2
import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO

from claims.errors.files import PathNotFoundError, UnreadablePathError

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


@contextmanager
def open_packed(path: str) -> Iterator[io.BufferedReader]:
    """A file's bytes from the beginning, unpacked once as they are read.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It may not be read, is a folder, or cannot be unpacked.
    """
    try:
        raw = Path(path).open("rb")  # noqa: SIM115 - closed below, whatever reads from it
    except FileNotFoundError as error:
        raise PathNotFoundError(path) from error
    except OSError as error:
        raise UnreadablePathError(path, error.strerror or "") from error
    with raw:
        head = raw.peek(HEAD)
        unpack = next((each for magic, each in PACKED.items() if head.startswith(magic)), None)
        try:
            yield io.BufferedReader(unpack(raw)) if unpack else raw
        except (EOFError, OSError) as error:
            if unpack is None:
                raise
            raise UnreadablePathError(path, f"it cannot be unpacked: {error}") from error


def detect(stream: io.BufferedReader) -> ImportFormat:
    """The format by the first bytes."""
    head = stream.peek(HEAD)[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b'{"archive":'):
        return ImportFormat.ARCHIVE
    if not head.startswith(b"{"):
        return ImportFormat.CSV
    return ImportFormat.QUOTEBANK if b'"quotation"' in head else ImportFormat.GQG
