"""Items of wires as the tests write them, and what the readers make of them."""

import io
import json
from typing import TYPE_CHECKING

from claims.model.article import Article, ReaderRecord
from claims.model.json import Json
from claims.model.notice import Notice
from claims.model.problem import Problem
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream

if TYPE_CHECKING:
    from collections.abc import Mapping

G2 = "http://iptc.org/std/nar/2006-10-01/"
STORY = "<p>The bridge is safe, Mayor Ada Quill said.</p><p>Two lorries crossed it.</p>"
TEXT = "The bridge is safe, Mayor Ada Quill said.\nTwo lorries crossed it."


def read(raw: bytes, name: str = "-", options: ReadOptions | None = None) -> list[ReaderRecord]:
    """The records of these bytes, as `claims ingest` gets them."""
    stream = io.BufferedReader(io.BytesIO(raw))
    return list(read_stream(name, stream, None, options or ReadOptions()))  # type: ignore[arg-type]


def article(records: list[ReaderRecord]) -> Article:
    """The one article among the records."""
    [only] = [record for record in records if isinstance(record, Article)]
    return only


def told(records: list[ReaderRecord]) -> list[str]:
    """Each record in one line."""
    return [_told(record) for record in records]


def noticed(records: list[ReaderRecord]) -> list[str]:
    """Each notice, of an article or alone, as kind, signal and words."""
    notices = [
        notice
        for record in records
        for notice in (record.notices if isinstance(record, Article) else (record,))
    ]
    return [f"{it.kind} {it.signal} {it.words}" for it in notices if isinstance(it, Notice)]


def ninjs(**fields: Json) -> bytes:
    """A ninjs 3 object with a story; None leaves a field out."""
    item: Mapping[str, Json] = {
        "uri": "urn:pier:1",
        "type": "text",
        "bodies": [{"role": "main", "contentType": "text/html", "value": STORY}],
        **fields,
    }
    return json.dumps({name: value for name, value in item.items() if value is not None}).encode()


def newsml(meta: str = "", content: str | None = None, *, about: str = "", version: int = 1) -> str:
    """A NewsML-G2 item with a story in XHTML."""
    inner = (
        '<inlineXML contenttype="application/xhtml+xml">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>'
        f"<body>{STORY}</body></html></inlineXML>"
    )
    chosen = inner if content is None else content
    return (
        f'<newsItem xmlns="{G2}" guid="urn:pier:1" version="{version}" xml:lang="en-GB">'
        f'<itemMeta><provider literal="The Pier"/>{meta}</itemMeta>'
        f"<contentMeta>{about}</contentMeta><contentSet>{chosen}</contentSet></newsItem>"
    )


def nitf(docdata: str = "", story: str = STORY, *, attributes: str = "", head: str = "") -> bytes:
    """An NITF document with a story."""
    return (
        f"<nitf><head><title>T</title><docdata {attributes}>"
        f'<doc-id id-string="pier-1" regsrc="PIER"/>{docdata}</docdata>{head}</head>'
        "<body><body.head><hedline><hl1>Bridge is safe</hl1><hl2>Mayor content</hl2></hedline>"
        "<byline>By Tom Reed</byline></body.head>"
        f"<body.content>{story}</body.content><body.end><tagline>Ends</tagline></body.end>"
        "</body></nitf>"
    ).encode()


def _told(record: ReaderRecord) -> str:
    match record:
        case Article():
            return record.text
        case Problem():
            return f"{record.reason} {record.field or record.detail}"
        case Notice():
            return f"{record.kind} {record.external_id}"
        case _:
            return record.url
