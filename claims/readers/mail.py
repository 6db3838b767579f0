"""Press releases as mails: who sends one is its publisher.

The outlet is what the command line says, else the sender's organisation, name or host. A mail that
somebody passed on, within another mail or attached to one, is the mail that is read.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email.message import Message

from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.html_text import text_of_fragment
from claims.readers.mail_parts import (
    BrokenMailError,
    attached_mails,
    attachments,
    bodies,
    header,
    parse_mail,
    payload,
    sender,
    sent_at,
    text_in,
)
from claims.readers.mail_text import ForwardedText, forwarded, mail_text
from claims.readers.options import ReadOptions
from claims.readers.web_address import web_address
from claims.text.clean import clean_line

READER = "mail/1"
MEDIA_TYPE = "message/rfc822"
PASSED_ON = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr)\s*:)+\s*", re.IGNORECASE)
NAMED = 5
"""Attachments that a problem names."""
SHOWN = 200


def read_mail(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The article of a mail, and the problems with it."""
    try:
        message = parse_mail(raw)
        text, message = _text(message)
    except BrokenMailError as error:
        detail = f"its parts cannot be told apart: {error}"
        yield Problem(location, Reason.DAMAGED, detail[:SHOWN])
        return
    except UnicodeDecodeError as error:
        detail = f"the text is not in the encoding that the mail declares, nor in {error.encoding}"
        yield Problem(location, Reason.BAD_ENCODING, detail)
        return
    published: datetime | None = None
    try:
        published = sent_at(message) if text.sender is None else None
    except ValueError:
        value = (header(message, "date") or "")[:SHOWN]
        detail = "the date cannot be read; it was left out"
        yield Problem(location, Reason.BAD_DATE, detail, field="date", value=value)
    if text.text:
        yield _article(location, raw, message, text, published=published, options=options)
    else:
        yield Problem(location, Reason.EMPTY, "no text in the mail")
    yield from _unread(location, message)


def _text(message: Message) -> tuple[ForwardedText, Message]:
    """The text, and the mail it is of: an attached one, if the outer mail has no text."""
    for part in bodies(message, "text/plain"):
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        joined = str(part.get_param("delsp", "")).lower() == "yes"
        inner = forwarded(text_in(part).replace("\r\n", "\n"))
        if text := mail_text(inner.text, flowed=flowed, joined=joined):
            return ForwardedText(text, inner.sender, inner.subject), message
    for part in bodies(message, "text/html"):
        if text := text_of_fragment(payload(part), charset=part.get_content_charset()):
            return forwarded(text), message
    for attached in attached_mails(message):
        return _text(attached)
    return ForwardedText(""), message


def _article(
    location: str,
    raw: bytes,
    message: Message,
    text: ForwardedText,
    *,
    published: datetime | None,
    options: ReadOptions,
) -> Article:
    subject = text.subject or header(message, "subject") or ""
    own = text.sender is None
    return Article(
        text=text.text,
        reader=READER,
        place=location,
        archived=raw,
        external_id=_id(message, "message-id") if own else None,
        url=web_address((header(message, "archived-at") or "").strip("<>")) or options.url,
        outlet=options.outlet or text.sender or sender(message),
        title=options.title or clean_line(PASSED_ON.sub("", subject)) or None,
        published_at=published or options.published_at,
        language=header(message, "content-language") or "en",
        media_type=MEDIA_TYPE,
        evolved_from=_id(message, "supersedes"),
        publisher_time=published,
    )


def _id(message: Message, name: str) -> str | None:
    return (header(message, name) or "").strip("<> ") or None


def _unread(location: str, message: Message) -> Iterator[Problem]:
    names = attachments(message)
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        count = f"{len(names)} attachment{'s' if len(names) > 1 else ''}"
        detail = f"{count} not read: {', '.join(names[:NAMED])}"[:SHOWN] + more
        yield Problem(location, Reason.UNSUPPORTED_FORMAT, detail)
