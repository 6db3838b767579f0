"""Pages that a browser saved as one file (MHTML): the page itself, without its pictures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.message import Message

from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.html import read_html
from claims.readers.mail_parts import BrokenMailError, bodies, header, parse_mail, payload, sent_at
from claims.readers.options import ReadOptions
from claims.readers.web_address import web_address

READER = "mhtml/1"
MEDIA_TYPE = "multipart/related"
MARK = b"\xef\xbb\xbf"
SHOWN = 200


def read_mhtml(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The article of the page, or the problem that there is none."""
    try:
        message = parse_mail(raw)
        page = _page(message)
    except BrokenMailError as error:
        yield Problem(location, Reason.DAMAGED, f"its parts cannot be told apart: {error}"[:SHOWN])
        return
    if page is None:
        yield Problem(location, Reason.NO_ARTICLE, "no page in it")
        return
    address = header(message, "snapshot-content-location") or header(page, "content-location")
    url = options.url or web_address(address)
    for record in read_html(location, _bytes(page), replace(options, url=url)):
        if isinstance(record, Article):
            yield replace(
                record,
                reader=f"{READER} {record.reader}",
                archived=raw,
                media_type=MEDIA_TYPE,
                seen_at=_saved_at(message),
            )
        else:
            yield record


def _page(message: Message) -> Message | None:
    """The part that the file says to start with, else the first page in it."""
    pages = [*bodies(message, "text/html"), *bodies(message, "application/xhtml+xml")]
    start = str(message.get_param("start", "")).strip()
    named = (page for page in pages if start and header(page, "content-id") == start)
    return next(named, next(iter(pages), None))


def _bytes(page: Message) -> bytes:
    """The page's bytes; in UTF-8 with its mark if the part declares its encoding."""
    raw = payload(page)
    declared = page.get_content_charset()
    try:
        return MARK + raw.decode(declared).encode() if declared else raw
    except (UnicodeDecodeError, LookupError):
        return raw


def _saved_at(message: Message) -> datetime | None:
    try:
        return sent_at(message)
    except ValueError:
        return None
