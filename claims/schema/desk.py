"""The desk: who is signed in."""

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
