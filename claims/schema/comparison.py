"""What articles have in common: all of it made by the machine, and made again from the articles."""

import uuid

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Double,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.copies import CopyKind, CreditRule
from claims.schema.base import Base, Key, Spans, one_of, points_to


class ComparedTextRow(Base):
    """The words of one article, or of several that have the same."""

    __tablename__ = "compared_text"
    __table_args__ = (
        # At the end of the transaction: a document that changes its text takes its place along.
        UniqueConstraint("place", deferrable=True, initially="DEFERRED"),
        {"comment": "The words of one article, or of all that have the same but for typography."},
    )

    id: Mapped[Key] = mapped_column(
        comment="Made from the folded words; from the document too if people settled what it is,"
        " or if it is too short to be compared."
    )
    place: Mapped[uuid.UUID] = mapped_column(
        comment="Where it stands in the order of publication: the least of its documents' places.",
    )
    version: Mapped[uuid.UUID] = mapped_column(
        points_to("document_version"), comment="A version with these words, for which spans count."
    )
    words: Mapped[int] = mapped_column(comment="How many words it has.")
    is_original: Mapped[bool] = mapped_column(
        Boolean, comment="Whether it is long enough to be compared and a copy of no earlier text."
    )


class DocumentTextRow(Base):
    """Which text a document has, as it was compared."""

    __tablename__ = "document_text"
    __table_args__ = (
        CheckConstraint("num_nulls(credit, credit_rule, credit_words) IN (0, 3)", name="credit"),
        one_of("credit_rule", CreditRule),
        Index(None, "text", "place"),
        {"comment": "Which text a document has, and whom it says it has it from."},
    )

    document: Mapped[uuid.UUID] = mapped_column(
        points_to("document"), primary_key=True, comment="A document that was compared."
    )
    version: Mapped[uuid.UUID] = mapped_column(
        points_to("document_version"), comment="Its current version."
    )
    text: Mapped[uuid.UUID] = mapped_column(
        points_to("compared_text"), comment="The words of that version."
    )
    place: Mapped[uuid.UUID] = mapped_column(
        comment="Its moment of publication and its id in one value, so that comparing places"
        " gives the order of publication; last if it has no date."
    )
    credit: Mapped[str | None] = mapped_column(
        comment="Name of whom the article says it has the text from; empty if it does not."
    )
    credit_rule: Mapped[str | None] = mapped_column(
        comment="Where it says so: field (of the publisher), credit-line or byline."
    )
    credit_words: Mapped[str | None] = mapped_column(comment="The words that say so.")


class FingerprintRow(Base):
    """A sampled run of five words of a text."""

    __tablename__ = "fingerprint"
    __table_args__ = (
        # Originals first: a notice that many print stands in very many copies.
        PrimaryKeyConstraint("hash", "is_original", "place"),
        {"comment": "Sampled runs of five words of the texts that are compared, as numbers."},
    )

    hash: Mapped[int] = mapped_column(
        BigInteger, autoincrement=False, comment="The run as a number."
    )
    place: Mapped[uuid.UUID] = mapped_column(comment="The place of the text.")
    is_original: Mapped[bool] = mapped_column(Boolean, comment="As compared_text has it.")


class CopyRow(Base):
    """What a text has in common with an earlier original."""

    __tablename__ = "copy"
    __table_args__ = (
        one_of("kind", CopyKind),
        CheckConstraint(
            "share >= 0 AND share <= 1 AND narration >= 0 AND narration <= 1", name="share"
        ),
        CheckConstraint("text <> original", name="another"),
        Index(None, "original"),
        {
            "comment": "Which text is printed from which original. An original is a copy of none,"
            " so that there are no chains."
        },
    )

    text: Mapped[uuid.UUID] = mapped_column(
        points_to("compared_text"), primary_key=True, comment="The later text."
    )
    original: Mapped[uuid.UUID] = mapped_column(
        points_to("compared_text"), primary_key=True, comment="The original."
    )
    kind: Mapped[str] = mapped_column(
        comment="copy, cut (of a part), merged (of several originals) or contains (not a copy: it"
        " has much of the original and more of its own)."
    )
    share: Mapped[float] = mapped_column(
        Double, comment="Of its words, those in runs of five that the original has too."
    )
    narration: Mapped[float | None] = mapped_column(
        Double, comment="The same of its words outside quotation marks; empty if few."
    )
    spans: Mapped[Spans] = mapped_column(comment="Where these runs stand in the later text.")


class ComparisonDueRow(Base):
    """A document that is to be compared."""

    __tablename__ = "comparison_due"
    __table_args__ = {  # noqa: RUF012 - as SQLAlchemy reads it
        "comment": "Documents whose text, date or settlement changed since they were compared."
    }

    document: Mapped[uuid.UUID] = mapped_column(
        points_to("document"), primary_key=True, comment="The document."
    )


class ComparisonHeadRow(Base):
    """One row that whoever compares holds."""

    __tablename__ = "comparison_head"
    __table_args__ = (
        CheckConstraint("id", name="single"),
        {"comment": "One row, held by whoever compares: one at a time."},
    )

    id: Mapped[bool] = mapped_column(
        Boolean, primary_key=True, server_default=true(), comment="Always true: there is one."
    )
