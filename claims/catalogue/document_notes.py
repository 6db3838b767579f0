"""Why an article may not be relied on as it was printed, or perhaps not: who said so, and when."""

import uuid
from collections.abc import Collection

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from claims.database.arrays import any_of
from claims.model.kinds import DocumentStatus
from claims.schema import DecisionRow, DocumentRow, NoticeRow, ReviewerRow

SHOWN = 200
"""Characters of a notice's words that a line has room for."""


def load_document_notes(session: Session, documents: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What makes documents unusable, or else the newest notice that waits for a person, in a line.

    A document without either has no line.
    """
    if not documents:
        return {}
    noticed = exists().where(NoticeRow.document == DocumentRow.id)
    asked = select(DocumentRow.id, DocumentRow.status, DocumentRow.killed_by, noticed)
    # Hardly any article has a note, and one statement tells which of the three it may have.
    rows = session.execute(asked.where(DocumentRow.id == any_of(documents))).all()
    unusable = [id_ for id_, status, _, _ in rows if status != DocumentStatus.USABLE.value]
    killed = [id_ for id_, _, kill, _ in rows if kill is not None]
    noted = [id_ for id_, _, _, has in rows if has]
    return (
        (_load_open_notices(session, noted) if noted else {})
        | (_load_decided(session, unusable) if unusable else {})
        | (_load_killed(session, killed) if killed else {})
    )


def _load_decided(session: Session, documents: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    status = DecisionRow.after["status"].as_string()
    query = (
        select(
            DecisionRow.subject,
            status,
            ReviewerRow.name,
            DecisionRow.at,
            DecisionRow.reason,
            DecisionRow.no,
        )
        .ext(distinct_on(DecisionRow.subject))
        .join(DocumentRow, DocumentRow.id == DecisionRow.subject)
        .join(ReviewerRow, ReviewerRow.id == DecisionRow.reviewer)
        .where(
            DecisionRow.subject.in_(documents),
            DecisionRow.subject_kind == "document",
            # Who decided it first says why; an undo or redo may say nothing.
            DecisionRow.undoes.is_(None),
            status == DocumentRow.status,
            DocumentRow.status != DocumentStatus.USABLE.value,
        )
        .order_by(DecisionRow.subject, DecisionRow.revision.desc())
    )
    return {
        document: f"{ends} by {by} on {at:%Y-%m-%d}: {reason} (ledger {no})"
        for document, ends, by, at, reason, no in session.execute(query)
    }


def _load_killed(session: Session, documents: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Of those that a wire killed: a person's withdrawal does not take the kill's place."""
    query = (
        select(
            DocumentRow.id,
            NoticeRow.outlet,
            func.coalesce(NoticeRow.issued_at, NoticeRow.received_at),
            NoticeRow.words,
        )
        .join(NoticeRow, NoticeRow.id == DocumentRow.killed_by)
        .where(
            DocumentRow.id.in_(documents),
            DocumentRow.kill_lifted.is_distinct_from(DocumentRow.killed_by),
        )
    )
    return {
        document: f"withdrawn: the article was killed by {outlet or 'its wire'} on {at:%Y-%m-%d}:"
        f" “{' '.join(words.split())[:SHOWN]}”"
        for document, outlet, at, words in session.execute(query)
    }


def _load_open_notices(session: Session, documents: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """For each of the documents about which a notice waits for a person, the newest, in a line."""
    query = (
        select(NoticeRow.document, NoticeRow.id, NoticeRow.kind, NoticeRow.words)
        .ext(distinct_on(NoticeRow.document))
        .join(DocumentRow, DocumentRow.id == NoticeRow.document)
        .where(
            NoticeRow.document.in_(documents),
            NoticeRow.kind != "kill",
            NoticeRow.id != func.all(DocumentRow.settled_notices),
        )
        .order_by(
            NoticeRow.document, func.coalesce(NoticeRow.issued_at, NoticeRow.received_at).desc()
        )
    )
    return {
        document: f"open notice {str(id_)[:8]}, {kind}: “{' '.join(words.split())[:SHOWN]}”"
        for document, id_, kind, words in session.execute(query)
        if document is not None
    }
