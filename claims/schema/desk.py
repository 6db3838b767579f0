"""The desk: who may come in, who is signed in, and how often somebody tried."""

import uuid

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.schema.base import Base, Moment, points_to


class DeskSessionRow(Base):
    """Somebody who is signed in at the desk."""

    __tablename__ = "desk_session"
    __table_args__ = (
        CheckConstraint("octet_length(token_digest) = 32", name="token_digest"),
        Index("ix_desk_session_reviewer", "reviewer"),
        {"comment": "Who is signed in at the desk; a row goes when they sign out."},
    )

    token_digest: Mapped[bytes] = mapped_column(
        LargeBinary, primary_key=True, comment="SHA-256 of the token that the browser holds."
    )
    reviewer: Mapped[uuid.UUID] = mapped_column(
        points_to("reviewer"), comment="Who signs what is decided in it."
    )
    began_at: Mapped[Moment] = mapped_column(
        server_default=text("clock_timestamp()"),
        comment="When they signed in: a session ends so long after.",
    )
    seen_at: Mapped[Moment] = mapped_column(
        server_default=text("clock_timestamp()"),
        comment="When a page was last asked for: it ends so long after, too.",
    )


class AccountRow(Base):
    """Somebody who may come in at a desk that others reach."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("password LIKE '$argon2id$%'", name="password"),
        {
            "comment": "Who may come in at a desk that others reach, under the reviewer's name and"
            " with the reviewer's role; removed with the right to come in."
        },
    )

    reviewer: Mapped[uuid.UUID] = mapped_column(
        points_to("reviewer"), primary_key=True, comment="Whose account it is."
    )
    password: Mapped[str | None] = mapped_column(
        comment="The password's argon2id digest with its salt and costs; NULL for who comes in by"
        " the name that a reverse proxy tells."
    )
    added_at: Mapped[Moment] = mapped_column(
        server_default=text("clock_timestamp()"), comment="Since when they may come in."
    )
    changed_at: Mapped[Moment] = mapped_column(
        server_default=text("clock_timestamp()"), comment="When the password was last set."
    )


class LoginAttemptRow(Base):
    """How often somebody tried to sign in."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        CheckConstraint("octet_length(subject) = 32", name="subject"),
        CheckConstraint("number >= 0", name="number"),
        Index("ix_login_attempt_since", "since"),
        {
            "comment": "How often somebody tried to sign in under a name, and from an address;"
            " forgotten after some minutes."
        },
    )

    subject: Mapped[bytes] = mapped_column(
        LargeBinary, primary_key=True, comment="SHA-256 of the name, or of the address."
    )
    number: Mapped[int] = mapped_column(comment="How many attempts there were.")
    since: Mapped[Moment] = mapped_column(comment="When the first of them was.")
