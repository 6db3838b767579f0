"""Leases: who has a card before them, in which tab or terminal, and until when.

A person may have several tabs and terminals. A card is before one of them, so that no two ever hold
the same; the one in which it was asked for last may take it over.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, Select, Uuid, and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.schema import ClaimRow, LeaseRow, WaitingArticleRow, WaitingRow

LEASE = timedelta(minutes=10)
"""How long a card is somebody's; any key renews it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a card before them, and where: a person may have several tabs and terminals.

    Attributes:
        reviewer: Who it is.
        session: The tab or the terminal.
    """

    reviewer: uuid.UUID
    session: uuid.UUID


class Leasing(Enum):
    """Which lease of a claim gives way to a new one: one that is over, and which other."""

    FREE = "free"
    """No other: the card must be nobody's."""
    OWN = "own"
    """That of the same tab or terminal, which is renewed."""
    TAKE_OVER = "take over"
    """Any of the same person: they asked for the card here."""


def lease_claim(
    session: Session, claim: uuid.UUID, holder: Holder, leasing: Leasing = Leasing.OWN
) -> bool:
    """Lease a claim; False if it does not wait, or is before somebody else or elsewhere."""
    version = (
        select(WaitingArticleRow.version)
        .join(WaitingRow, WaitingRow.turn == WaitingArticleRow.turn)
        .where(WaitingRow.claim == claim)
    )
    return _write_lease(session, claim, holder, leasing, version=version)


def lease_returned(
    session: Session, claim: uuid.UUID, holder: Holder, leasing: Leasing = Leasing.OWN
) -> bool:
    """Lease a published claim that came back; False if it is before somebody else or elsewhere."""
    version = select(ClaimRow.version).where(ClaimRow.id == claim)
    return _write_lease(session, claim, holder, leasing, version=version)


def _write_lease(
    session: Session,
    claim: uuid.UUID,
    holder: Holder,
    leasing: Leasing,
    *,
    version: Select[uuid.UUID],
) -> bool:
    """Write a lease. Of a claim of which the query for its version finds nothing there is none."""
    until = func.clock_timestamp() + LEASE
    row = version.add_columns(
        literal(claim, Uuid), literal(holder.reviewer, Uuid), literal(holder.session, Uuid), until
    )
    columns = ["version", "claim", "reviewer", "session", "until"]
    inserted = insert(LeaseRow).from_select(columns, row)
    over = LeaseRow.until <= func.clock_timestamp()
    free = {
        Leasing.FREE: over,
        Leasing.OWN: or_(over, is_of(LeaseRow, holder)),
        Leasing.TAKE_OVER: or_(over, LeaseRow.reviewer == holder.reviewer),
    }
    mine = inserted.on_conflict_do_update(
        index_elements=[LeaseRow.claim],
        set_={"reviewer": holder.reviewer, "session": holder.session, "until": until},
        where=free[leasing],
    )
    return session.scalar(mine.returning(LeaseRow.claim)) is not None


def is_of(lease: type[LeaseRow], holder: Holder) -> ColumnElement[bool]:
    """Whether a lease is that of a tab or a terminal."""
    return and_(lease.reviewer == holder.reviewer, lease.session == holder.session)


def load_lease(session: Session, claim: uuid.UUID) -> tuple[Holder, datetime] | None:
    """Who has a card now and where, and until when."""
    query = select(LeaseRow.reviewer, LeaseRow.session, LeaseRow.until).where(
        LeaseRow.claim == claim, LeaseRow.until > func.clock_timestamp()
    )
    row = session.execute(query).first()
    return (Holder(row[0], row[1]), row[2]) if row else None


def give_back(
    session: Session,
    holder: Holder,
    *,
    only: uuid.UUID | None = None,
    but: uuid.UUID | None = None,
    up_to: datetime | None = None,
) -> None:
    """Let others have what a tab or a terminal holds; what the same person has elsewhere stays.

    Args:
        session: A session.
        holder: Whose cards.
        only: Only this claim's.
        but: All but this claim's.
        up_to: Only what was not renewed beyond this moment: a page that is closed knows of no more.
    """
    freed = func.claims.free_session(holder.reviewer, holder.session, only, but, up_to)
    session.execute(select(freed))
