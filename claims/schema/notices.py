"""Notices: what publishers say of their articles, and what the machine did because of it."""

import uuid

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.kinds import DocumentChange
from claims.model.notice import NoticeKind
from claims.schema.base import Base, Key, Moment, Recorded, Spans, one_of, points_to


class NoticeRow(Base):
    """What a publisher said of an article after it was published; evidence, only ever added."""

    __tablename__ = "notice"
    __table_args__ = (
        one_of("kind", NoticeKind),
        CheckConstraint("signal ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="signal"),
        CheckConstraint("num_nonnulls(document, address, identifier) > 0", name="names_article"),
        Index(None, "document"),
        Index(None, "address", postgresql_where=text("document IS NULL")),
        Index(None, "identifier", postgresql_where=text("document IS NULL")),
        {
            "comment": "What a publisher said of an article after it was published. A kill takes"
            " effect at once, anything else is proposed to people. Rows are only ever added."
        },
    )

    id: Mapped[Key] = mapped_column(comment="Made from what it says and of which article.")
    kind: Mapped[str] = mapped_column(comment="correct, withdraw, kill or restore.")
    signal: Mapped[str] = mapped_column(Text, comment="Where it was read, as a stable code.")
    words: Mapped[str] = mapped_column(
        comment="Its words as printed; for a signal without words, the signal's value."
    )
    place: Mapped[str] = mapped_column(comment="The location of the input it was read in.")
    spans: Mapped[Spans] = mapped_column(
        comment="Where the words stand in the article's text; empty if they do not."
    )
    url: Mapped[str | None] = mapped_column(comment="The address that it names.")
    external_id: Mapped[str | None] = mapped_column(comment="The publisher's id that it names.")
    outlet: Mapped[str | None] = mapped_column(comment="The publisher that it names.")
    issued_at: Mapped[Moment | None] = mapped_column(comment="When its publisher issued it.")
    received_at: Mapped[Moment] = mapped_column(comment="When it was read.")
    document: Mapped[uuid.UUID | None] = mapped_column(
        points_to("document"),
        comment="The article; empty until it comes, then filled in by the database, once.",
    )
    address: Mapped[uuid.UUID | None] = mapped_column(
        comment="Id that the address has, or will have, in document_address."
    )
    identifier: Mapped[uuid.UUID | None] = mapped_column(
        comment="Id that the publisher's id has, or will have, in document_identifier."
    )
    archive_record: Mapped[uuid.UUID | None] = mapped_column(
        points_to("archive_record"), comment="The bytes it was read from, if they were kept."
    )
    run: Mapped[uuid.UUID] = mapped_column(points_to("run"), comment="The run that read it first.")
    recorded_at: Mapped[Recorded]


class DocumentChangeRow(Base):
    """What the machine did to a document without a decision."""

    __tablename__ = "document_change"
    __table_args__ = (
        one_of("kind", DocumentChange),
        CheckConstraint("no >= 1", name="no"),
        Index(None, "after_no", "no"),
        Index(None, "document"),
        {
            "comment": "What a wire's word did to a document at once, in one order with the"
            " ledger. Written by the database alone; rows are only ever added."
        },
    )

    no: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="From 1 without gaps."
    )
    after_no: Mapped[int] = mapped_column(
        BigInteger, comment="The decision that was the ledger's last one; 0 if there was none."
    )
    at: Mapped[Moment] = mapped_column(comment="When the database noted it.")
    document: Mapped[uuid.UUID] = mapped_column(points_to("document"), comment="Which document.")
    kind: Mapped[str] = mapped_column(comment="killed, restored, embargoed or embargo-ended.")
    notice: Mapped[uuid.UUID | None] = mapped_column(
        points_to("notice"), comment="The notice that did it; empty for an embargo."
    )
    status_before: Mapped[str] = mapped_column(comment="What the document was shown as.")
    status_after: Mapped[str] = mapped_column(comment="What it was shown as afterwards.")
    embargo_before: Mapped[Moment | None] = mapped_column(
        comment="The embargo that its publisher had laid on it before."
    )
