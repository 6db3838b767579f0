"""Saved web pages: trafilatura chooses the paragraphs, the text and the metadata are read here.

1. bytes → text (`encoding`), text → tree (`html_tree`)
2. tree → paragraphs (`html_blocks`, with `html_marks` and `html_furniture`)
3. trafilatura's text of the same tree → which of them are the article (`html_choice`)
4. what the page says of it (`html_metadata`, `structured`), what it takes back (`schema_notices`)
"""

import logging
from collections.abc import Iterator
from dataclasses import replace

import trafilatura
from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.encoding import decode_page
from claims.readers.html_blocks import Block, blocks_of
from claims.readers.html_choice import choose, prose_of
from claims.readers.html_dates import read_date
from claims.readers.html_metadata import PageMetadata, read_metadata
from claims.readers.html_text import text_of_blocks
from claims.readers.html_tree import parse_page
from claims.readers.options import ReadOptions
from claims.readers.schema_notices import notices_of
from claims.text.clean import clean_line

READER = f"html/2 trafilatura/{trafilatura.__version__}"

LARGEST, MOST_TAGS = 8_000_000, 200_000
"""Code points and tags. A page with more is refused; the longest page seen has 9,000 tags."""
LARGEST_CHOSEN_FROM = 2_000_000
MOST_CHOSEN_FROM = 10_000
"""Code points and elements. Above these trafilatura is not asked: it takes too long."""
DEEPEST = 400
"""Levels. trafilatura's functions call themselves for each."""
SENTENCE = 40
"""Code points. A page without one paragraph as long has no article, unless trafilatura says so."""

# They log every page that they find odd; what matters to us is whether there is an article.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def read_html(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The article of a page, or the problem that there is none.

    Args:
        location: What to call the page in problems.
        raw: Its bytes.
        options: What the command line says of it; its address and charset, if over the web.
    """
    decoded = decode_page(location, raw, options.charset)
    if isinstance(decoded, Problem):
        yield decoded
        return
    if len(decoded.text) > LARGEST or decoded.text.count("<") > MOST_TAGS:
        detail = f"more than {LARGEST:,} characters or {MOST_TAGS:,} tags for one article"
        yield Problem(location, Reason.TOO_LARGE, detail)
        return
    root = parse_page(decoded.text)
    if root is None:
        yield Problem(location, Reason.NO_ARTICLE, "there is no HTML in it")
        return
    metadata = read_metadata(root, options.url)
    usual = len(decoded.text) <= LARGEST_CHOSEN_FROM and _is_usual(root)
    blocks = article_blocks(root, metadata.language or "en", usual=usual)
    text = text_of_blocks(blocks)
    if not text.strip():
        yield Problem(location, Reason.NO_ARTICLE, "no article was found in the page")
        return
    if decoded.undecodable and "\ufffd" in text:
        count = text.count("\ufffd")
        detail = f"{count} places are not {decoded.encoding.upper()} and stand as U+FFFD"
        yield Problem(location, Reason.BAD_ENCODING, detail)
    if usual and not metadata.published_at:
        metadata = _dated(root, metadata, options.url)
    article = _article(location, raw, text, metadata)
    yield _with_options(article, options)


def article_blocks(root: HtmlElement, language: str, *, usual: bool) -> list[Block]:
    """The paragraphs of a page that are its article.

    Args:
        root: The page.
        language: Of its text where no `lang` says otherwise.
        usual: Whether trafilatura can bear its size and depth.
    """
    blocks = blocks_of(root, language)
    if usual:
        try:
            page = trafilatura.bare_extraction(root, include_comments=False)
        except (etree.LxmlError, ValueError, RecursionError):
            page = None
        text = getattr(page, "text", None)
        if text and (chosen := choose(blocks, text)):
            return chosen
    prose = prose_of(blocks)
    return prose if any(len(block.text) >= SENTENCE for block in prose) else []


def _is_usual(root: HtmlElement) -> bool:
    depth = elements = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > DEEPEST or elements > MOST_CHOSEN_FROM:
            return False
    return True


def _dated(root: HtmlElement, metadata: PageMetadata, address: str | None) -> PageMetadata:
    """With the day of publication as the page's words have it, or its address."""
    for url in (None, address or metadata.url):
        try:
            # It prefers an address's date to the page's own, so it is told the address last.
            day = find_date(root, original_date=True, extensive_search=url is None, url=url)
        except (etree.LxmlError, ValueError, RecursionError):
            continue
        if day:
            return replace(metadata, published_at=read_date(day))
    return metadata


def _article(location: str, raw: bytes, text: str, metadata: PageMetadata) -> Article:
    return Article(
        text=text,
        reader=READER,
        place=location,
        archived=raw,
        media_type="text/html",
        url=metadata.url,
        other_urls=metadata.other_urls,
        outlet=metadata.outlet,
        title=metadata.title,
        byline=metadata.byline,
        published_at=metadata.published_at,
        publisher_time=metadata.changed_at,
        language=metadata.language or "en",
        credit=metadata.credit,
        notices=tuple(notices_of(metadata.nodes, text, location)),
    )


def _with_options(article: Article, options: ReadOptions) -> Article:
    """The article with what the command line and the server say of it."""
    charset = f"; charset={clean_line(options.charset)}" if options.charset else ""
    return replace(
        article,
        media_type=f"text/html{charset}",
        outlet=options.outlet or article.outlet,
        title=options.title or article.title,
        published_at=options.published_at or article.published_at,
    )
