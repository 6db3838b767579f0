"""An article as a reader returns it, before it is stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Article:
    """One published article with its cleaned text.

    Attributes:
        text: Cleaned once by `claims.text.clean`; every offset counts its code points.
        reader: Which reader made it, with its version, such as `plain/1`.
        place: The location of its input: path, and line for formats with one record a line.
        external_id: The feed's own id (`doc_id` in article JSON lines), if it has one.
        published_at: With a time zone; midnight UTC if only the day is known.
        language: BCP 47 tag.
        archived: The bytes as they were read.
    """

    text: str
    reader: str
    place: str
    archived: bytes
    external_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    language: str = "en"
