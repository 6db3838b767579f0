"""Carries out a decision on a document in the caller's transaction: one path for every action."""

import uuid
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from claims.documents.decisions import (
    DocumentAction,
    DocumentUnderReview,
    OpenNotice,
    decision_for,
    place_of,
)
from claims.ledger.append import append, load_decision_no
from claims.ledger.entries import describe_changes, load_entry
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.decision import Decision, NumberedDecision, Signature
from claims.model.json import Json, JsonObject
from claims.model.kinds import DocumentStatus
from claims.schema import DecisionRow, DocumentRow

Column: TypeAlias = "Json | uuid.UUID | datetime | list[uuid.UUID]"
"""What is written into a column."""


def load_document(session: Session, document: uuid.UUID) -> DocumentUnderReview:
    """A document as it is now, held until the transaction ends.

    Raises:
        sqlalchemy.exc.NoResultFound: No document has this id.
    """
    query = select(
        DocumentRow.revision,
        DocumentRow.status,
        DocumentRow.killed_by,
        DocumentRow.kill_lifted,
        # As PostgreSQL writes a moment, because the tables are compared with the ledger there.
        func.to_jsonb(DocumentRow.embargoed_until),
        func.to_jsonb(DocumentRow.embargo_lifted),
        DocumentRow.settled_notices,
    )
    row = session.execute(query.where(DocumentRow.id == document).with_for_update()).one()
    revision, status, kill, kill_lifted, embargo, embargo_lifted, settled = row
    return DocumentUnderReview(
        id=document,
        revision=revision,
        status=DocumentStatus(status),
        earlier=DocumentStatus(_load_earlier(session, document) or DocumentStatus.USABLE),
        kill=kill,
        kill_lifted=kill_lifted,
        embargo=embargo,
        embargo_lifted=embargo_lifted,
        settled=tuple(settled),
    )


def _load_earlier(session: Session, document: uuid.UUID) -> str | None:
    """The status from which a document was withdrawn last; None if it never was.

    Of what was undone only a redo counts: an undo may lead to withdrawn from a status that it came
    to later.
    """
    undo, redo = aliased(DecisionRow), aliased(DecisionRow)
    redone = exists().where(redo.undoes == undo.id)
    query = (
        select(DecisionRow.before["status"].as_string())
        .where(
            DecisionRow.subject_kind == "document",
            DecisionRow.subject == document,
            DecisionRow.undoes.is_(None),
            DecisionRow.after["status"].as_string() == DocumentStatus.WITHDRAWN.value,
            ~exists().where(undo.undoes == DecisionRow.id, ~redone),
        )
        .order_by(DecisionRow.revision.desc())
        .limit(1)
    )
    return session.scalar(query)


def decide_on_document(
    session: Session,
    document: uuid.UUID,
    action: DocumentAction,
    signature: Signature,
    *,
    notice: OpenNotice | None = None,
) -> NumberedDecision | None:
    """Decide on a document; the same signature again does nothing more.

    Args:
        session: A writing session.
        document: Which document.
        action: What to do with it.
        signature: Who decides, and why.
        notice: The notice about it that is confirmed or dismissed.

    Returns:
        The decision; None if the document is already as it would leave it.

    Raises:
        UsageError: As `decision_for` says.
    """
    number = load_decision_no(session, signature.id)
    if number is not None:
        return NumberedDecision(number, load_entry(session, number).decision)
    decision = decision_for(load_document(session, document), action, signature, notice)
    if decision is None:
        return None
    return NumberedDecision(save_document_decision(session, decision), decision)


def save_document_decision(session: Session, decision: Decision) -> int:
    """Write a decision on a document and its effect, both or neither.

    Returns:
        The decision's place in the ledger.

    Raises:
        ChangedMeanwhileError: The document was decided on since; the message names who and how.
    """
    changed = session.scalar(
        update(DocumentRow)
        .where(DocumentRow.id == decision.subject, DocumentRow.revision == decision.revision - 1)
        .values(revision=decision.revision, **_columns(decision.after))
        .returning(DocumentRow.id)
    )
    if changed is None:
        since = describe_changes(session, decision.subject, decision.revision)
        raise ChangedMeanwhileError(place_of(decision.subject), since)
    return append(session, decision)


def _columns(after: JsonObject) -> dict[str, Column]:
    """The columns that a decision sets."""
    columns: dict[str, Column] = dict(after)
    for name in ("kill_lifted", "copy_of", "origin"):
        if after.get(name):
            columns[name] = uuid.UUID(str(after[name]))
    if after.get("embargo_lifted"):
        columns["embargo_lifted"] = datetime.fromisoformat(str(after["embargo_lifted"]))
    settled = after.get("settled_notices")
    if isinstance(settled, list):
        columns["settled_notices"] = [uuid.UUID(str(one)) for one in settled]
    return columns
