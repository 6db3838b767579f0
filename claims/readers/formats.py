"""The one table of formats: how each is told and which reader reads it."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TypeAlias

from claims.model.article import ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions

LARGEST = 16 * 1024 * 1024
"""Bytes. A larger file is not one article."""


class Format(StrEnum):
    """Formats that can be read."""

    PLAIN = "plain"
    HTML = "html"
    JSON = "json"
    JSONL = "jsonl"


StreamReader: TypeAlias = Callable[[str, io.BufferedReader, ReadOptions], Iterator[ReaderRecord]]
BytesReader: TypeAlias = Callable[[str, bytes, ReadOptions], Iterator[ReaderRecord]]


@dataclass(frozen=True, slots=True)
class FormatReader:
    """How a format is read.

    Attributes:
        function: Module and name of the reader; imported when the first input needs it, because
            some need heavy libraries (trafilatura takes 0.16 s).
        endings: Endings of file names, lower case.
        streams: Whether the reader takes the stream; otherwise it takes all bytes, up to LARGEST.
        text: Whether its bytes are text, so that others can be refused before they are read.
    """

    function: str
    endings: tuple[str, ...]
    streams: bool = False
    text: bool = True

    def read(
        self, location: str, stream: io.BufferedReader, options: ReadOptions
    ) -> Iterator[ReaderRecord]:
        """The records of a stream in this format."""
        module, name = self.function.split(":")
        reader = getattr(import_module(f"claims.readers.{module}"), name)
        if self.streams:
            from_stream: StreamReader = reader
            yield from from_stream(location, stream, options)
            return
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            detail = f"more than {LARGEST >> 20} MiB for one article"
            yield Problem(location, Reason.TOO_LARGE, detail)
            return
        from_bytes: BytesReader = reader
        yield from from_bytes(location, raw, options)


FORMATS: Mapping[Format, FormatReader] = {
    Format.PLAIN: FormatReader("plain:read_plain", (".txt", ".text", ".md")),
    Format.HTML: FormatReader("html:read_html", (".html", ".htm", ".xhtml")),
    Format.JSON: FormatReader("json_documents:read_json", (".json",), streams=True),
    Format.JSONL: FormatReader("jsonl:read_jsonl", (".jsonl", ".ndjson"), streams=True),
}
"""Each format with its reader. Another format is a row here and a file beside this one."""

ENDINGS: Mapping[str, Format] = {
    ending: name for name, reader in FORMATS.items() for ending in reader.endings
}
"""Formats by the endings of file names."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A format that is recognised but not read.

    Attributes:
        name: As people call it, for "it is …".
        instead: What to do, without a capital and a full stop.
        magic: How its files begin; several for variants.
        inside: What must stand near the beginning too, such as a name within a zip.
    """

    name: str
    instead: str
    magic: tuple[bytes, ...]
    inside: bytes = b""

    def begins(self, head: bytes) -> bool:
        """Whether a file that begins so is one."""
        return head.startswith(self.magic) and self.inside in head


ZIP = (b"PK\x03\x04",)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
AS_TEXT = "save it as plain text or HTML"
TABLE = "`claims import` reads quotations from a sheet that is saved as CSV"
NOT_TEXT = "leave it out"
UNPACK = "unpack it and read the folder"

FOREIGN = (
    Foreign("a PDF", "read the article's web page, or save its text", (b"%PDF-",)),
    Foreign("a Word document", AS_TEXT, ZIP, b"word/"),
    Foreign("an Excel sheet", TABLE, ZIP, b"xl/"),
    Foreign("a PowerPoint file", AS_TEXT, ZIP, b"ppt/"),
    Foreign("an OpenDocument sheet", TABLE, ZIP, b"opendocument.spreadsheet"),
    Foreign("an OpenDocument text", AS_TEXT, ZIP, b"opendocument"),
    Foreign("an e-book", AS_TEXT, ZIP, b"application/epub+zip"),
    Foreign("a zip file", UNPACK, ZIP),
    Foreign("an old Office file", AS_TEXT, (OLD_OFFICE,)),
    Foreign("a rich text file", AS_TEXT, (b"{\\rtf",)),
    Foreign("a 7-Zip file", UNPACK, (b"7z\xbc\xaf\x27\x1c",)),
    Foreign("a RAR file", UNPACK, (b"Rar!\x1a\x07",)),
    Foreign("a bzip2 file", UNPACK, (b"BZh",)),
    Foreign("an xz file", UNPACK, (b"\xfd7zXZ\x00",)),
    Foreign("a Zstandard file", UNPACK, (b"\x28\xb5\x2f\xfd",)),
    Foreign("a SQLite database", NOT_TEXT, (b"SQLite format 3\x00",)),
    Foreign("a Parquet file", NOT_TEXT, (b"PAR1",)),
    Foreign("a binary property list", AS_TEXT, (b"bplist",)),
    Foreign("a picture", NOT_TEXT, (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")),
)
"""In this order: the more particular first."""
