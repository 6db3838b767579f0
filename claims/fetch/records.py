"""Turns what was fetched into the records that `ingest` takes."""

import io
from collections.abc import Iterator
from dataclasses import replace

from claims.fetch.page import FailedFetch, FetchedPage
from claims.model.article import Article, ReaderRecord
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem, Reason
from claims.readers.detect import detect
from claims.readers.formats import Format
from claims.readers.options import ReadOptions
from claims.readers.page import FEEDS, PAGES
from claims.readers.source import HEAD, read_stream

GONE = frozenset({410, 451})
"""Statuses with which a server says that a page was taken away on purpose."""

PAGE_FORMATS = frozenset(PAGES.values())


def read_fetched(answer: FetchedPage | FailedFetch, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The articles of a page or feed, with where and when they were fetched, or why there are none.

    Args:
        answer: What came of asking, if it is not that the page has not changed.
        options: What the command line says of the articles.
    """
    if isinstance(answer, FailedFetch):
        yield _failure(answer)
        return
    location = answer.capture.uri
    chosen = PAGES.get(answer.media_type) or FEEDS.get(answer.media_type)
    form = chosen or detect("", answer.body[:HEAD])
    if not answer.body.strip():
        yield Problem(location, Reason.EMPTY, "the answer has no body")
        return
    is_page = form in PAGE_FORMATS
    options = replace(options, charset=answer.charset, url=location if is_page else None)
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(answer.body))
    file_format = form if isinstance(form, Format) else None
    for record in read_stream(location, stream, file_format, options):
        if isinstance(record, Article):
            # Those of a feed have addresses of their own.
            capture = answer.capture if is_page else None
            yield replace(record, capture=capture, seen_at=answer.capture.retrieved_at)
        else:
            yield record


def _failure(answer: FailedFetch) -> Problem | Notice:
    if answer.status in GONE:
        signal = f"http-{answer.status}"
        return Notice(NoticeKind.WITHDRAW, signal, answer.detail, answer.url, url=answer.url)
    detail = answer.detail
    if answer.again_at:
        detail += f"; it wants to be asked again after {answer.again_at:%Y-%m-%d %H:%M:%SZ}"
    reason = Reason.FETCH_REFUSED if answer.refused else Reason.FETCH_FAILED
    return Problem(answer.url, reason, detail)
