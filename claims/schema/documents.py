"""Documents and their versions: what was published, and each text it was seen with."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.kinds import DocumentStatus
from claims.schema.base import Base, ChangedIn, Key, Moment, Recorded, Revision, one_of, points_to


class DocumentRow(Base):
    """One published article of one outlet."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("status", DocumentStatus),
        CheckConstraint("revision > 0 OR status = 'usable'", name="undecided_usable"),
        Index("uq_document_url", "url", unique=True, postgresql_where=text("url IS NOT NULL")),
        Index(
            "uq_document_outlet_external_id",
            "outlet",
            "external_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("external_id IS NOT NULL"),
        ),
        Index(None, "published_at"),
        {"comment": "One published article of one outlet, known by its URL or the feed's own id."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from the identity: URL, outlet and id, or text.")
    outlet: Mapped[uuid.UUID | None] = mapped_column(
        points_to("source"), comment="Who published it; empty if the article does not say."
    )
    url: Mapped[str | None] = mapped_column(comment="Canonical address.")
    external_id: Mapped[str | None] = mapped_column(comment="The feed's own id.")
    title: Mapped[str | None] = mapped_column(comment="Headline as printed.")
    byline: Mapped[str | None] = mapped_column(comment="Author line as printed.")
    published_at: Mapped[Moment | None] = mapped_column(
        comment="When it was published; midnight UTC if only the day is known."
    )
    language: Mapped[str] = mapped_column(comment="BCP 47 tag of the text's language.")
    status: Mapped[str] = mapped_column(
        server_default=text("'usable'"), comment="usable, corrected or withdrawn by its publisher."
    )
    revision: Mapped[Revision]
    changed_in: Mapped[ChangedIn]
    run: Mapped[uuid.UUID] = mapped_column(points_to("run"), comment="The run that first read it.")
    recorded_at: Mapped[Recorded]


class DocumentVersionRow(Base):
    """The document's text as seen at one moment; never changed."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document", "number"),
        UniqueConstraint("document", "sha256"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("sha256 = sha256(convert_to(text, 'UTF8'))", name="sha256"),
        Index(None, "archive_record"),
        {"comment": "A document's text as seen at one moment; immutable; offsets count its text."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from the document's id and the text's digest.")
    document: Mapped[uuid.UUID] = mapped_column(points_to("document"), comment="Whose text it is.")
    number: Mapped[int] = mapped_column(comment="1 for the first text seen, then upward.")
    text: Mapped[str] = mapped_column(
        Text, comment="The cleaned text; every span counts its Unicode code points from 0."
    )
    sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="Digest of the text in UTF-8.")
    retrieved_at: Mapped[datetime] = mapped_column(comment="When this text was read.")
    reader: Mapped[str] = mapped_column(comment="The reader that made the text, with its version.")
    archive_record: Mapped[uuid.UUID] = mapped_column(
        points_to("archive_record"), comment="The bytes that the text was read from first."
    )
    run: Mapped[uuid.UUID] = mapped_column(points_to("run"), comment="The run that read it.")
    recorded_at: Mapped[Recorded]
    part: Mapped[str | None] = mapped_column(
        comment="Which article of these bytes it is, if they hold several."
    )
