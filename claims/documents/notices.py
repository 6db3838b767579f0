"""Saves what publishers say of their articles after publication.

The database matches a notice to its document, now or when the article comes, and gives a kill its
effect (migrations/sql/0109_notices.sql). Everything else waits for a person.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import exists, false, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.database.ranges import to_multirange
from claims.documents.addresses import address_id, identifier_id
from claims.model.article import Article
from claims.model.identity import derived_id
from claims.model.kinds import DocumentStatus
from claims.model.notice import Notice, NoticeKind
from claims.schema import DocumentRow, NoticeRow

LAID_DOWN = (NoticeKind.KILL, NoticeKind.WITHDRAW)
"""Notices that a publisher can take back."""


def notices_of(article: Article) -> tuple[Notice, ...]:
    """What an article says of itself, dated as its version is where it has no date of its own."""
    return tuple(
        replace(notice, issued_at=notice.issued_at or article.publisher_time)
        for notice in article.notices
    )


def names_article(notice: Notice) -> bool:
    """Whether a notice that came without its article says which one it is about."""
    return bool(notice.url or notice.external_id)


def find_new_notices(
    session: Session, notices: Sequence[Notice], document: uuid.UUID | None
) -> list[Notice]:
    """Those of some notices that are not stored and say something new.

    That an article may be used is nothing new if nobody has withdrawn or killed it: its sighting
    says that the publisher calls it usable. That a kill was lifted is always kept.

    Args:
        session: A session, reading or writing.
        notices: What was read.
        document: The article they came with; None for notices that came by themselves.
    """
    if not notices:
        return []
    ids = {notice_id(notice, document): notice for notice in notices}
    stored = set(session.scalars(select(NoticeRow.id).where(NoticeRow.id.in_(ids))))
    return [
        notice
        for id_, notice in ids.items()
        if id_ not in stored and (not _is_status(notice) or _can_restore(session, notice, document))
    ]


def save_notices(
    session: Session,
    notices: Sequence[Notice],
    document: uuid.UUID | None,
    *,
    run: uuid.UUID,
    received_at: datetime,
    save_bytes: Callable[[], uuid.UUID] | None = None,
) -> list[Notice]:
    """Save notices that say something new; a kill takes effect with them, in the same transaction.

    Args:
        session: A writing session; the run is saved in it.
        notices: What was read.
        document: The article they came with, stored; None for notices that came by themselves:
            they find their article by the address or id that they name, now or when it comes.
        run: The run that read them.
        received_at: When they were read.
        save_bytes: Saves the bytes they were read from and returns their record's id; called if
            there is anything to add.

    Returns:
        Those that were added.
    """
    added = find_new_notices(session, notices, document)
    if not added:
        return []
    record = save_bytes() if save_bytes else None
    rows = [
        {
            "id": notice_id(notice, document), "kind": notice.kind, "signal": notice.signal,
            "words": notice.words, "place": notice.place, "spans": to_multirange(notice.spans),
            "url": notice.url, "external_id": notice.external_id, "outlet": notice.outlet,
            "issued_at": notice.issued_at, "received_at": received_at, "document": document,
            "address": _address(notice), "identifier": _identifier(notice),
            "archive_record": record, "run": run,
        }
        for notice in added
    ]  # fmt: skip
    session.execute(insert(NoticeRow).on_conflict_do_nothing(), rows)
    return added


def notice_id(notice: Notice, document: uuid.UUID | None) -> uuid.UUID:
    """The id of what a notice says: reading it again finds the same row."""
    issued = notice.issued_at.astimezone(UTC).isoformat() if notice.issued_at else ""
    named = (notice.url or "", notice.external_id or "", notice.outlet or "")
    content = (notice.kind, notice.signal, notice.words, issued)
    return derived_id("notice", str(document or ""), *named, *content)


def _is_status(notice: Notice) -> bool:
    """Whether it is the status that every ordinary item of a wire has."""
    return notice.kind is NoticeKind.RESTORE and notice.words == "usable"


def _can_restore(session: Session, notice: Notice, document: uuid.UUID | None) -> bool:
    """Whether there is anything that a publisher could take back."""
    address, identifier = _address(notice), _identifier(notice)
    named = [
        column == value
        for column, value in (
            (NoticeRow.document, document),
            (NoticeRow.address, address),
            (NoticeRow.identifier, identifier),
        )
        if value
    ]
    laid_down = exists().where(or_(false(), *named), NoticeRow.kind.in_(LAID_DOWN))
    withdrawn = exists().where(
        DocumentRow.id == document, DocumentRow.status == DocumentStatus.WITHDRAWN
    )
    return bool(session.scalar(select(laid_down | withdrawn)))


def _address(notice: Notice) -> uuid.UUID | None:
    return address_id(notice.url) if notice.url else None


def _identifier(notice: Notice) -> uuid.UUID | None:
    return identifier_id(notice.outlet, notice.external_id) if notice.external_id else None
