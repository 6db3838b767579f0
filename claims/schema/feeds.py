"""Feeds that are followed, and the addresses that are to be asked for."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.feed import AddressState, ScheduledKind
from claims.schema.base import SCHEMA, Base, Key, Moment, NewKey, Recorded, one_of, points_to

LEAST_SECONDS = 60
"""Between two readings of one feed."""


class FeedRow(Base):
    """A feed that somebody follows, or followed once."""

    __tablename__ = "feed"
    __table_args__ = (
        CheckConstraint(f"every >= {LEAST_SECONDS}", name="every"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("(removed_at IS NULL) = (removed_by IS NULL)", name="removed"),
        Index(
            "uq_feed_followed",
            "address",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        {
            "comment": "A feed that is followed, and who decided so. One that no longer is followed"
            " stays; to follow it again is another row."
        },
    )

    id: Mapped[NewKey]
    address: Mapped[uuid.UUID] = mapped_column(
        comment="Made from the URL without what only tracks readers, as document_address.id is."
    )
    url: Mapped[str] = mapped_column(comment="Where it is.")
    name: Mapped[str] = mapped_column(comment="Its title, or what somebody calls it.")
    outlet: Mapped[str | None] = mapped_column(
        comment="Outlet that publishes its articles; empty if they say it themselves."
    )
    every: Mapped[int] = mapped_column(comment="Seconds between two readings.")
    added_at: Mapped[Moment] = mapped_column(
        server_default=text("clock_timestamp()"), comment="From when it is followed."
    )
    added_by: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who added it.")
    removed_at: Mapped[Moment | None] = mapped_column(comment="From when it is not any more.")
    removed_by: Mapped[uuid.UUID | None] = mapped_column(
        points_to("reviewer"), comment="Who removed it."
    )


class FeedHostRow(Base):
    """A host that feeds and their articles are fetched from."""

    __tablename__ = "feed_host"
    __table_args__ = (
        CheckConstraint("(leased_by IS NULL) = (leased_until IS NULL)", name="lease"),
        {
            "comment": "A host that is asked by one process at a time, and not before it may be:"
            " once a second, or as its Crawl-delay and Retry-After say."
        },
    )

    host: Mapped[str] = mapped_column(Text, primary_key=True, comment="Its name or number.")
    not_before: Mapped[Moment] = mapped_column(
        server_default=text("clock_timestamp()"), comment="When it may be asked again."
    )
    leased_by: Mapped[uuid.UUID | None] = mapped_column(comment="The process that asks it now.")
    leased_until: Mapped[datetime | None] = mapped_column(
        comment="When it is free again whatever became of that process."
    )


class FeedAddressRow(Base):
    """An address that is asked for: a feed's own, or one that a feed names."""

    __tablename__ = "feed_address"
    __table_args__ = (
        one_of("kind", ScheduledKind),
        one_of("state", AddressState),
        CheckConstraint("http_status BETWEEN 100 AND 599", name="http_status"),
        CheckConstraint("readings >= 0 AND failures >= misses AND misses >= 0", name="counts"),
        CheckConstraint("(failures > 0) = (failing_since IS NOT NULL)", name="failing_since"),
        CheckConstraint(
            "kind = 'feed' OR (etag IS NULL AND last_modified IS NULL AND moved_to IS NULL)",
            name="of_feeds",
        ),
        Index("ix_feed_address_due", "host", "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index(None, "feed"),
        {
            "comment": "An address that is asked for: a feed's own, again and again; that of an"
            " article which a feed names without its text, at growing intervals."
        },
    )

    id: Mapped[Key] = mapped_column(comment="Made from the address as document_address.id is.")
    feed: Mapped[uuid.UUID] = mapped_column(points_to("feed"), comment="Which feed it is of.")
    kind: Mapped[str] = mapped_column(comment="feed or article.")
    url: Mapped[str] = mapped_column(comment="As the feed names it.")
    host: Mapped[str] = mapped_column(
        ForeignKey(f"{SCHEMA}.feed_host.host"), comment="Which host it is asked from."
    )
    due_at: Mapped[Moment | None] = mapped_column(comment="When it is asked; empty if never again.")
    asked_at: Mapped[Moment | None] = mapped_column(comment="When it was asked last.")
    state: Mapped[str] = mapped_column(
        server_default=text("'waiting'"),
        comment="waiting: not asked yet; read; unchanged: HTTP 304; missing: HTTP 404, 410 or 451;"
        " failed; refused: robots.txt or the address itself forbids it; no_article.",
    )
    http_status: Mapped[int | None] = mapped_column(comment="Of the last answer, if it had one.")
    detail: Mapped[str | None] = mapped_column(comment="What was wrong with it.")
    readings: Mapped[int] = mapped_column(
        server_default=text("0"), comment="How often it was read, or was found unchanged."
    )
    failures: Mapped[int] = mapped_column(
        server_default=text("0"), comment="How often in a row it could not be read."
    )
    misses: Mapped[int] = mapped_column(
        server_default=text("0"),
        comment="How many of these answers said that there is no such page.",
    )
    failing_since: Mapped[Moment | None] = mapped_column(comment="The first of these failures.")
    etag: Mapped[str | None] = mapped_column(comment="Of a feed: ETag, once all of it was stored.")
    last_modified: Mapped[str | None] = mapped_column(comment="Of a feed: Last-Modified, likewise.")
    answered_by: Mapped[str | None] = mapped_column(comment="The address that answered last.")
    moved_to: Mapped[str | None] = mapped_column(
        comment="Of a feed: where it has moved for good, as its server says."
    )
    published_at: Mapped[Moment | None] = mapped_column(comment="As the feed says.")
    changed_at: Mapped[Moment | None] = mapped_column(
        comment="When the article was changed last, as the feed says: a later moment makes it due."
    )
    recorded_at: Mapped[Recorded]
