"""Web archives: WARC and ARC files, each page that holds an article.

What is no page (requests, images, scripts) is passed over. A page that is captured again unchanged,
as a `revisit` record, is the same article with another capture.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord

from claims.model.article import Article, ReaderRecord
from claims.model.capture import Capture
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem, Reason, UnresolvedRevisit
from claims.readers.captures import CONVERSION, FILE, GONE, REVISIT, WebCapture, describe
from claims.readers.digests import has_digest
from claims.readers.http_body import UnreadableBodyError, decode_body, without_chunks
from claims.readers.options import ReadOptions
from claims.readers.page import FEEDS, read_page
from claims.readers.record_stream import searchable
from claims.readers.web_records import LARGEST_BODY, Damage, WebRecord, read_records
from claims.text.clean import clean_line

# It logs what it mends, such as spaces in an address.
logging.getLogger("warcio").setLevel(logging.CRITICAL)

PAGES = frozenset({"text/html", "application/xhtml+xml"})
MOST_REMEMBERED = 500_000
"""Redirects, and places of pages, that are remembered of one file: about 100 MB."""
MOST_REDIRECTS = 5


@dataclass(slots=True)
class _Reading:
    """One file as it is read.

    Attributes:
        options: What the command line says.
        redirects: For each address that another one led to: that other one.
        places: Where the page with this record id, or with this payload digest, stands.
        pages: How many records were pages, or said that one is gone or unchanged.
    """

    location: str
    file: BinaryIO
    options: ReadOptions
    redirects: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    pages: int = 0

    def remember(self, capture: WebCapture, offset: int) -> None:
        for key in (capture.record_id, capture.payload_digest):
            if key and len(self.places) < MOST_REMEMBERED:
                self.places.setdefault(key, offset)

    def way_to(self, uri: str) -> tuple[str, ...]:
        """The addresses that led to one, in order."""
        way: list[str] = []
        while uri in self.redirects and len(way) < MOST_REDIRECTS:
            uri = self.redirects[uri]
            way.insert(0, uri)
        return tuple(way)


def read_warc(location: str, stream: BinaryIO, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The articles, notices and problems of a web archive, in the order of its records.

    Args:
        location: What to call the file.
        stream: Its bytes, from the beginning.
        options: What the command line says; its address and title are not for many pages.
    """
    with searchable(stream) as file:
        yield from _read_file(location, file, options)


def _read_file(location: str, file: BinaryIO, options: ReadOptions) -> Iterator[ReaderRecord]:
    reading = _Reading(location, file, replace(options, url=None, title=None))
    records, damaged, reported = 0, 0, False
    for record in read_records(file, _is_wanted):
        if isinstance(record, Damage):
            damaged += 1
            reason = Reason.TRUNCATED if record.cut else Reason.DAMAGED
            yield Problem(f"{location} byte {record.offset}", reason, record.detail)
            continue
        records += 1
        if not record.alone and not reported:
            reported = True
            yield Problem(location, Reason.NOT_SEEKABLE, "several records are one gzip member")
        capture = describe(record.parsed)
        if capture and capture.path is None:
            place = f"{location} byte {record.offset}"
            detail = f"its address cannot be read: {capture.uri[:100]}"
            yield Problem(place, Reason.BAD_FIELD, detail, field="WARC-Target-URI")
        elif capture:
            place = f"{location} byte {record.offset} ({capture.uri})"
            yield from _read_capture(reading, record, capture, place)
    if records and not reading.pages:
        yield Problem(location, Reason.NO_ARTICLE, f"no page among its {records} records")
    elif not records and not damaged:
        yield Problem(location, Reason.EMPTY, "no record in it")


def _is_wanted(parsed: ArcWarcRecord) -> bool:
    capture = describe(parsed)
    return capture is not None and _is_page(capture)


def _is_page(capture: WebCapture) -> bool:
    return (
        capture.kind != REVISIT
        and capture.may_be_page
        and (capture.status is None or capture.status in {200, 203})
    )


def _read_capture(
    reading: _Reading, record: WebRecord, capture: WebCapture, place: str
) -> Iterator[ReaderRecord]:
    target = capture.redirects_to()
    if target and len(reading.redirects) < MOST_REMEMBERED:
        reading.redirects.setdefault(target, capture.uri)
    elif capture.kind == REVISIT:
        yield from _read_again(reading, capture, place)
    elif _is_page(capture):
        yield from _read_first(reading, record, capture, place)
    elif capture.status in GONE and capture.may_be_page:
        reading.pages += 1
        yield Notice(
            kind=NoticeKind.WITHDRAW,
            signal=f"http-{capture.status}",
            words=capture.status_line,
            place=place,
            url=capture.uri,
            issued_at=capture.retrieved_at,
        )
    if _fails_digest(record, capture):
        detail = clean_line("; ".join(record.parsed.digest_checker.problems))
        yield Problem(place, Reason.DIGEST_FAILED, detail)


def _read_first(
    reading: _Reading, record: WebRecord, capture: WebCapture, place: str
) -> Iterator[ReaderRecord]:
    if capture.kind == CONVERSION and capture.refers_to in reading.places:
        return  # the page itself was read
    reading.pages += 1
    if record.alone:
        reading.remember(capture, record.offset)
    yield from _read_page(reading, record, capture, capture=capture, place=place)
    if capture.cut_by:
        detail = f"the crawler cut the page: {capture.cut_by}"
        yield Problem(place, Reason.TRUNCATED, detail)


def _read_again(reading: _Reading, capture: WebCapture, place: str) -> Iterator[ReaderRecord]:
    """The article of a page that had not changed, from the record that holds it."""
    if not capture.may_be_page:
        return
    reading.pages += 1
    offset = reading.places.get(capture.refers_to or capture.payload_digest or "")
    if offset is None:
        offset = reading.places.get(capture.payload_digest or "")
    if offset is None:
        yield _unresolved(reading, capture, place)
        return
    first = next(read_records(reading.file, _is_wanted, offset))
    described = describe(first.parsed) if isinstance(first, WebRecord) else None
    if isinstance(first, WebRecord) and described:
        again = replace(
            described,
            uri=capture.uri,
            retrieved_at=capture.retrieved_at,
            record_id=capture.record_id,
        )
        yield from _read_page(reading, first, described, capture=again, place=place)


def _unresolved(reading: _Reading, capture: WebCapture, place: str) -> UnresolvedRevisit:
    detail = "it says that the page was as another record has it, which is not in this file"
    answer = capture.as_capture()
    return UnresolvedRevisit(
        place,
        Reason.UNRESOLVED_REVISIT,
        detail,
        capture=answer and replace(answer, redirects=reading.way_to(capture.uri)),
        media_type=capture.media_type,
        refers_to=capture.refers_to,
        refers_to_uri=capture.refers_to_uri,
        payload_digest=capture.payload_digest,
    )


def _read_page(
    reading: _Reading, record: WebRecord, stored: WebCapture, *, capture: WebCapture, place: str
) -> Iterator[ReaderRecord]:
    """What a page holds.

    Args:
        reading: The file.
        record: The record that holds it.
        stored: Its description.
        capture: The capture to give: the same, or a later one of the same page.
        place: Where it is.
    """
    answer = capture.as_capture()
    if answer is None:
        yield Problem(place, Reason.BAD_FIELD, "its date cannot be read", field="WARC-Date")
        return
    if record.body is None:
        detail = f"the page has {record.size} bytes, more than {LARGEST_BODY >> 20} MiB"
        yield Problem(place, Reason.TOO_LARGE, detail)
        return
    try:
        body = decode_body(record.body, stored.headers)
    except UnreadableBodyError as error:
        yield Problem(place, Reason.DAMAGED, clean_line(str(error)))
        return
    answer = replace(answer, redirects=reading.way_to(capture.uri))
    options = replace(reading.options, charset=stored.charset)
    yield from read_capture(place, answer, body, options, media_type=capture.media_type)


def read_capture(
    place: str, answer: Capture, body: bytes, options: ReadOptions, *, media_type: str
) -> Iterator[ReaderRecord]:
    """What a captured page holds.

    Args:
        place: Where it is.
        answer: The capture to give.
        body: Its bytes, without the encodings of the transfer.
        options: What is known of the article.
        media_type: Of the body, without parameters; empty to look at the bytes.
    """
    if media_type in PAGES and not options.url:
        # A page's canonical address is believed only on the site that sent the page.
        options = replace(options, url=answer.uri)
    for article in read_page(place, media_type, body, options):
        yield _captured(article, answer, media_type) if isinstance(article, Article) else article


def _captured(article: Article, answer: Capture, media_type: str) -> Article:
    """An article with its capture, whose address is its own unless a feed was captured."""
    media_type = media_type or article.media_type
    if answer.uri.startswith(FILE):
        return replace(article, media_type=media_type, seen_at=answer.retrieved_at)
    captured = replace(article, media_type=media_type, capture=answer, seen_at=answer.retrieved_at)
    if media_type in FEEDS:
        return captured
    url = article.url or answer.uri
    others = dict.fromkeys((*article.other_urls, answer.uri, *answer.redirects))
    return replace(captured, url=url, other_urls=tuple(one for one in others if one != url))


def _fails_digest(record: WebRecord, capture: WebCapture) -> bool:
    """Whether a digest is wrong in each of the forms that crawlers give it in."""
    checker = record.parsed.digest_checker
    if checker.passed is not False:
        return False
    if not all(problem.startswith("payload digest failed") for problem in checker.problems):
        return True
    digest = capture.payload_digest
    if record.body is None or not digest:
        # What nobody wanted was not kept; only its bytes as they stand there were compared.
        return not any(name.lower() == "transfer-encoding" for name, _ in capture.headers)
    return not has_digest(digest, [without_chunks(record.body, capture.headers)])
