"""Who is signed in at the desk: sessions begin, are found by their tokens, and end."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from claims.model.kinds import Role
from claims.schema import DeskSessionRow, ReviewerRow

IDLE = timedelta(hours=12)
"""A session ends so long after its last page: a working day, not a night."""

LONGEST = timedelta(days=7)
"""A session ends so long after it began, however much it is used."""

NOTED = timedelta(minutes=1)
"""That a page was asked for is written so often at most: reading a page should not write."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in.

    Attributes:
        reviewer: Who signs, by id.
        name: The same by name.
        noted: Whether the page's time need not be written.
        role: What they may do.
    """

    reviewer: uuid.UUID
    name: str
    noted: bool
    role: Role


def begin_session(session: Session, reviewer: uuid.UUID) -> str:
    """Sign somebody in; the token is for their browser alone.

    A new token each time: one that somebody else put into the browser before is worth nothing.
    """
    token = secrets.token_urlsafe(32)
    session.execute(
        select(func.claims.end_desk_sessions(None, None, func.clock_timestamp() - LONGEST))
    )
    row = {"token_digest": _digest(token), "reviewer": reviewer}
    session.execute(insert(DeskSessionRow).values(row))
    return token


def load_signed_in(session: Session, token: str) -> SignedIn | None:
    """Whose token it is; None if the session has ended, or there never was one.

    Somebody whom the list of reviewers has closed is signed in no more.
    """
    now = func.clock_timestamp()
    query = (
        select(
            ReviewerRow.id, ReviewerRow.name, DeskSessionRow.seen_at > now - NOTED, ReviewerRow.role
        )
        .join(DeskSessionRow, DeskSessionRow.reviewer == ReviewerRow.id)
        .where(
            DeskSessionRow.token_digest == _digest(token),
            DeskSessionRow.seen_at > now - IDLE,
            DeskSessionRow.began_at > now - LONGEST,
            ReviewerRow.closed_at.is_(None),
        )
    )
    row = session.execute(query).first()
    return SignedIn(*row[:3], Role(row[3])) if row else None


def note_seen(session: Session, token: str) -> None:
    """Write that a page was asked for now."""
    mine = DeskSessionRow.token_digest == _digest(token)
    session.execute(update(DeskSessionRow).where(mine).values(seen_at=func.clock_timestamp()))


def end_session(session: Session, token: str) -> None:
    """Sign out of one browser."""
    session.execute(select(func.claims.end_desk_sessions(_digest(token), None, None)))


def end_all_sessions(session: Session, reviewer: uuid.UUID) -> None:
    """Sign somebody out everywhere."""
    session.execute(select(func.claims.end_desk_sessions(None, reviewer, None)))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
