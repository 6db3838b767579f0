"""Decisions read back from the ledger: by number, by batch, by subject, by reviewer."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from claims.ledger.entry import LedgerEntry
from claims.ledger.errors import UndoRefusedError
from claims.model.decision import Decision
from claims.schema import DecisionRow, ReviewerRow

EntryQuery = Select[DecisionRow, str]
"""A query for decisions with the names of their reviewers."""


def select_entries() -> EntryQuery:
    """All decisions with the names of their reviewers, in no order."""
    return select(DecisionRow, ReviewerRow.name).join(
        ReviewerRow, ReviewerRow.id == DecisionRow.reviewer
    )


def load_entries(session: Session, query: EntryQuery) -> list[LedgerEntry]:
    """The decisions that a query made by `select_entries` gives."""
    return [_entry(row, signed) for row, signed in session.execute(query)]


def _entry(row: DecisionRow, signed: str) -> LedgerEntry:
    decision = Decision(
        id=row.id,
        reviewer=row.reviewer,
        action=row.action,
        subject_kind=row.subject_kind,
        subject=row.subject,
        revision=row.revision,
        before=row.before,
        after=row.after,
        tool_version=row.tool_version,
        reason=row.reason,
        undoes=row.undoes,
        batch=row.batch,
    )
    return LedgerEntry(row.no, row.at, signed, decision)


def is_undone() -> ColumnElement[bool]:
    """Whether a later decision takes the one of the query back."""
    undoing = aliased(DecisionRow)
    return exists().where(undoing.undoes == DecisionRow.id)


def load_entry(session: Session, no: int) -> LedgerEntry:
    """A decision by its number.

    Raises:
        UndoRefusedError: The ledger has no such number.
    """
    entries = load_entries(session, select_entries().where(DecisionRow.no == no))
    if not entries:
        raise UndoRefusedError(f"ledger {no}", "there is no such decision")
    return entries[0]


def load_batch(session: Session, batch: uuid.UUID) -> list[LedgerEntry]:
    """The decisions that were made together, in their order; none if no batch has this id."""
    query = select_entries().where(DecisionRow.batch == batch)
    return load_entries(session, query.order_by(DecisionRow.no))


def load_together(session: Session, entry: LedgerEntry) -> Sequence[LedgerEntry]:
    """A decision with all that were made together with it, in their order."""
    batch = entry.decision.batch
    return [entry] if batch is None else load_batch(session, batch)


def load_original(session: Session, entry: LedgerEntry) -> Decision:
    """The decision that an undo or redo is about in the end; any other decision is its own."""
    decision = entry.decision
    while decision.undoes is not None:
        query = select_entries().where(DecisionRow.id == decision.undoes)
        decision = load_entries(session, query)[0].decision
    return decision


def load_moment(session: Session, no: int) -> datetime | None:
    """When a decision was made, by the server's clock; None if the ledger has no such number."""
    return session.scalar(select(DecisionRow.at).where(DecisionRow.no == no))


def describe_changes(session: Session, subject: uuid.UUID, revision: int) -> str:
    """What was decided on a subject from a revision on, and by whom, in words."""
    query = select_entries().where(DecisionRow.subject == subject, DecisionRow.revision >= revision)
    entries = load_entries(session, query.order_by(DecisionRow.no))
    return "; ".join(one.summary for one in entries) or "a newer extractor proposed it anew"


def load_own(session: Session, reviewer: uuid.UUID, limit: int) -> list[tuple[LedgerEntry, bool]]:
    """A reviewer's latest decisions on claims, newest first, and whether each is undone."""
    query = (
        select(DecisionRow, ReviewerRow.name, is_undone())
        .join(ReviewerRow, ReviewerRow.id == DecisionRow.reviewer)
        .where(DecisionRow.reviewer == reviewer, DecisionRow.subject_kind == "claim")
        .order_by(DecisionRow.no.desc())
        .limit(limit)
    )
    return [(_entry(row, signed), undone) for row, signed, undone in session.execute(query)]


def count_own_today(session: Session, reviewer: uuid.UUID) -> int:
    """How many decisions a reviewer made today that hold, by the server's UTC day."""
    midnight = func.date_trunc("day", func.clock_timestamp(), "UTC")
    query = select(func.count()).where(
        DecisionRow.reviewer == reviewer,
        DecisionRow.at >= midnight,
        DecisionRow.action != "undo",
        ~is_undone(),
    )
    return session.scalar(query) or 0
