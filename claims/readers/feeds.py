"""RSS, Atom and RDF feeds, through feedparser."""

import io
import re
from collections.abc import Iterator
from xml.sax import SAXParseException

import feedparser

from claims.model.article import ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.feed_entries import Feed, Fields, read_entry
from claims.readers.options import ReadOptions
from claims.readers.outlets import outlet_of
from claims.readers.xml_limits import RefusedXmlError, check_xml
from claims.text.clean import clean_line

READER = f"feed/1 feedparser/{feedparser.__version__}"
CLOSED = re.compile(
    rb"</(?:[\w.-]+:)?(?:rss|feed|RDF|channel)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL
)
TAIL = 2000
LONGEST = 200


def read_feed(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The articles and addresses of a feed, and its problems."""
    try:
        check_xml(raw)
    except RefusedXmlError as error:
        yield Problem(location, error.reason, error.detail)
        return
    try:
        parsed = _parse(raw, options.url)
    except Exception as error:  # noqa: BLE001 - feedparser raises whatever broken encodings give
        detail = clean_line(f"feedparser gave up: {error}")[:LONGEST]
        yield Problem(location, Reason.BAD_XML, detail)
        return
    entries: list[Fields] = parsed["entries"]
    if not entries:
        if parsed["version"]:
            yield Problem(location, Reason.EMPTY, "the feed has no items")
        else:
            yield Problem(location, Reason.NO_FEED, "no RSS, Atom or RDF feed was found in it")
        return
    if isinstance(broken := parsed.get("bozo_exception"), SAXParseException):
        closed = CLOSED.search(raw[-TAIL:]) is not None
        yield _broken(location, broken, closed=closed)
        # Better none of the last item than half of it.
        entries = entries if closed else entries[:-1]
    feed = _make_feed(location, raw, parsed, options)
    for number, entry in enumerate(entries, 1):
        yield from read_entry(feed, number, entry)


def _parse(raw: bytes, url: str | None) -> Fields:
    headers = {"content-location": url} if url else {}
    # Bytes would be opened, if there is a file whose name they are; a stream is only read.
    parsed: Fields = feedparser.parse(
        io.BytesIO(raw), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return parsed


def _broken(location: str, error: SAXParseException, *, closed: bool) -> Problem:
    message = clean_line(error.getMessage() or "not well-formed")[:100]
    line = error.getLineNumber()
    if closed:
        detail = f"{message}; the items were read as well as could be"
        return Problem(location, Reason.BAD_XML, detail, line=line)
    detail = f"{message}; the feed breaks off and its last item was left out"
    return Problem(location, Reason.TRUNCATED, detail, line=line)


def _make_feed(location: str, raw: bytes, parsed: Fields, options: ReadOptions) -> Feed:
    version: str = parsed["version"]
    fields: Fields = parsed["feed"]
    atom = version.startswith("atom")
    link = fields.get("link") or options.url
    return Feed(
        location=location,
        raw=raw,
        reader=READER,
        media_type="application/atom+xml" if atom else "application/rss+xml",
        outlet=options.outlet or outlet_of(fields.get("title"), link),
        language=clean_line(fields.get("language") or "") or None,
        has_content=any(entry.get("content") for entry in parsed["entries"]),
        only_date_is_published=not atom,
        published_at=options.published_at,
    )
