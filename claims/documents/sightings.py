"""Sightings: when each version of a document was seen, and which one is current."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.model.article import Article
from claims.model.identity import derived_id
from claims.model.notice import ENDLESS, NoticeKind
from claims.schema import SightingRow
from claims.schema.base import Columns


@dataclass(frozen=True, slots=True)
class Sighting:
    """One time that a version was seen.

    Attributes:
        id: Made from the version and what tells this time from others.
        document: Whose version it is.
        version: The version.
        seen_at: When its text stood there, with a time zone.
        publisher_version: The publisher's number of the version.
        publisher_time: When the publisher made it.
        usable: Whether the publisher called it usable, in so many words.
        embargo: Until when the publisher does not allow it to be published.
        credit: Whom the publisher's fields name as where the text comes from.
    """

    id: uuid.UUID
    document: uuid.UUID
    version: uuid.UUID
    seen_at: datetime
    publisher_version: int | None = None
    publisher_time: datetime | None = None
    usable: bool = False
    embargo: datetime | None = None
    credit: str | None = None

    @property
    def order(self) -> tuple[bool, int, datetime, datetime, uuid.UUID]:
        """What the publisher numbers highest is newest, else what it dates or we saw last."""
        return (
            self.publisher_version is not None,
            self.publisher_version or 0,
            self.publisher_time or self.seen_at,
            self.seen_at,
            self.id,
        )


def sighting_id(version: uuid.UUID, event: str = "") -> uuid.UUID:
    """The id of a sighting.

    Args:
        version: What was seen.
        event: What tells this time from others, so that reading the same input again adds nothing;
            empty for the first time that a text without a time of its own is read.
    """
    return derived_id("sighting", str(version), event)


def sighting_of(
    article: Article, document: uuid.UUID, version: uuid.UUID, retrieved_at: datetime
) -> Sighting:
    """The sighting that an article is.

    A capture is an event of its own; so is what the publisher numbers or dates. Without these a
    text that is read again may be the same file: `find_due` decides.

    Args:
        article: What was read.
        document: Its document.
        version: Its version.
        retrieved_at: When it was read, for input that does not say when it was last changed.
    """
    number, moment = article.publisher_version, article.publisher_time
    if article.capture:
        seen_at, event = article.capture.retrieved_at, article.capture.retrieved_at.isoformat()
    else:
        seen_at, event = article.seen_at or retrieved_at, ""
        if number is not None or moment is not None:
            event = f"{number} {moment.isoformat() if moment else None}"
    embargo = embargo_of(article)
    if embargo:
        event = f"{event} embargo {embargo.isoformat()}"
    usable = any(notice.kind is NoticeKind.RESTORE for notice in article.notices)
    id_ = sighting_id(version, event)
    return Sighting(
        id_, document, version, seen_at, number, moment, usable, embargo, article.credit
    )


def embargo_of(article: Article) -> datetime | None:
    """When an article's embargo ends; `ENDLESS` if that cannot be read, None if it has none."""
    return (article.embargo.until or ENDLESS).astimezone(UTC) if article.embargo else None


def find_due(session: Session, article: Article, sighting: Sighting) -> Sighting | None:
    """The sighting to store, or None if it adds nothing.

    A file that was changed back is a revert: it was changed after another version was seen. A file
    that merely is read again was not.
    """
    if sighting.id != sighting_id(sighting.version):
        stored = session.scalar(select(exists().where(SightingRow.id == sighting.id)))
        return None if stored else sighting
    last = session.execute(
        select(SightingRow.version, SightingRow.seen_at)
        .where(SightingRow.document == sighting.document)
        .order_by(SightingRow.seen_at.desc(), SightingRow.id)
        .limit(1)
    ).one_or_none()
    if last is None or not _is_stored(session, sighting.version):
        return sighting
    changed_back = last.version != sighting.version and (
        article.seen_at is not None and article.seen_at > last.seen_at
    )
    if not changed_back:
        return None
    return replace(sighting, id=sighting_id(sighting.version, sighting.seen_at.isoformat()))


def _is_stored(session: Session, version: uuid.UUID) -> bool:
    return bool(session.scalar(select(exists().where(SightingRow.version == version))))


def save_sighting(
    session: Session, sighting: Sighting, *, archive_record: uuid.UUID | None, run: uuid.UUID
) -> bool:
    """Save a sighting; returns whether it is new.

    Args:
        session: A writing session.
        sighting: What was seen; its version is stored.
        archive_record: The bytes it was seen in; None if none came, as with HTTP 304.
        run: The run that saw it.
    """
    row = sighting_row(sighting, archive_record=archive_record, run=run)
    statement = insert(SightingRow).values(row).on_conflict_do_nothing()
    return session.scalar(statement.returning(SightingRow.id)) is not None


def sighting_row(
    sighting: Sighting, *, archive_record: uuid.UUID | None, run: uuid.UUID
) -> Columns:
    """The columns of a sighting."""
    return {
        "id": sighting.id,
        "document": sighting.document,
        "version": sighting.version,
        "archive_record": archive_record,
        "seen_at": sighting.seen_at,
        "publisher_version": sighting.publisher_version,
        "publisher_time": sighting.publisher_time,
        "usable": sighting.usable,
        "embargo": sighting.embargo,
        "credit": sighting.credit,
        "run": run,
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands among the versions of its document.

    Attributes:
        due: The sighting to store; None if it adds nothing.
        current: Whether its version is the document's current one, once that is stored.
        was_current: Whether it was so before.
    """

    due: Sighting | None
    current: bool
    was_current: bool


def find_place(session: Session, article: Article, sighting: Sighting) -> Place:
    """Find where an article stands among the versions of its document."""
    due, last = find_due(session, article, sighting), load_current(session, sighting.document)
    if last is None:
        return Place(due, current=True, was_current=False)
    newest = due if due and due.order > last.order else last
    version = sighting.version
    return Place(due, current=newest.version == version, was_current=last.version == version)


def load_current(session: Session, document: uuid.UUID) -> Sighting | None:
    """The sighting of a document's current version; None if nothing is stored of it.

    The order is that of `claims.current_version`.
    """
    row = session.execute(
        select(
            SightingRow.id,
            SightingRow.document,
            SightingRow.version,
            SightingRow.seen_at,
            SightingRow.publisher_version,
            SightingRow.publisher_time,
        )
        .where(SightingRow.document == document)
        .order_by(
            SightingRow.publisher_version.desc().nulls_last(),
            func.coalesce(SightingRow.publisher_time, SightingRow.seen_at).desc(),
            SightingRow.seen_at.desc(),
            SightingRow.id.desc(),
        )
        .limit(1)
    ).one_or_none()
    return Sighting(*row) if row else None
