"""The parts of a mail: its headers and bodies, however broken they are.

The standard library's older policy parses them: the default takes seconds for a header of 20 KB.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from claims.text.clean import clean_line

BROKEN = (
    ValueError, IndexError, KeyError, TypeError, AttributeError, LookupError, RecursionError,
    MessageError,
)  # fmt: skip
"""What the standard library raises at headers and bodies that are wrong."""
LONGEST_HEADER = 4000
"""Code points that are read of one."""
PICTURES = ("image", "audio", "video")


class BrokenMailError(Exception):
    """A mail whose structure cannot be read."""


def parse_mail(raw: bytes) -> Message:
    """The mail in these bytes.

    Raises:
        BrokenMailError: Its parts are nested so deeply that they cannot be told apart.
    """
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
    except BROKEN as error:
        raise BrokenMailError(clean_line(str(error))) from error
    return message


def header(message: Message, name: str) -> str | None:
    """A header, decoded and on one line; None if it is missing, empty or unreadable."""
    raw = next((str(it) for key, it in message.raw_items() if key.lower() == name), "")
    # What is not ASCII stands in it as bytes that were smuggled through.
    value = decoded(raw[:LONGEST_HEADER].encode("utf-8", "surrogateescape"))
    try:
        words = str(make_header(decode_header(value)))
    except BROKEN:
        words = value
    return clean_line(words) or None


def sender(message: Message) -> str | None:
    """Who sent it: the organisation, else the name, else the host of the address."""
    name, address = parseaddr(header(message, "from") or "")
    host = address.rpartition("@")[2]
    return header(message, "organization") or clean_line(name) or clean_line(host) or None


def sent_at(message: Message) -> datetime | None:
    """When it was sent.

    Raises:
        ValueError: The date cannot be read.
    """
    value = header(message, "date")
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError(value) from error
    # -0000 says that the sender's zone is not known; the time is UTC's.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def bodies(message: Message, kind: str) -> Iterator[Message]:
    """Parts of this media type that are shown, those of attached mails excepted."""
    for part in _shown(message):
        if part.get_content_type() == kind and not _is_attached(part):
            yield part


def attached_mails(message: Message) -> Iterator[Message]:
    """Mails that were forwarded as attachments."""
    for part in _shown(message):
        if part.get_content_type() == "message/rfc822":
            yield from _parts(part)


def attachments(message: Message) -> list[str]:
    """Names of the attachments that may hold a text: no pictures, sounds and mails."""
    return [
        clean_line(str(part.get_filename() or part.get_content_type()))
        for part in _shown(message)
        if _is_attached(part)
        and part.get_content_maintype() not in PICTURES
        and part.get_content_type() != "message/rfc822"
    ]


def payload(part: Message) -> bytes:
    """The bytes of a part as they were before they were packed for the mail."""
    unpacked = part.get_payload(decode=True)
    return unpacked if isinstance(unpacked, bytes) else b""


def text_in(part: Message) -> str:
    """The text of a part: in the encoding it declares, else UTF-8, else windows-1252.

    Raises:
        UnicodeDecodeError: It declares an encoding, and is neither in that nor in UTF-8.
    """
    raw = payload(part)
    declared = part.get_content_charset()
    if declared and declared != "us-ascii":
        try:
            return raw.decode(declared)
        except (UnicodeDecodeError, LookupError):
            return raw.decode("utf-8")
    return decoded(raw)


def decoded(raw: bytes) -> str:
    """Bytes whose encoding nobody declares: UTF-8, else windows-1252."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", "replace")


def _shown(message: Message) -> Iterator[Message]:
    """All parts but those within attached mails."""
    yield message
    if message.get_content_type() != "message/rfc822":
        for part in _parts(message):
            yield from _shown(part)


def _parts(message: Message) -> Iterator[Message]:
    inner = message.get_payload()
    if isinstance(inner, list):
        yield from (part for part in inner if isinstance(part, Message))


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except BROKEN:
        return False
