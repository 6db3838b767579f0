"""Sitemaps, those of news among them, and indexes of sitemaps: addresses to fetch."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from claims.model.article import ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem, Reason
from claims.readers.jsonl import moment_of
from claims.readers.options import ReadOptions
from claims.readers.web_address import web_address
from claims.text.clean import clean_line

if TYPE_CHECKING:
    from datetime import datetime

ENTRIES = ("url", "sitemap")
MOST_ELEMENTS = 100_000
"""Of one entry; one address has a dozen, with many pictures some thousands."""
SHOWN = 200


class _TooManyError(Exception):
    """An entry has more elements than any sitemap's."""


def read_sitemap(
    location: str,
    raw: bytes,
    options: ReadOptions,  # noqa: ARG001 - as all readers take
) -> Iterator[ReaderRecord]:
    """The addresses that a sitemap or an index of sitemaps lists, and its problems."""
    number = 0
    try:
        for number, entry in enumerate(_entries(raw), 1):
            yield from _read_entry(location, number, entry)
    except DefusedXmlException:
        yield Problem(location, Reason.DTD_REFUSED, "it has a DTD, which no sitemap needs")
    except _TooManyError:
        detail = f"more than {MOST_ELEMENTS:,} elements for one address"
        yield Problem(location, Reason.TOO_LARGE, detail)
    except (ParseError, ValueError, LookupError) as error:
        yield Problem(location, Reason.BAD_XML, clean_line(str(error))[:SHOWN])
    else:
        if not number:
            yield Problem(location, Reason.EMPTY, "no address in it")


def _entries(raw: bytes) -> Iterator[Element]:
    """Each entry as it ends; what came before is let go, so that it need not fit into memory."""
    root, elements = None, 0
    for event, element in iterparse(io.BytesIO(raw), events=("start", "end"), forbid_dtd=True):
        root = element if root is None else root
        elements += event == "start"
        if elements > MOST_ELEMENTS:
            raise _TooManyError
        if event == "end" and _name(element) in ENTRIES:
            yield element
            root.clear()
            elements = 0


def _read_entry(location: str, number: int, entry: Element) -> Iterator[ReaderRecord]:
    loc = _text(entry, "loc")
    url = web_address(loc)
    if url is None:
        detail = f"entry {number} has no address of the web"
        yield Problem(location, Reason.BAD_FIELD, detail, field="loc", value=loc)
        return
    news = next((child for child in entry if _name(child) == "news"), None)
    dates: dict[str, datetime] = {}
    places = (("lastmod", entry), ("publication_date", news))
    for field, element in places:
        value = _text(element, field)
        try:
            dates |= {field: moment_of(value)} if value else {}
        except ValueError:
            detail = f"a date of {url[:SHOWN]} cannot be read; it was left out"
            yield Problem(location, Reason.BAD_DATE, detail, field=field, value=value)
    publication = _child(news, "publication")
    yield ArticleAddress(
        url=url,
        place=f"{location}#{number}",
        title=_text(news, "title"),
        published_at=dates.get("publication_date"),
        changed_at=dates.get("lastmod"),
        language=_text(publication, "language"),
    )


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element | None, name: str) -> Element | None:
    return next((child for child in element or () if _name(child) == name), None)


def _text(element: Element | None, name: str) -> str | None:
    child = _child(element, name)
    text = clean_line("" if child is None else "".join(child.itertext()))
    return text[:2000] or None
