"""The one table of formats: how each is told from the others and which reader reads it."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TypeAlias

from claims.model.article import ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.looks import (
    NEWSML_G2,
    SITEMAP_ROOTS,
    Fits,
    Looks,
    fits_none,
    has_root,
    is_feed,
    is_html,
    is_json,
    is_json_feed,
    is_mail,
    is_mbox,
    is_mhtml,
    is_ninjs,
    is_wacz,
    is_warc,
    never,
)
from claims.readers.options import ReadOptions

LARGEST = 16 * 1024 * 1024
"""Bytes. A larger file is not one article."""


class Format(StrEnum):
    """Formats that can be read."""

    PLAIN = "plain"
    HTML = "html"
    JSON = "json"
    JSONL = "jsonl"
    FEED = "feed"
    JSONFEED = "jsonfeed"
    SITEMAP = "sitemap"
    NINJS = "ninjs"
    NEWSML = "newsml"
    NITF = "nitf"
    WARC = "warc"
    WACZ = "wacz"
    MBOX = "mbox"
    MAIL = "mail"
    MHTML = "mhtml"


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
        text: Whether its bytes are text, so that others can be refused before they are read; what
            is not text is also handed on packed.
        looks: Whether the first bytes look like it.
        fits: For a format that is one JSON object: whether an object is of it.
    """

    function: str
    endings: tuple[str, ...]
    streams: bool = False
    text: bool = True
    looks: Looks = never
    fits: Fits = fits_none

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

    def read_bytes(self, location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
        """The records of bytes, such as those of an object within a file."""
        return self.read(location, io.BufferedReader(io.BytesIO(raw)), options)


FORMATS: Mapping[Format, FormatReader] = {
    Format.PLAIN: FormatReader("plain:read_plain", (".txt", ".text", ".md")),
    Format.HTML: FormatReader("html:read_html", (".html", ".htm", ".xhtml"), looks=is_html),
    Format.JSON: FormatReader("json_documents:read_json", (".json",), streams=True, looks=is_json),
    Format.JSONL: FormatReader("jsonl:read_jsonl", (".jsonl", ".ndjson"), streams=True),
    Format.FEED: FormatReader("feeds:read_feed", (".rss", ".atom", ".rdf"), looks=is_feed),
    Format.JSONFEED: FormatReader("jsonfeed:read_json_feed", (), fits=is_json_feed),
    Format.SITEMAP: FormatReader("sitemaps:read_sitemap", (), looks=has_root(*SITEMAP_ROOTS)),
    Format.NINJS: FormatReader("ninjs:read_ninjs", (), fits=is_ninjs),
    Format.NEWSML: FormatReader("newsml:read_newsml", (), looks=has_root(*NEWSML_G2)),
    Format.NITF: FormatReader("nitf:read_nitf", (".nitf",), looks=has_root("nitf")),
    Format.WARC: FormatReader(
        "warc:read_warc", (".warc", ".arc"), streams=True, text=False, looks=is_warc
    ),
    Format.WACZ: FormatReader(
        "wacz:read_wacz", (".wacz",), streams=True, text=False, looks=is_wacz
    ),
    Format.MBOX: FormatReader("mbox:read_mbox", (".mbox",), streams=True, looks=is_mbox),
    Format.MAIL: FormatReader("mail:read_mail", (".eml",), looks=is_mail),
    Format.MHTML: FormatReader("mhtml:read_mhtml", (".mhtml", ".mht"), looks=is_mhtml),
}
"""Each format with its reader. Another format is a row here and a file beside this one."""

ENDINGS: Mapping[str, Format] = {
    ending: name for name, reader in FORMATS.items() for ending in reader.endings
}
"""Formats by the endings of file names."""
