"""Documents and their versions: what was published, and each text it was seen with."""

import uuid
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.kinds import AddressKind, DocumentStatus
from claims.schema.base import Base, ChangedIn, Key, Moment, Recorded, Revision, one_of, points_to


class DocumentRow(Base):
    """One published article of one outlet."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("status", DocumentStatus),
        CheckConstraint("revision > 0 OR status = 'usable'", name="undecided_usable"),
        CheckConstraint(
            "revision > 0 OR kill_lifted IS NULL AND embargo_lifted IS NULL"
            " AND settled_notices = '{}'",
            name="undecided_notices",
        ),
        Index("uq_document_url", "url", unique=True, postgresql_where=text("url IS NOT NULL")),
        Index(None, "outlet", "external_id", postgresql_where=text("external_id IS NOT NULL")),
        Index(None, "published_at"),
        Index(None, "outlet"),
        Index(None, "shown_status", postgresql_where=text("shown_status = 'withdrawn'")),
        Index(None, "hidden_until", postgresql_where=text("hidden_until IS NOT NULL")),
        Index(None, "embargoed_until", postgresql_where=text("embargoed_until IS NOT NULL")),
        Index(None, "killed_by", postgresql_where=text("killed_by IS NOT NULL")),
        CheckConstraint(
            "revision > 0 OR copy_of IS NULL AND origin IS NULL", name="undecided_origin"
        ),
        Index(None, "copy_of", postgresql_where=text("copy_of IS NOT NULL")),
        Index(None, "origin", postgresql_where=text("origin IS NOT NULL")),
        CheckConstraint(
            "published_offset >= -1080 AND published_offset <= 1080 AND published_offset <> 0",
            name="published_offset",
        ),
        CheckConstraint(
            "published_offset IS NULL OR published_at IS NOT NULL", name="published_clock"
        ),
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
    killed_by: Mapped[uuid.UUID | None] = mapped_column(
        comment="The kill notice that is its wire's last word; kept by the database."
    )
    embargoed_until: Mapped[Moment | None] = mapped_column(
        comment="The embargo that its publisher's newest word lays on it; kept by the database."
    )
    kill_lifted: Mapped[uuid.UUID | None] = mapped_column(
        comment="The kill notice that a person overruled; another kill holds again."
    )
    embargo_lifted: Mapped[Moment | None] = mapped_column(
        comment="The embargo that a person lifted; another one holds again."
    )
    settled_notices: Mapped[list[uuid.UUID]] = mapped_column(
        ARRAY(Uuid),
        server_default=text("'{}'"),
        comment="Notices that people confirmed or dismissed, in ascending order.",
    )
    shown_status: Mapped[str] = mapped_column(
        Text,
        Computed(
            "CASE WHEN killed_by IS NOT NULL AND killed_by IS DISTINCT FROM kill_lifted"
            " THEN 'withdrawn' ELSE status END",
            persisted=True,
        ),
        comment="What it is shown as: its status, or withdrawn if a kill is in force.",
    )
    hidden_until: Mapped[Moment | None] = mapped_column(
        Computed(
            "CASE WHEN embargoed_until IS DISTINCT FROM embargo_lifted THEN embargoed_until"
            " ELSE NULL::timestamp with time zone END",
            persisted=True,
        ),
        comment="Before this moment nothing of it is published; empty if it never was embargoed.",
    )
    copy_of: Mapped[uuid.UUID | None] = mapped_column(
        points_to("document"),
        comment="The article that it is printed from, as a person settled it; itself if it is a"
        " report of its own.",
    )
    origin: Mapped[uuid.UUID | None] = mapped_column(
        points_to("source"), comment="Whom it comes from, as a person settled it."
    )
    published_offset: Mapped[int | None] = mapped_column(
        SmallInteger,
        comment="By how many minutes the clock of its published_at is ahead of UTC; empty if it is"
        " UTC, or not known.",
    )


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


class SightingRow(Base):
    """One time that a version was seen; several of one version are reverts."""

    __tablename__ = "sighting"
    __table_args__ = (
        Index(
            "ix_sighting_order",
            "document",
            text("publisher_version DESC NULLS LAST"),
            text("COALESCE(publisher_time, seen_at) DESC"),
            text("seen_at DESC"),
            text("id DESC"),
        ),
        Index(None, "version"),
        Index(None, "document", "publisher_time", postgresql_where=text("usable")),
        {
            "comment": "When a version was seen. The first in the order of publisher_version,"
            " publisher_time and seen_at, highest first, is the document's current version."
            " Rows are only ever added."
        },
    )

    id: Mapped[Key] = mapped_column(comment="Made from the version and what tells this time.")
    document: Mapped[uuid.UUID] = mapped_column(
        points_to("document"), comment="Whose version it is."
    )
    version: Mapped[uuid.UUID] = mapped_column(
        points_to("document_version"), comment="The text that was seen."
    )
    archive_record: Mapped[uuid.UUID | None] = mapped_column(
        points_to("archive_record"), comment="The bytes it was seen in; empty if none came."
    )
    seen_at: Mapped[Moment] = mapped_column(
        comment="When it stood there: when a server answered or a file was last changed."
    )
    publisher_version: Mapped[int | None] = mapped_column(
        BigInteger, comment="The publisher's own number of the version."
    )
    publisher_time: Mapped[Moment | None] = mapped_column(
        comment="When the publisher made the version, as it says."
    )
    run: Mapped[uuid.UUID] = mapped_column(points_to("run"), comment="The run that saw it.")
    recorded_at: Mapped[Recorded]
    usable: Mapped[bool] = mapped_column(
        server_default=text("false"),
        comment="Whether the publisher called it usable, in so many words.",
    )
    embargo: Mapped[Moment | None] = mapped_column(
        comment="Until when the publisher does not allow it to be published; the last day of 9999"
        " if it names no end that can be read."
    )
    credit: Mapped[str | None] = mapped_column(
        comment="Whom the publisher's own fields name as where the text comes from."
    )


class DocumentAddressRow(Base):
    """An address under which a document was met."""

    __tablename__ = "document_address"
    __table_args__ = (
        one_of("kind", AddressKind),
        Index(None, "document"),
        {"comment": "An address under which a document was met. Rows are only ever added."},
    )

    id: Mapped[Key] = mapped_column(
        comment="Made from the address without what only tracks readers: one document each."
    )
    document: Mapped[uuid.UUID] = mapped_column(
        points_to("document"), comment="Which document it leads to."
    )
    url: Mapped[str] = mapped_column(comment="The address as it was met first.")
    kind: Mapped[str] = mapped_column(
        comment="canonical, other (a feed's, AMP), fetched (what answered) or redirect."
    )
    run: Mapped[uuid.UUID] = mapped_column(
        points_to("run"), comment="The run that met the address."
    )
    recorded_at: Mapped[Recorded]


class DocumentIdentifierRow(Base):
    """An id that a publisher gave a document."""

    __tablename__ = "document_identifier"
    __table_args__ = (
        Index(None, "document"),
        Index(None, "external_id"),
        {"comment": "An id that a publisher gave a document. Rows are only ever added."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from the outlet's name and the id.")
    document: Mapped[uuid.UUID] = mapped_column(
        points_to("document"), comment="Which document it names."
    )
    outlet: Mapped[str | None] = mapped_column(comment="The outlet's name as it was met.")
    external_id: Mapped[str] = mapped_column(comment="The publisher's own id.")
    run: Mapped[uuid.UUID] = mapped_column(points_to("run"), comment="The run that met the id.")
    recorded_at: Mapped[Recorded]
