"""Review beside the ledger: blind readings, the queue, leases, drafts, releases."""

import uuid
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Double,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from claims.schema.base import Base, ClientKey, Fields, NewKey, ToolVersion, one_of, points_to

NOBODY = uuid.UUID(int=0)
"""Stands for no reader, so that an index can be walked by who read."""


class ReadingRow(Base):
    """What one of two readers would decide."""

    __tablename__ = "reading"
    __table_args__ = (
        one_of("action", ("accept", "reject", "withdrawn")),
        Index("ix_reading_claim_revision", "claim", "revision"),
        Index("ix_reading_reviewer", "reviewer", "at"),
        {
            "comment": "What one of two readers would decide; shown to nobody until both are"
            " in, then part of the ledger. Rows are only ever added."
        },
    )

    id: Mapped[ClientKey]
    claim: Mapped[uuid.UUID] = mapped_column(points_to("claim"), comment="The claim that was read.")
    revision: Mapped[int] = mapped_column(
        comment="The revision that was read; a reading of an earlier one counts no more."
    )
    reviewer: Mapped[uuid.UUID] = mapped_column(
        points_to("reviewer"),
        comment="Who read it; of several readings of one reviewer the last counts.",
    )
    action: Mapped[str] = mapped_column(
        comment="accept or reject; withdrawn revokes the reader's last one."
    )
    after: Mapped[Fields] = mapped_column(
        JSONB, comment="The fields the reader would change, as they would be."
    )
    reason: Mapped[str | None] = mapped_column(comment="Why, in the reader's words.")
    tool_version: Mapped[ToolVersion]
    at: Mapped[datetime] = mapped_column(
        server_default=text("clock_timestamp()"), comment="When it was read, by the server's clock."
    )


class ReviewPolicyRow(Base):
    """Which claims need two readers."""

    __tablename__ = "review_policy"
    __table_args__ = (
        one_of("second_reading", ("none", "share", "all")),
        CheckConstraint("share BETWEEN 0 AND 1", name="share"),
        CheckConstraint("paraphrase_below BETWEEN 0 AND 1", name="paraphrase_below"),
        Index("ix_review_policy_at", "at"),
        {
            "comment": "Which claims need two readers: the last row holds, none means no"
            " claim does. Rows are only ever added."
        },
    )

    id: Mapped[NewKey]
    second_reading: Mapped[str] = mapped_column(comment="none, share or all.")
    share: Mapped[float] = mapped_column(
        Double,
        comment="0 to 1: which part of the claims; drawn by their ids, so that it is always"
        " the same ones.",
    )
    paraphrase_below: Mapped[float] = mapped_column(
        Double,
        comment="Paraphrases with a lower extractor score always need two readers; 0 for none.",
    )
    set_by: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who set it.")
    at: Mapped[datetime] = mapped_column(
        server_default=text("clock_timestamp()"), comment="From when it holds."
    )


class LeaseRow(Base):
    """Who has which card before them."""

    __tablename__ = "lease"
    __table_args__ = (
        Index("ix_lease_reviewer", "reviewer", "until"),
        Index("ix_lease_version", "version"),
        {"comment": "Who has which card before them, until when; one person a card."},
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim on the card."
    )
    reviewer: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who has it.")
    version: Mapped[uuid.UUID] = mapped_column(comment="The text the claim stands in.")
    until: Mapped[datetime] = mapped_column(comment="When it is free again; any key renews it.")


class DraftRow(Base):
    """What a reviewer typed and has not decided yet."""

    __tablename__ = "draft"
    __table_args__ = (
        {"comment": "What a reviewer typed and has not decided yet; gone with the decision."},
    )

    reviewer: Mapped[uuid.UUID] = mapped_column(
        points_to("reviewer"), primary_key=True, comment="Who typed it."
    )
    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim before them."
    )
    draft: Mapped[Fields] = mapped_column(JSONB, comment="The field and what stands in it.")
    saved_at: Mapped[datetime] = mapped_column(
        server_default=text("clock_timestamp()"), comment="When it was saved."
    )


class WaitingRow(Base):
    """The queue: a row for each claim that waits for a person."""

    __tablename__ = "waiting"
    __table_args__ = (
        Index(
            "ix_waiting_article",
            "first_reader",
            "put_aside",
            "arrived_at",
            "version",
            "starts",
            "claim",
        ),
        Index(
            "ix_waiting_uncertain",
            "first_reader",
            "put_aside",
            "uncertainty",
            "version",
            "starts",
            "claim",
        ),
        Index(
            "ix_waiting_oldest",
            "first_reader",
            "put_aside",
            "published_at",
            "version",
            "starts",
            "claim",
        ),
        Index(
            "ix_waiting_printed",
            "first_reader",
            "put_aside",
            text("printed DESC"),
            "version",
            "starts",
            "claim",
        ),
        Index(
            "ix_waiting_speaker",
            "speaker",
            "first_reader",
            "put_aside",
            "arrived_at",
            "version",
            "starts",
            "claim",
        ),
        Index(
            "ix_waiting_outlet",
            "outlet",
            "first_reader",
            "put_aside",
            "arrived_at",
            "version",
            "starts",
            "claim",
        ),
        Index(
            "ix_waiting_form",
            "form",
            "first_reader",
            "put_aside",
            "arrived_at",
            "version",
            "starts",
            "claim",
        ),
        Index("ix_waiting_version", "version", "starts"),
        {
            "comment": "The queue: a row for each claim that waits for a person, with what"
            " it is ordered and found by; kept by the database."
        },
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim that waits."
    )
    version: Mapped[uuid.UUID] = mapped_column(comment="The text that holds the claim.")
    arrived_at: Mapped[datetime] = mapped_column(
        comment="When that text was stored: articles are read in this order."
    )
    starts: Mapped[int] = mapped_column(comment="Where its words begin.")
    put_aside: Mapped[bool] = mapped_column(comment="Whether somebody put it aside for later.")
    first_reader: Mapped[uuid.UUID] = mapped_column(
        server_default=text("'00000000-0000-0000-0000-000000000000'"),
        comment="Who read it first, where two have to; zeros if nobody did. Part of every"
        " index: a reader's own claims are passed over at once.",
    )
    second_reader: Mapped[uuid.UUID] = mapped_column(
        server_default=text("'00000000-0000-0000-0000-000000000000'"),
        comment="Who read it second, where a third has to; zeros if nobody did.",
    )
    uncertainty: Mapped[float] = mapped_column(
        Double,
        comment="Distance of the extractor's score from 0.5: the smallest is the least certain.",
    )
    published_at: Mapped[datetime] = mapped_column(
        comment="When its article was published; the end of time if that is not known."
    )
    printed: Mapped[int] = mapped_column(
        server_default=text("1"), comment="How many texts hold the same words."
    )
    speaker: Mapped[uuid.UUID | None] = mapped_column(
        comment="Whose words they are, as they are linked."
    )
    outlet: Mapped[uuid.UUID | None] = mapped_column(comment="Who printed the article.")
    form: Mapped[str] = mapped_column(comment="quote, mixed or paraphrase.")


class ReleaseRow(Base):
    """A named, frozen state of what is published."""

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        UniqueConstraint("name"),
        {
            "comment": "A named, frozen state of what is published: all decisions up to one."
            " Rows are only ever added."
        },
    )

    id: Mapped[NewKey]
    name: Mapped[str] = mapped_column(comment="What it is called.")
    no: Mapped[int] = mapped_column(
        BigInteger, comment="Number of the last decision it holds; 0 if none."
    )
    digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Digest of that decision; 32 zero bytes if none."
    )
    at: Mapped[datetime] = mapped_column(
        server_default=text("clock_timestamp()"),
        comment="When it was made, by the server's clock; claims stored later are not in it.",
    )
    made_by: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who made it.")
    note: Mapped[str | None] = mapped_column(comment="What it is for.")
