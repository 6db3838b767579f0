"""Accounts at a desk that others reach: who may come in, and how often somebody may try.

An account is a reviewer's: decisions are signed with their name, and their role says what they may
do. What is stored of a password is made in `desk/passwords.py`.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from claims.ledger.errors import AccountKnownError, UnknownAccountError
from claims.ledger.signed_in import IDLE, LONGEST, end_all_sessions
from claims.model.kinds import Role
from claims.schema import AccountRow, DeskSessionRow, LoginAttemptRow, ReviewerRow

WINDOW = timedelta(minutes=15)
"""Attempts to sign in are counted for so long after the first of them."""

MOST_BY_NAME = 10
"""Attempts under one name within `WINDOW`: more than a person needs, and no use to who guesses."""

MOST_BY_ADDRESS = 50
"""Attempts from one address within `WINDOW`: a newsroom may share one."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the database knows it.

    Attributes:
        reviewer: Whose it is, by id.
        name: The same by name.
        role: What they may do.
        password: What is stored of the password; None if a proxy says who they are.
        closed: Whether they were deactivated as a reviewer: then the account lets nobody in.
        sessions: In how many browsers they are signed in.
        seen_at: When they last asked for a page in one of those; None if in none.
    """

    reviewer: uuid.UUID
    name: str
    role: Role
    password: str | None
    closed: bool
    sessions: int = 0
    seen_at: datetime | None = None


def load_accounts(session: Session) -> list[Account]:
    """All accounts by name, with the browsers in which people are signed in."""
    now = func.clock_timestamp()
    current = (
        DeskSessionRow.reviewer == AccountRow.reviewer,
        DeskSessionRow.seen_at > now - IDLE,
        DeskSessionRow.began_at > now - LONGEST,
    )
    open_ = select(func.count()).select_from(DeskSessionRow).where(*current).scalar_subquery()
    seen = select(func.max(DeskSessionRow.seen_at)).where(*current).scalar_subquery()
    query = (
        select(
            AccountRow.reviewer,
            ReviewerRow.name,
            ReviewerRow.role,
            AccountRow.password,
            ReviewerRow.closed_at.is_not(None),
            open_,
            seen,
        )
        .join(ReviewerRow, ReviewerRow.id == AccountRow.reviewer)
        .order_by(func.lower(ReviewerRow.name), ReviewerRow.id)
    )
    return [
        Account(reviewer, name, Role(role), password, closed, number, seen_at)
        for reviewer, name, role, password, closed, number, seen_at in session.execute(query)
    ]


def find_account(session: Session, name: str) -> Account | None:
    """The account of somebody by name, if it lets them in; None if nobody has one."""
    query = (
        select(ReviewerRow.id, ReviewerRow.name, ReviewerRow.role, AccountRow.password)
        .join(AccountRow, AccountRow.reviewer == ReviewerRow.id)
        .where(ReviewerRow.name == name, ReviewerRow.closed_at.is_(None))
    )
    row = session.execute(query).first()
    return Account(row[0], row[1], Role(row[2]), row[3], closed=False) if row else None


def has_accounts(session: Session) -> bool:
    """Whether anybody has an account."""
    return session.scalar(select(AccountRow.reviewer).limit(1)) is not None


def save_account(session: Session, reviewer: uuid.UUID, name: str, password: str | None) -> None:
    """Let a reviewer come in.

    Raises:
        AccountKnownError: They have an account.
    """
    row = upsert(AccountRow).values(reviewer=reviewer, password=password).on_conflict_do_nothing()
    if session.scalar(row.returning(AccountRow.reviewer)) is None:
        raise AccountKnownError(name)


def change_password(session: Session, name: str, password: str | None) -> None:
    """Set a password, and sign its owner out everywhere: who knew the old one is out, too.

    Raises:
        UnknownAccountError: Nobody of this name has an account.
    """
    reviewer = _require(session, name)
    mine = update(AccountRow).where(AccountRow.reviewer == reviewer)
    session.execute(mine.values(password=password, changed_at=func.clock_timestamp()))
    end_all_sessions(session, reviewer)


def remove_account(session: Session, name: str) -> None:
    """Let somebody come in no more; what they decided stays, signed with their name.

    Raises:
        UnknownAccountError: Nobody of this name has an account.
    """
    reviewer = _require(session, name)
    session.execute(delete(AccountRow).where(AccountRow.reviewer == reviewer))
    end_all_sessions(session, reviewer)


def _require(session: Session, name: str) -> uuid.UUID:
    query = select(AccountRow.reviewer).join(ReviewerRow, ReviewerRow.id == AccountRow.reviewer)
    reviewer = session.scalar(query.where(ReviewerRow.name == name))
    if reviewer is None:
        raise UnknownAccountError(name)
    return reviewer


def count_attempt(session: Session, name: str, address: str) -> bool:
    """Count an attempt to sign in; False if there were too many under this name or from there.

    Counted before the password is looked at, so that guesses that come at once are all counted.
    Names that nobody has are counted like others: the answer says nothing about who is here.
    """
    session.execute(select(func.claims.forget_login_attempts(func.clock_timestamp() - WINDOW)))
    by_name, by_address = (_count(session, subject) for subject in _subjects(name, address))
    return by_name <= MOST_BY_NAME and by_address <= MOST_BY_ADDRESS


def forget_attempt(session: Session, name: str, address: str) -> None:
    """Let an attempt that succeeded not count: those under the name, and this one from there."""
    subjects = _subjects(name, address)
    for subject, number in zip(subjects, (0, LoginAttemptRow.number - 1), strict=True):
        mine = update(LoginAttemptRow).where(LoginAttemptRow.subject == subject)
        session.execute(mine.where(LoginAttemptRow.number > 0).values(number=number))


def _subjects(name: str, address: str) -> tuple[bytes, bytes]:
    # A kind before each, so that no name is an address.
    return _digest(f"name {name.casefold()}"), _digest(f"address {address}")


def _digest(subject: str) -> bytes:
    return hashlib.sha256(subject.encode("utf-8", "surrogatepass")).digest()


def _count(session: Session, subject: bytes) -> int:
    """Count one more; the first again where the window is over."""
    now = func.clock_timestamp()
    is_over = LoginAttemptRow.since < now - WINDOW
    first = upsert(LoginAttemptRow).values(subject=subject, number=1, since=now)
    counted = first.on_conflict_do_update(
        index_elements=[LoginAttemptRow.subject],
        set_={
            "number": case((is_over, 1), else_=LoginAttemptRow.number + 1),
            "since": case((is_over, now), else_=LoginAttemptRow.since),
        },
    )
    return session.scalars(counted.returning(LoginAttemptRow.number)).one()
