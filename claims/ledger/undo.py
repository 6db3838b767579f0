"""Takes decisions back: which one is next, what stands in the way, and the reversal written."""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.ledger.append import load_decision_no
from claims.ledger.entries import (
    EntryQuery,
    is_undone,
    load_entries,
    load_entry,
    load_together,
    select_entries,
)
from claims.ledger.entry import LedgerEntry
from claims.ledger.errors import UndoRefusedError
from claims.ledger.reversal import REDO, UNDO, require_free, reverse
from claims.model.decision import Decision, NumberedDecision, Signature
from claims.model.identity import derived_id
from claims.model.kinds import Role
from claims.schema import ClaimRow, DecisionRow, DocumentRow, ReviewerRow, SourceRow

REVISIONS: Mapping[str, tuple[InstrumentedAttribute[uuid.UUID], InstrumentedAttribute[int]]] = {
    "claim": (ClaimRow.id, ClaimRow.revision),
    "source": (SourceRow.id, SourceRow.revision),
    "document": (DocumentRow.id, DocumentRow.revision),
}
Writer = Callable[[Session, Decision], int]
"""Writes a decision with its effect and returns its number."""

KINDS = tuple(REVISIONS)


def find_undoable(
    session: Session, reviewer: uuid.UUID, kinds: Collection[str] = KINDS
) -> LedgerEntry | None:
    """The last decision of a reviewer that still holds; None if there is none.

    If their last decision was an undo the search goes on below what it took back: a long row of
    undos reads each decision once.
    """
    query = _select_last(reviewer, kinds)
    bound = _load_bound(session, query, UNDO)
    if bound is not None:
        query = query.where(DecisionRow.no < bound)
    entries = load_entries(session, query.where(DecisionRow.action != UNDO, ~is_undone()))
    return entries[0] if entries else None


def find_redoable(
    session: Session, reviewer: uuid.UUID, kinds: Collection[str] = KINDS
) -> LedgerEntry | None:
    """The last undo of a reviewer that still holds; None if they decided anything new since."""
    query = _select_last(reviewer, kinds)
    bound = _load_bound(session, query, REDO)
    undos = query if bound is None else query.where(DecisionRow.no < bound)
    entries = load_entries(session, undos.where(DecisionRow.action == UNDO, ~is_undone()))
    if not entries:
        return None
    newer = query.where(DecisionRow.action.not_in({UNDO, REDO}), DecisionRow.no > entries[0].no)
    return None if load_entries(session, newer) else entries[0]


def _select_last(reviewer: uuid.UUID, kinds: Collection[str]) -> EntryQuery:
    return (
        select_entries()
        .where(DecisionRow.reviewer == reviewer, DecisionRow.subject_kind.in_(kinds))
        .order_by(DecisionRow.no.desc())
        .limit(1)
    )


def _load_bound(session: Session, last: EntryQuery, action: str) -> int | None:
    """The number of what a reviewer's last decision reversed, if it was an undo or redo."""
    entries = load_entries(session, last)
    if not entries or entries[0].decision.action != action:
        return None
    reversed_ = entries[0].decision.undoes
    query = select(DecisionRow.no, DecisionRow.batch).where(DecisionRow.id == reversed_)
    no, batch = session.execute(query).one()
    if batch is None:
        return int(no)
    return session.scalar(select(func.min(DecisionRow.no)).where(DecisionRow.batch == batch))


def load_later(session: Session, entry: LedgerEntry) -> list[LedgerEntry]:
    """Decisions on the same subject since, without those that were undone since."""
    target, undone, reversed_ = entry.decision, aliased(DecisionRow), aliased(DecisionRow)
    taken_back = exists().where(undone.undoes == DecisionRow.id)
    takes_back = exists().where(reversed_.id == DecisionRow.undoes, reversed_.no > entry.no)
    query = select_entries().where(
        and_(
            DecisionRow.subject_kind == target.subject_kind,
            DecisionRow.subject == target.subject,
            DecisionRow.no > entry.no,
            ~taken_back,
            ~takes_back,
        )
    )
    later = load_entries(session, query.order_by(DecisionRow.no))
    return [one for one in later if target.batch is None or one.decision.batch != target.batch]


def undo(
    session: Session, entry: LedgerEntry, signature: Signature, writers: Mapping[str, Writer]
) -> list[NumberedDecision]:
    """Take a decision back, with all that were made together with it.

    Args:
        session: A writing session.
        entry: What is undone, or an undo, which is then a redo.
        signature: Who takes it back. The same one again finds what was written and does no more.
        writers: For each kind of subject what writes a decision on it.

    Returns:
        The reversals, as they were written.

    Raises:
        UndoRefusedError: It is undone already, or something stands in the way.
    """
    earlier = load_decision_no(session, signature.id)
    if earlier is not None:
        together = load_together(session, load_entry(session, earlier))
        return [NumberedDecision(one.no, one.decision) for one in together]
    entries = load_together(session, entry)
    role = Role(
        session.scalars(select(ReviewerRow.role).where(ReviewerRow.id == signature.reviewer)).one()
    )
    batch = signature.id if len(entries) > 1 else None
    written = []
    for index, one in enumerate(reversed(entries)):
        target = one.decision
        id_, revision = REVISIONS[target.subject_kind]
        locked = select(revision).where(id_ == target.subject).with_for_update()
        now = session.scalars(locked).one()
        if session.scalar(select(exists().where(DecisionRow.undoes == target.id))):
            raise UndoRefusedError(f"ledger {one.no}", "it is undone already")
        require_free(one, load_later(session, one), signature.reviewer, role)
        signed = replace(signature, id=_id_of(signature, index))
        reversal = reverse(one, now, signed, batch=batch)
        number = writers[target.subject_kind](session, reversal)
        written.append(NumberedDecision(number, reversal))
    return written


def _id_of(signature: Signature, index: int) -> uuid.UUID:
    """The id of a decision that is one of several made together: always the same for the same."""
    return signature.id if index == 0 else derived_id("decision", str(signature.id), str(index))
