"""Evidence as it is stored: a text of a document, and the bytes that it was read from."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from claims.model.span import Spans


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """Bytes as they came, with where and when; the columns of `archive_record`."""

    id: uuid.UUID
    uri: str | None
    retrieved_at: datetime
    http_status: int | None
    http_headers: tuple[tuple[str, str], ...]
    redirects: tuple[str, ...]
    media_type: str
    warc_record: str | None
    payload: bytes
    sha256: bytes

    @property
    def is_whole(self) -> bool:
        """Whether the bytes have the digest that was stored with them."""
        return hashlib.sha256(self.payload).digest() == self.sha256


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A document's text with its bytes.

    Attributes:
        part: Which article of the bytes it is, if they hold several.
        retrieved_at: When this text was read.
        outlet: Name of the outlet that published it.
        record: The bytes it was read from first.
    """

    id: uuid.UUID
    document: uuid.UUID
    number: int
    text: str
    sha256: bytes
    reader: str
    part: str | None
    retrieved_at: datetime
    url: str | None
    title: str | None
    outlet: str | None
    published_at: datetime | None
    record: ArchiveRecord

    @property
    def is_whole(self) -> bool:
        """Whether the text has the digest that was stored with it."""
        return hashlib.sha256(self.text.encode()).digest() == self.sha256


@dataclass(frozen=True, slots=True)
class Seen:
    """One time that a version was seen.

    Attributes:
        at: When it stood there.
        record: The bytes it was seen in; None if none came.
    """

    at: datetime
    record: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim, and where its words stand in its version's text.

    Attributes:
        reported: Its words after who denies, asks or promises them.
    """

    id: uuid.UUID
    version: uuid.UUID
    text: str
    spans: Spans
    reported: str
