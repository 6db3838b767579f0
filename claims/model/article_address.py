"""The address of an article that a feed or a sitemap names without its text."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """An article to fetch.

    Attributes:
        url: Its address, absolute.
        place: The location of the input that names it.
        external_id: Its id there.
        title: Its headline there.
        published_at: With a time zone.
        changed_at: When the feed or sitemap says it was last changed.
        language: BCP 47 tag, if it is said.
    """

    url: str
    place: str
    external_id: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    changed_at: datetime | None = None
    language: str | None = None
