"""Feeds that are followed, and what comes of asking for an address."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ScheduledKind(StrEnum):
    """What stands at an address that is asked for."""

    FEED = "feed"
    ARTICLE = "article"


class AddressState(StrEnum):
    """What came of asking for an address last."""

    WAITING = "waiting"
    READ = "read"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    FAILED = "failed"
    REFUSED = "refused"
    NO_ARTICLE = "no_article"


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed as somebody follows it.

    Attributes:
        every: Seconds between two readings.
        removed_at: From when it is not followed any more.
        state: What came of asking for it last; None if it has not been asked yet.
        detail: What was wrong then.
        asked_at: When that was.
        due_at: When it is asked next.
        moved_to: Where it has moved for good.
        articles: How many addresses it has named that were read.
        waiting: How many it has named that have not been asked for yet.
    """

    id: uuid.UUID
    url: str
    name: str
    outlet: str | None
    every: int
    added_at: datetime
    added_by: str
    removed_at: datetime | None
    state: str | None
    detail: str | None
    asked_at: datetime | None
    due_at: datetime | None
    moved_to: str | None
    articles: int
    waiting: int

    @property
    def short_id(self) -> str:
        """The start of the id, as lists show it."""
        return str(self.id)[:8]


@dataclass(frozen=True, slots=True)
class ScheduledAddress:
    """An address that this process is to ask for now.

    Attributes:
        id: Made from the address as `document_address.id` is.
        feed_url: The address of its feed.
        kind: What stands there.
        outlet: Outlet that publishes what is there, if whoever added the feed said so.
        every: Seconds between two readings of the feed.
        state: What came of asking for it last.
        readings: How often it was read.
        failures: How often in a row it could not be read.
        misses: How often of these there was no such page.
        failing_since: When the first of these failures was.
        answered_by: The address that answered last.
        etag: What came with the feed then.
        last_modified: Likewise.
        moved_to: Where the feed has moved for good.
        published_at: As the feed says.
    """

    id: uuid.UUID
    feed: uuid.UUID
    feed_url: str
    kind: ScheduledKind
    url: str
    host: str
    outlet: str | None
    every: int
    state: AddressState
    readings: int
    failures: int
    misses: int
    failing_since: datetime | None
    answered_by: str | None
    etag: str | None
    last_modified: str | None
    moved_to: str | None
    published_at: datetime | None
