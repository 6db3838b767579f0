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

# It logs every page that it finds odd; what matters to us is whether it found an article.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_html(location: str, raw: bytes, options: ReadOptions) -> Iterator[Article | Problem]:
    """The article of a page, or the problem that there is none."""
    try:
        page = trafilatura.bare_extraction(
            raw, url=options.url, with_metadata=True, include_comments=False
        )
    except (etree.LxmlError, ValueError, RecursionError) as error:
        yield Problem(location, Reason.NO_ARTICLE, f"the page cannot be parsed: {error}"[:200])
        return
    fields = page.as_dict() if isinstance(page, Document) else {}
    text = clean_text(fields.get("text") or "").text
    if not text.strip():
        yield Problem(location, Reason.NO_ARTICLE, "no article was found in the page")
        return
    yield Article(
        text=text,
        reader=READER,
        place=location,
        archived=raw,
        url=options.url or _line(fields.get("url")),
        outlet=options.outlet or _line(fields.get("sitename")),
        title=options.title or _line(fields.get("title")),
        byline=_line(fields.get("author")),
        published_at=options.published_at or _day(fields.get("date")),
        language=_line(fields.get("language")) or "en",
    )


def _line(value: str | None) -> str | None:
    return clean_line(value or "") or None


def _day(value: str | None) -> datetime | None:
    try:
        return midnight(date.fromisoformat(value)) if value else None
    except ValueError:
        return None
