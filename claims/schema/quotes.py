"""What claims have in common: their words compared across articles; made by the machine alone.

All of it can be made again from the claims and from what people decided, so
that no archive holds it. The one exception is `link_refused`, which people decide.
"""

import uuid
from datetime import date

from sqlalchemy import (
    ARRAY,
    REAL,
    BigInteger,
    CheckConstraint,
    Date,
    Double,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.kinds import LinkKind
from claims.schema.base import Base, Key, Moment, Recorded, one_of, points_to

MACHINE_KINDS = (LinkKind.SAME_WORDS, LinkKind.SAME_CONTENT)
"""The only kinds of links that the machine proposes."""

RELATIONS = ("near", "part", "loose", "distant")


class QuoteWordsRow(Base):
    """Words that one or more claims have."""

    __tablename__ = "quote_words"
    __table_args__ = (
        CheckConstraint("words <> ''", name="words"),
        {"comment": "The folded words of claims, each wording once."},
    )

    key: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="Made from the words."
    )
    words: Mapped[str] = mapped_column(comment="Folded, separated by spaces.")
    size: Mapped[int] = mapped_column(Integer, comment="How many they are.")


class QuoteSketchRow(Base):
    """A hash of some words in a row of a wording."""

    __tablename__ = "quote_sketch"
    __table_args__ = (
        {"comment": "Hashes of words in a row; wordings that share two rare ones are compared."},
    )

    hash: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Of three words in a row."
    )
    key: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="The wording that has them."
    )


class QuotePairRow(Base):
    """Two wordings that are alike."""

    __tablename__ = "quote_pair"
    __table_args__ = (
        CheckConstraint("a < b", name="order"),
        one_of("relation", RELATIONS),
        CheckConstraint("share BETWEEN 0 AND 1", name="share"),
        Index(None, "b"),
        {"comment": "Two wordings that were compared and are alike; each pair is compared once."},
    )

    a: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="The one with the smaller key."
    )
    b: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="The one with the greater key."
    )
    relation: Mapped[str] = mapped_column(comment="near, part, loose or distant.")
    share: Mapped[float] = mapped_column(REAL, comment="Words alike in both, 0 to 1.")
    run: Mapped[int] = mapped_column(Integer, comment="The most words in a row that both have.")
    changes: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Numbers and negations that differ at the same place: of a / of b."
    )


class QuoteKeyRow(Base):
    """The wording of a claim, and the claims that it is one with."""

    __tablename__ = "quote_key"
    __table_args__ = (
        Index(None, "key"),
        Index(
            "ix_quote_key_first",
            "word_group",
            "printed_at",
            "claim",
            postgresql_where=text("counted"),
        ),
        {
            "comment": "The wording of each claim. Without a foreign key: a proposal that gives way"
            " to a newer one is gone before it is compared again."
        },
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        Uuid, primary_key=True, comment="A claim that was compared."
    )
    key: Mapped[int] = mapped_column(BigInteger, comment="Its wording.")
    word_group: Mapped[int] = mapped_column(
        BigInteger, comment="The group of claims with these words by this speaker."
    )
    speaker: Mapped[uuid.UUID | None] = mapped_column(
        comment="Whose words they are, after merges; empty if the article names nobody."
    )
    denied: Mapped[bool] = mapped_column(comment="Whether the words are reported as denied.")
    printed_at: Mapped[Moment] = mapped_column(
        comment="When its article appeared, or the last day of 9999."
    )
    day: Mapped[date | None] = mapped_column(Date, comment="When it was said, or else printed.")
    counted: Mapped[bool] = mapped_column(
        comment="Whether it is proposed or published, in an article that may be relied on."
    )


class QuoteGroupRow(Base):
    """Claims with the same words by the same speaker."""

    __tablename__ = "quote_group"
    __table_args__ = (
        CheckConstraint("(leader = id) = (kind IS NULL)", name="kind_of_member"),
        CheckConstraint("num_nulls(kind, score, reasons) IN (0, 3)", name="link"),
        CheckConstraint("num_nulls(other, other_score, other_reasons) IN (0, 3)", name="other"),
        one_of("kind", MACHINE_KINDS),
        CheckConstraint(
            "score >= 0 AND score <= 1 AND other_score >= 0 AND other_score <= 1", name="score"
        ),
        Index(None, "key", "speaker"),
        Index(
            "ix_quote_group_order",
            "key",
            "printed_at",
            "first_claim",
            postgresql_where=text("speaker IS NOT NULL"),
        ),
        Index(None, "leader"),
        Index(None, "first_claim"),
        Index(None, "other", postgresql_where=text("other IS NOT NULL")),
        {
            "comment": "Claims with the same words by the same speaker, and the earlier group whose"
            " utterance they report: what the machine proposes, never more than same words or"
            " content."
        },
    )

    id: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="Made from words and speaker; of a claim that people linked, from the claim.",
    )
    key: Mapped[int] = mapped_column(BigInteger, comment="The wording.")
    speaker: Mapped[uuid.UUID | None] = mapped_column(
        comment="Whose words they are; empty if nobody is named."
    )
    denied: Mapped[bool] = mapped_column(comment="Whether all of them are reported as denied.")
    first_claim: Mapped[uuid.UUID] = mapped_column(comment="The earliest of its claims.")
    printed_at: Mapped[Moment] = mapped_column(
        comment="When that was printed, or the last day of 9999."
    )
    day: Mapped[date | None] = mapped_column(Date, comment="When that was said, or else printed.")
    leader: Mapped[int] = mapped_column(
        BigInteger, comment="The group it is linked to, which is linked to itself."
    )
    kind: Mapped[str | None] = mapped_column(
        comment="same_words or same_content; empty if it is linked to itself."
    )
    score: Mapped[float | None] = mapped_column(
        Double, comment="0 to 1: how likely both groups report the same."
    )
    reasons: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), comment="Why it is linked, in words."
    )
    other: Mapped[int | None] = mapped_column(
        BigInteger,
        comment="An earlier group with like words by another speaker, or by somebody if this one"
        " names nobody: not counted as one act.",
    )
    other_score: Mapped[float | None] = mapped_column(Double, comment="The score of that.")
    other_reasons: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), comment="Why that is shown, in words."
    )
    method: Mapped[str] = mapped_column(comment="The form of the comparison that was used.")


class QuoteDueRow(Base):
    """A claim that is to be compared."""

    __tablename__ = "quote_due"
    __table_args__ = ({"comment": "Claims that came, changed or went since they were compared."},)

    claim: Mapped[uuid.UUID] = mapped_column(
        Uuid, primary_key=True, comment="Such a claim; it may be gone."
    )


class QuoteHeadRow(Base):
    """The row that whoever compares holds."""

    __tablename__ = "quote_head"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        {"comment": "One row, locked by whoever compares: one at a time."},
    )

    id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Always 1."
    )
    method: Mapped[str] = mapped_column(
        server_default="", comment="Which form of the comparison was used last."
    )


class LinkRefusedRow(Base):
    """Two claims of which a person said that they are not linked so."""

    __tablename__ = "link_refused"
    __table_args__ = (
        UniqueConstraint("a", "b", "kind"),
        one_of("kind", LinkKind),
        CheckConstraint("a <> b", name="two"),
        Index(None, "b"),
        {"comment": "Links that people refused; never proposed again."},
    )

    id: Mapped[Key] = mapped_column(
        comment="Made from the two claims and the kind that was refused."
    )
    a: Mapped[uuid.UUID] = mapped_column(points_to("claim"), comment="The claim decided on.")
    b: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), comment="The claim that it is not linked to."
    )
    kind: Mapped[str] = mapped_column(comment="The kind that was refused.")
    refused_by: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who refused it.")
    recorded_at: Mapped[Recorded]
