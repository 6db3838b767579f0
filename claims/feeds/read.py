"""What a feed holds: its articles, the addresses that it names, and whether it is one at all."""

import io
from collections.abc import Iterator
from dataclasses import replace

from claims.fetch.page import FetchedPage
from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.detect import detect
from claims.readers.formats import Format
from claims.readers.options import ReadOptions
from claims.readers.page import FEEDS
from claims.readers.source import HEAD, read_stream

FEED_FORMATS = frozenset({Format.FEED, Format.JSONFEED, Format.SITEMAP})


def feed_format(page: FetchedPage) -> Format | None:
    """The format of a feed; None if it is none.

    Its bytes tell, not the server: many call a feed `text/html` or `text/xml`. JSON alone is looked
    at by its media type too, for its first bytes may say little.
    """
    form = detect("", page.body[:HEAD])
    if form in FEED_FORMATS and isinstance(form, Format):
        return None if is_index(page) else form
    is_json = form in {Format.JSON, Format.JSONL}
    return Format.JSONFEED if is_json and FEEDS.get(page.media_type) is Format.JSONFEED else None


def is_index(page: FetchedPage) -> bool:
    """Whether it is an index of sitemaps, which names no articles."""
    return detect("", page.body[:HEAD]) is Format.SITEMAP and b"<sitemapindex" in page.body[:HEAD]


def read_feed(page: FetchedPage, form: Format, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The records of a feed; that it has no items at the moment is no problem."""
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(page.body))
    options = replace(options, charset=page.charset)
    for record in read_stream(page.capture.uri, stream, form, options):
        if isinstance(record, Article):
            yield replace(record, seen_at=page.capture.retrieved_at)
        elif not (isinstance(record, Problem) and record.reason is Reason.EMPTY):
            yield record
