"""Reviewers to and from the database.

A name stands in one row of one table; decisions are signed with its id. Renaming is therefore also
how a name is erased, and no decision changes with it.
"""

import uuid

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from claims.database.errors import ReviewerClosedError
from claims.ledger.errors import ReviewerKnownError, UnknownReviewerError
from claims.model.kinds import Role
from claims.model.reviewer import ReviewerCard
from claims.schema import DecisionRow, ReviewerRow


def load_reviewers(session: Session) -> list[ReviewerCard]:
    """All reviewers, those who still decide first, by name."""
    mine = select(DecisionRow.at).where(DecisionRow.reviewer == ReviewerRow.id)
    counted = select(func.count()).where(DecisionRow.reviewer == ReviewerRow.id)
    query = select(
        ReviewerRow.id,
        ReviewerRow.name,
        ReviewerRow.role,
        counted.scalar_subquery(),
        mine.order_by(DecisionRow.no).limit(1).scalar_subquery(),
        mine.order_by(DecisionRow.no.desc()).limit(1).scalar_subquery(),
        ReviewerRow.closed_at,
    ).order_by(ReviewerRow.closed_at.is_not(None), func.lower(ReviewerRow.name), ReviewerRow.id)
    return [
        ReviewerCard(id_, name, Role(role), number, first, last, closed)
        for id_, name, role, number, first, last, closed in session.execute(query)
    ]


def save_new_reviewer(session: Session, new: uuid.UUID, name: str, role: Role) -> None:
    """Add somebody who decides.

    Raises:
        ReviewerKnownError: Somebody has this name.
        ReviewerClosedError: Somebody who was closed has it: whether it is the same person only a
            person can say.
    """
    reviewer = session.scalar(select(ReviewerRow).where(ReviewerRow.name == name))
    if reviewer is not None:
        raise (ReviewerKnownError if reviewer.closed_at is None else ReviewerClosedError)(name)
    # A reviewer is what everybody may begin as: a role needs a right that no writer has.
    columns = {"id": new, "name": name} | ({} if role is Role.REVIEWER else {"role": role})
    session.execute(insert(ReviewerRow).values(columns))


def change_reviewer(
    session: Session, name: str, *, role: Role | None = None, reopen: bool = False
) -> bool:
    """Give somebody another role, or let them in again; False where all stands so already.

    Raises:
        UnknownReviewerError: Nobody has this name.
    """
    reviewer = _require(session, name)
    after = (role or reviewer.role, None if reopen else reviewer.closed_at)
    if after == (reviewer.role, reviewer.closed_at):
        return False
    changed = update(ReviewerRow).where(ReviewerRow.id == reviewer.id)
    session.execute(changed.values(role=after[0], closed_at=after[1]))
    return True


def close_reviewer(session: Session, name: str) -> bool:
    """Let somebody sign nothing more from now on; False where that is so already.

    Raises:
        UnknownReviewerError: Nobody has this name.
    """
    reviewer = _require(session, name)
    if reviewer.closed_at is not None:
        return False
    closed = update(ReviewerRow).where(ReviewerRow.id == reviewer.id)
    session.execute(closed.values(closed_at=func.clock_timestamp()))
    return True


def rename_reviewer(session: Session, name: str, new: str) -> None:
    """Give somebody another name; the old one is nowhere kept.

    Raises:
        UnknownReviewerError: Nobody has the name.
        ReviewerKnownError: Somebody has the new one.
    """
    reviewer = _require(session, name)
    if new != name and _load(session, new) is not None:
        raise ReviewerKnownError(new)
    session.execute(update(ReviewerRow).where(ReviewerRow.id == reviewer.id).values(name=new))


def _load(session: Session, name: str) -> ReviewerRow | None:
    return session.scalar(select(ReviewerRow).where(ReviewerRow.name == name).with_for_update())


def _require(session: Session, name: str) -> ReviewerRow:
    reviewer = _load(session, name)
    if reviewer is None:
        raise UnknownReviewerError(name)
    return reviewer
