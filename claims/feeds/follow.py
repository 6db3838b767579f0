"""Which feeds are followed: add, remove, find, list."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, insert, text, update
from sqlalchemy.orm import Session

from claims.database.statements import read_statements
from claims.documents.addresses import address_id
from claims.feeds.errors import UnknownFeedError
from claims.feeds.schedule import STATEMENTS
from claims.fetch.url import parse_url
from claims.model.feed import FollowedFeed
from claims.schema import FeedRow

LIST = {name: text(sql) for name, sql in read_statements("claims.feeds", "follow.sql").items()}
"""The statements of follow.sql by name."""


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed to follow.

    Attributes:
        every: Seconds between two readings.
    """

    id: uuid.UUID
    url: str
    name: str
    outlet: str | None
    every: int


def add_feed(session: Session, feed: NewFeed, *, added_by: uuid.UUID) -> FollowedFeed | None:
    """Follow a feed from now on.

    Returns:
        The feed that is followed at this address already, in which case nothing is changed.
    """
    followed = find_followed(session, feed.url)
    if followed:
        return followed
    session.execute(
        insert(FeedRow).values(
            id=feed.id,
            address=address_id(feed.url),
            url=feed.url,
            name=feed.name,
            outlet=feed.outlet,
            every=feed.every,
            added_by=added_by,
        )
    )
    _schedule(session, feed.id, feed.url)
    return None


def schedule_feeds(session: Session) -> None:
    """Make due whatever is followed and was never scheduled, as after the import of an archive."""
    for id_, url in session.execute(LIST["unscheduled"]).all():
        _schedule(session, id_, url)


def _schedule(session: Session, feed: uuid.UUID, url: str) -> None:
    values = {"id": address_id(url), "feed": feed, "url": url, "host": parse_url(url).host}
    session.execute(STATEMENTS["save_hosts"], {"host": values["host"]})
    session.execute(STATEMENTS["save_feed_address"], values)


def remove_feed(session: Session, feed: uuid.UUID, *, removed_by: uuid.UUID) -> None:
    """Follow a feed no more; its articles stay, and are not read again."""
    session.execute(
        update(FeedRow)
        .where(FeedRow.id == feed, FeedRow.removed_at.is_(None))
        .values(removed_at=func.clock_timestamp(), removed_by=removed_by)
    )


def find_followed(session: Session, url: str) -> FollowedFeed | None:
    """The feed that is followed at an address, however that is written; None if none is."""
    address = address_id(url)
    return next((feed for feed in load_feeds(session) if address_id(feed.url) == address), None)


def find_feed(session: Session, name: str) -> FollowedFeed:
    """The feed that is followed under an address or the start of an id.

    Raises:
        UnknownFeedError: There is none, or more than one.
    """
    if "/" in name:
        followed = find_followed(session, name)
        matches = [followed] if followed else []
    else:
        feeds = load_feeds(session)
        matches = [feed for feed in feeds if str(feed.id).startswith(name.lower())]
    if len(matches) != 1:
        raise UnknownFeedError(name, f"{len(matches)} feeds begin so" if matches else "")
    return matches[0]


def load_feeds(session: Session, *, removed: bool = False) -> list[FollowedFeed]:
    """The feeds that are followed, by name; those that no longer are at the end, if wanted."""
    rows = session.execute(LIST["feeds"], {"removed": removed})
    return [FollowedFeed(**row._asdict()) for row in rows]
