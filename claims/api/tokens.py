"""Tokens of programs in the database: added, listed, revoked, and found by what a request sends.

A token is 32 random bytes, so that its plain SHA-256 cannot be guessed back: a slow digest, as
passwords need it, would only cost each request its time.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.api.errors import TokenNameTakenError, UnknownTokenError
from claims.api.scopes import Scope
from claims.schema import ApiTokenRow, ReviewerRow

PREFIX = "claims_"
"""How each token begins, so that people and scanners of secrets know what they see."""

NOTED_EVERY = timedelta(hours=1)
"""A token's last use is noted this exactly: each note is a write."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the database knows it: what it opens, not what it is.

    Attributes:
        scopes: What it allows.
        reviewer: Who signs what is decided with it; None if it does not decide.
        reviewer_name: The same by name.
    """

    id: uuid.UUID
    name: str
    scopes: frozenset[Scope]
    reviewer: uuid.UUID | None
    reviewer_name: str | None
    added_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def state(self, now: datetime) -> str:
        """valid, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if now < self.expires_at else "expired"


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be added.

    Attributes:
        secret: What the program will send; it is shown once and stored nowhere.
        expires_at: From when it opens nothing.
    """

    id: uuid.UUID
    name: str
    secret: str
    scopes: frozenset[Scope]
    reviewer: uuid.UUID | None
    expires_at: datetime


def secret_of(random: bytes) -> str:
    """The token that some random bytes make."""
    return PREFIX + random.hex()


def digest_of(secret: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def save_token(session: Session, token: NewToken) -> None:
    """Add a token.

    Raises:
        TokenNameTakenError: One that was not revoked has this name.
    """
    values = {
        "id": token.id,
        "name": token.name,
        "digest": digest_of(token.secret),
        "scopes": sorted(token.scopes),
        "reviewer": token.reviewer,
        "expires_at": token.expires_at,
    }
    row = insert(ApiTokenRow).values(values).on_conflict_do_nothing()
    if session.scalar(row.returning(ApiTokenRow.id)) is None:
        raise TokenNameTakenError(token.name)


def load_tokens(session: Session) -> list[Token]:
    """All tokens, those that were revoked last."""
    query = _tokens().order_by(ApiTokenRow.revoked_at.is_not(None), ApiTokenRow.name)
    return [_token(*row) for row in session.execute(query)]


def revoke_token(session: Session, name: str) -> bool:
    """Let a token open nothing from now on; False if it was revoked already.

    Raises:
        UnknownTokenError: No token has this name.
    """
    if session.scalar(select(ApiTokenRow.id).where(ApiTokenRow.name == name).limit(1)) is None:
        raise UnknownTokenError(name)
    revoked = session.scalars(
        update(ApiTokenRow)
        .where(ApiTokenRow.name == name, ApiTokenRow.revoked_at.is_(None))
        .values(revoked_at=func.clock_timestamp())
        .returning(ApiTokenRow.id)
    )
    return bool(list(revoked))


def find_token(session: Session, secret: str) -> Token | None:
    """The token that a request sends, if it holds now; by the server's clock."""
    query = _tokens().where(
        ApiTokenRow.digest == digest_of(secret),
        ApiTokenRow.revoked_at.is_(None),
        ApiTokenRow.expires_at > func.now(),
    )
    row = session.execute(query).one_or_none()
    return _token(*row) if row else None


def note_use(session: Session, token: uuid.UUID) -> None:
    """Note that a token was used, unless that was noted within the hour."""
    session.execute(
        update(ApiTokenRow)
        .where(
            ApiTokenRow.id == token,
            or_(
                ApiTokenRow.last_used_at.is_(None),
                ApiTokenRow.last_used_at < func.now() - NOTED_EVERY,
            ),
        )
        .values(last_used_at=func.now())
    )


def _token(row: ApiTokenRow, reviewer_name: str | None) -> Token:
    return Token(
        row.id,
        row.name,
        frozenset(map(Scope, row.scopes)),
        row.reviewer,
        reviewer_name,
        row.added_at,
        row.expires_at,
        row.revoked_at,
        row.last_used_at,
    )


def _tokens() -> Select[ApiTokenRow, str | None]:
    return select(ApiTokenRow, ReviewerRow.name).outerjoin(
        ReviewerRow, ReviewerRow.id == ApiTokenRow.reviewer
    )


def is_use_due(token: Token, now: datetime) -> bool:
    """Whether a use has to be noted."""
    return token.last_used_at is None or token.last_used_at < now - NOTED_EVERY
