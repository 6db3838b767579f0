"""The API: which programs may use it."""

import uuid

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from claims.schema.base import Base, Moment, NewKey, points_to


class ApiTokenRow(Base):
    """A token with which a program uses the API."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("octet_length(digest) = 32", name="digest"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(
            "scopes <@ '{read,review,decide,ingest,propose}'::text[] AND cardinality(scopes) > 0",
            name="scopes",
        ),
        CheckConstraint("'decide' <> ALL (scopes) OR reviewer IS NOT NULL", name="signer"),
        CheckConstraint("expires_at > added_at", name="expires_at"),
        Index("uq_api_token_digest", "digest", unique=True),
        Index(
            "uq_api_token_name", "name", unique=True, postgresql_where=text("revoked_at IS NULL")
        ),
        Index("ix_api_token_reviewer", "reviewer"),
        {
            "comment": "Tokens with which programs use the API. A row is added, noted as used and"
            " revoked; nothing else of it ever changes, and none is removed."
        },
    )

    id: Mapped[NewKey]
    name: Mapped[str] = mapped_column(comment="What it is for, in the words of whoever added it.")
    digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="SHA-256 of the token, which is stored nowhere."
    )
    scopes: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="What it allows: read, review, decide, ingest, propose."
    )
    reviewer: Mapped[uuid.UUID | None] = mapped_column(
        points_to("reviewer"), comment="Who signs what is decided with it; NULL if it does not."
    )
    added_at: Mapped[Moment] = mapped_column(
        server_default=text("clock_timestamp()"), comment="When it was added."
    )
    expires_at: Mapped[Moment] = mapped_column(comment="From when it opens nothing.")
    revoked_at: Mapped[Moment | None] = mapped_column(
        comment="When it was revoked; NULL if it was not."
    )
    last_used_at: Mapped[Moment | None] = mapped_column(
        comment="When it was last used, to the hour; NULL if it never was."
    )
