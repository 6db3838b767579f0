"""The body of an answer of the web by the reader for its media type."""

from collections.abc import Iterator, Mapping

from claims.model.article import ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.detect import detect
from claims.readers.formats import FORMATS, Format
from claims.readers.options import ReadOptions

PAGES: Mapping[str, Format] = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.PLAIN,
}
"""Media types of one article, whose address is that of the answer."""
FEEDS: Mapping[str, Format] = {
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
    "application/rdf+xml": Format.FEED,
    "application/feed+json": Format.JSONFEED,
}
"""Media types of several articles, each with an address of its own."""


def read_page(
    location: str, media_type: str, body: bytes, options: ReadOptions
) -> Iterator[ReaderRecord]:
    """The articles of a body, or the problem that there is none.

    Args:
        location: What to call it in problems.
        media_type: One of `PAGES` or `FEEDS`; empty to look at the bytes.
        body: Its bytes.
        options: What is known of the article.
    """
    chosen = PAGES.get(media_type) or FEEDS.get(media_type) or detect("", body[:4096])
    if chosen not in {*PAGES.values(), *FEEDS.values()}:
        yield Problem(location, Reason.NO_ARTICLE, "it has no media type and is no page")
    elif isinstance(chosen, Format):
        yield from FORMATS[chosen].read_bytes(location, body, options)
