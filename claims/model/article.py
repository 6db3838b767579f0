"""An article as a reader returns it, before it is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from claims.model.article_address import ArticleAddress
from claims.model.capture import Capture
from claims.model.notice import Embargo, Notice
from claims.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Article:
    """One published article with its cleaned text.

    Attributes:
        text: Cleaned once by `claims.text.clean`; every offset counts its code points.
        reader: Which reader made it, with its version, such as `plain/1`.
        place: The location of its input: path, and line for formats with one record a line.
        archived: The bytes to keep as evidence: what the reader can read again to this article.
        external_id: The publisher's own id (`doc_id` in article JSON lines), if it has one.
        url: Canonical address.
        published_at: With a time zone; midnight UTC if only the day is known.
        language: BCP 47 tag.
        media_type: Of the archived bytes.
        part: Which article of the archived bytes it is, if they hold several.
        capture: How the bytes came, if over the web.
        seen_at: When its input was as it is: of a capture, when it was retrieved; of a file, when
            it was last changed; None if nobody knows.
        other_urls: Further addresses under which the publisher knows it.
        other_ids: Further ids at the publisher, such as ninjs `altIds`.
        evolved_from: The publisher's id of the article that this one replaces.
        publisher_version: The publisher's number of this version; higher is newer.
        publisher_time: When the publisher made this version, with a time zone.
        embargo: Until when it must not be published.
        credit: Whom its publisher's own fields name as where the text comes from.
        notices: What the publisher says of it in the same input.
        raw_text: The text as it came, if cleaning changed it and the reader did nothing else.
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
    media_type: str = "text/plain"
    part: str | None = None
    capture: Capture | None = None
    seen_at: datetime | None = None
    other_urls: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    evolved_from: str | None = None
    publisher_version: int | None = None
    publisher_time: datetime | None = None
    embargo: Embargo | None = None
    credit: str | None = None
    notices: tuple[Notice, ...] = ()
    raw_text: str | None = None


ReaderRecord: TypeAlias = Article | ArticleAddress | Notice | Problem
"""What a reader yields, in the order of the input."""
