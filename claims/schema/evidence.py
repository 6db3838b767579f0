"""Evidence: the bytes that articles were read from, as they came."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from claims.schema.base import Base, Key, Recorded, points_to


class ArchiveRecordRow(Base):
    """The bytes of a page or file as they came, stored once; never changed."""

    __tablename__ = "archive_record"
    __table_args__ = (
        CheckConstraint("sha256 = sha256(payload)", name="sha256"),
        CheckConstraint("size = octet_length(payload)", name="size"),
        CheckConstraint("http_status BETWEEN 100 AND 599", name="http_status"),
        CheckConstraint("media_type <> ''", name="media_type"),
        Index(None, "sha256"),
        {
            "comment": "The bytes of a page or file as they came, with where and when; immutable;"
            " the same bytes of the same address are one row."
        },
    )

    id: Mapped[Key] = mapped_column(comment="Made from the URI, the media type and the digest.")
    uri: Mapped[str | None] = mapped_column(
        comment="The address that answered, after redirects; empty for a file."
    )
    retrieved_at: Mapped[datetime] = mapped_column(
        comment="When the server answered; of a file, when it was read."
    )
    http_status: Mapped[int | None] = mapped_column(comment="Status of the answer.")
    http_headers: Mapped[list[tuple[str, str]]] = mapped_column(
        JSONB,
        server_default=text("'[]'"),
        comment="Headers of the answer in the order received, each a pair of name and value.",
    )
    redirects: Mapped[list[str]] = mapped_column(
        JSONB, server_default=text("'[]'"), comment="The addresses asked before, in order."
    )
    media_type: Mapped[str] = mapped_column(comment="Of the payload, without parameters.")
    warc_record: Mapped[str | None] = mapped_column(
        comment="WARC-Record-ID of the record that it was found in."
    )
    payload: Mapped[bytes] = mapped_column(
        LargeBinary, comment="The bytes, without the encodings of the transfer."
    )
    sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="Digest of the payload.")
    size: Mapped[int] = mapped_column(comment="Bytes of the payload.")
    run: Mapped[uuid.UUID] = mapped_column(
        points_to("run"), comment="The run that first read these bytes."
    )
    recorded_at: Mapped[Recorded]
