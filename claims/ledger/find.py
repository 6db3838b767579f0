"""Finds decisions in the ledger by who made them, what they did, to what and when."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import func
from sqlalchemy.orm import Session

from claims.ledger.entries import is_undone, load_entries, select_entries
from claims.ledger.entry import LedgerEntry
from claims.schema import DecisionRow, ReviewerRow


@dataclass(frozen=True, slots=True)
class LedgerFilters:
    """Which decisions to find; None for a condition that is not set.

    Attributes:
        by: Part of the reviewer's name, whatever its case.
        action: accept, withdraw and so on.
        kind: claim, source, document and so on: what was decided on.
        subject: The id of what was decided on.
        since: First day, UTC.
        until: Last day, included.
    """

    by: str | None = None
    action: str | None = None
    kind: str | None = None
    subject: uuid.UUID | None = None
    since: date | None = None
    until: date | None = None


def find_entries(
    session: Session, filters: LedgerFilters, *, limit: int, before: int | None = None
) -> list[LedgerEntry]:
    """Decisions that pass the filters, the newest first.

    Args:
        session: A session, reading or writing.
        filters: Conditions that a decision must meet.
        limit: Most decisions to return.
        before: Only decisions before this number.
    """
    query = select_entries()
    if filters.by:
        query = query.where(ReviewerRow.name.icontains(filters.by, autoescape=True))
    for column, value in (
        (DecisionRow.action, filters.action),
        (DecisionRow.subject_kind, filters.kind),
        (DecisionRow.subject, filters.subject),
    ):
        if value:
            query = query.where(column == value)
    if filters.since:
        query = query.where(DecisionRow.at >= datetime.combine(filters.since, time.min, UTC))
    if filters.until:
        # The day after it may lie beyond the calendar.
        query = query.where(DecisionRow.at <= datetime.combine(filters.until, time.max, UTC))
    if before is not None:
        query = query.where(DecisionRow.no < before)
    return load_entries(session, query.order_by(DecisionRow.no.desc()).limit(limit))


def load_undone(session: Session, entries: list[LedgerEntry]) -> frozenset[int]:
    """The numbers of those decisions that were undone since."""
    numbers = [entry.no for entry in entries]
    query = select_entries().where(DecisionRow.no == func.any(numbers), is_undone())
    return frozenset(entry.no for entry in load_entries(session, query))
