"""Saved web pages, through trafilatura."""

import logging
from collections.abc import Iterator
from datetime import date, datetime

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions, midnight
from claims.text.clean import clean_line, clean_text

READER = f"html/1 trafilatura/{trafilatura.__version__}"

# It reports each page it finds odd; what matters to us is whether an article came out.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_html(place: str, raw: bytes, stated: ReadOptions) -> Iterator[Article | Problem]:
    """The one article of a page, or why there is none."""
    try:
        page = trafilatura.bare_extraction(
            raw, url=stated.url, with_metadata=True, include_comments=False
        )
    except (etree.LxmlError, ValueError, RecursionError) as error:
        yield Problem(place, Reason.NO_ARTICLE, f"the page cannot be parsed: {error}"[:200])
        return
    found = page.as_dict() if isinstance(page, Document) else {}
    text = clean_text(found.get("text") or "").text
    if not text.strip():
        yield Problem(place, Reason.NO_ARTICLE, "no article was found in the page")
        return
    yield Article(
        text=text,
        reader=READER,
        place=place,
        archived=raw,
        url=stated.url or _line(found.get("url")),
        outlet=stated.outlet or _line(found.get("sitename")),
        title=stated.title or _line(found.get("title")),
        byline=_line(found.get("author")),
        published_at=stated.published_at or _day(found.get("date")),
        language=_line(found.get("language")) or "en",
    )


def _line(value: str | None) -> str | None:
    return clean_line(value or "") or None


def _day(value: str | None) -> datetime | None:
    try:
        return midnight(date.fromisoformat(value)) if value else None
    except ValueError:
        return None
