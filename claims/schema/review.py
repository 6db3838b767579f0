"""Review beside the ledger: blind readings, the queue, leases, drafts, releases."""

import uuid
from datetime import datetime

from sqlalchemy import (
    REAL,
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

from claims.model.kinds import LinkKind
from claims.schema.base import (
    Base,
    ClientKey,
    Fields,
    Key,
    NewKey,
    Recorded,
    ToolVersion,
    one_of,
    points_to,
)

NEW = text("(first_reader IS NULL AND NOT put_aside)")
"""What most of the queue is: nobody read it, nobody put it aside. So PostgreSQL prints it back."""


LINK_READINGS = ("link", "different", "withdrawn")


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


class LinkReadingRow(Base):
    """How one of two readers would say that two claims relate."""

    __tablename__ = "link_reading"
    __table_args__ = (
        one_of("action", LINK_READINGS),
        one_of("kind", LinkKind),
        CheckConstraint("(action = 'link') = (kind IS NOT NULL)", name="link"),
        CheckConstraint("a <> b", name="two"),
        Index(None, "a", "b"),
        Index(None, "b"),
        Index(None, "reviewer", "at"),
        {
            "comment": "How one of two readers would say that two claims relate; shown to nobody"
            " until both are in, then part of the ledger. Rows are only ever added."
        },
    )

    id: Mapped[ClientKey]
    a: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), comment="The claim that is linked, of a proposal the later one."
    )
    b: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), comment="The claim that a is linked to."
    )
    a_revision: Mapped[int] = mapped_column(
        comment="The revision of a that was read. With other words, another chain or another day"
        " of either claim since, the reading counts no more."
    )
    b_revision: Mapped[int] = mapped_column(comment="The revision of b that was read.")
    reviewer: Mapped[uuid.UUID] = mapped_column(
        points_to("reviewer"),
        comment="Who read both claims; of a reviewer the last reading counts.",
    )
    action: Mapped[str] = mapped_column(
        comment="link, or different; withdrawn revokes the reader's last one."
    )
    kind: Mapped[str | None] = mapped_column(
        comment="How the claims relate; NULL if they do not, and of what is withdrawn."
    )
    reason: Mapped[str | None] = mapped_column(
        comment="Why they relate so, or do not, in the reader's words."
    )
    tool_version: Mapped[ToolVersion]
    at: Mapped[datetime] = mapped_column(
        server_default=text("clock_timestamp()"),
        comment="When the link was read, by the server's clock.",
    )


class LinkDisputedRow(Base):
    """Two claims of which two readers say differently how they relate."""

    __tablename__ = "link_disputed"
    __table_args__ = (
        UniqueConstraint("a", "b"),
        CheckConstraint("a <> b", name="two"),
        Index(None, "b"),
        {
            "comment": "Links on which two readers differ, until a third person settles them;"
            " both readings are in the ledger."
        },
    )

    id: Mapped[Key] = mapped_column(comment="Made from the two claims.")
    a: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), comment="The claim that the dispute is a decision on."
    )
    b: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), comment="The claim at the other end of the disputed link."
    )
    disputed_by: Mapped[uuid.UUID] = mapped_column(
        points_to("reviewer"), comment="Who read it second, or took the settlement back."
    )
    recorded_at: Mapped[Recorded]


class ReviewPolicyRow(Base):
    """Which claims need two readers."""

    __tablename__ = "review_policy"
    __table_args__ = (
        one_of("second_reading", ("none", "share", "all")),
        CheckConstraint("share BETWEEN 0 AND 1", name="share"),
        CheckConstraint("paraphrase_below BETWEEN 0 AND 1", name="paraphrase_below"),
        CheckConstraint("link_share BETWEEN 0 AND 1", name="link_share"),
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
    link_share: Mapped[float] = mapped_column(
        Double,
        server_default=text("0"),
        comment="0 to 1: which part of the links between claims need two readers; drawn by the"
        " ids of both claims.",
    )


class LeaseRow(Base):
    """Who has which card before them."""

    __tablename__ = "lease"
    __table_args__ = (
        Index("ix_lease_reviewer", "reviewer", "until"),
        Index("ix_lease_version", "version"),
        {"comment": "Who has which card before them, until when; one session a card."},
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim on the card."
    )
    reviewer: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who has it.")
    version: Mapped[uuid.UUID] = mapped_column(comment="The text the claim stands in.")
    until: Mapped[datetime] = mapped_column(comment="When it is free again; any key renews it.")
    session: Mapped[uuid.UUID] = mapped_column(
        server_default=text("gen_random_uuid()"),
        comment="In which of their tabs or terminals they have it.",
    )


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


class WaitingArticleRow(Base):
    """The articles of the queue."""

    __tablename__ = "waiting_article"
    __table_args__ = (
        UniqueConstraint("version"),
        Index(None, "outlet", "turn"),
        Index(None, "published_at", "turn"),
        {
            "comment": "A row for each text of which claims wait, with what they have in common;"
            " kept by the database."
        },
    )

    turn: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="When the text was stored, in microseconds since 1970; the second of two texts"
        " stored in one comes later. Articles are read in this order.",
    )
    version: Mapped[uuid.UUID] = mapped_column(comment="The text that holds the claims.")
    published_at: Mapped[datetime] = mapped_column(
        comment="When its article was published; the end of time if that is not known."
    )
    outlet: Mapped[uuid.UUID | None] = mapped_column(comment="Who printed the article.")


class WaitingRow(Base):
    """The queue: a row for each claim that waits for a person."""

    __tablename__ = "waiting"
    __table_args__ = (
        Index("ix_waiting_turn", "turn"),
        Index("ix_waiting_new", "turn", postgresql_where=NEW),
        Index("ix_waiting_uncertain", "uncertainty", "turn", postgresql_where=NEW),
        Index(
            "ix_waiting_printed",
            text("printed DESC"),
            "turn",
            postgresql_where=text("(printed > 1 AND first_reader IS NULL AND NOT put_aside)"),
        ),
        Index("ix_waiting_speaker", "speaker", "turn", postgresql_where=NEW),
        Index("ix_waiting_form", "form", "turn", postgresql_where=NEW),
        Index(
            "ix_waiting_class",
            "class",
            "turn",
            postgresql_where=text(
                "((class <> 'speech'::text) AND (first_reader IS NULL) AND (NOT put_aside))"
            ),
        ),
        Index(
            "ix_waiting_aside",
            "turn",
            postgresql_where=text("(first_reader IS NULL AND put_aside)"),
        ),
        Index(
            "ix_waiting_read",
            "first_reader",
            "put_aside",
            "turn",
            postgresql_where=text("(first_reader IS NOT NULL)"),
        ),
        {
            "comment": "The queue: a row for each claim that waits for a person, with what"
            " it is ordered and found by; kept by the database."
        },
    )

    claim: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="The claim that waits.")
    turn: Mapped[int] = mapped_column(BigInteger, comment="That of its article.")
    starts: Mapped[int] = mapped_column(comment="Where its words begin.")
    printed: Mapped[int] = mapped_column(
        server_default=text("1"),
        comment="How many texts hold the same words, 100 if they are more; counted when claims are"
        " compared.",
    )
    uncertainty: Mapped[float] = mapped_column(
        REAL,
        comment="Distance of the extractor's score or the name's from 0.5, the smaller one: the"
        " smallest is the least certain.",
    )
    put_aside: Mapped[bool] = mapped_column(comment="Whether somebody put it aside for later.")
    form: Mapped[str] = mapped_column(comment="quote, mixed or paraphrase.")
    claim_class: Mapped[str] = mapped_column(
        "class", server_default="speech", comment="speech, request, label, finding or belief."
    )
    speaker: Mapped[uuid.UUID | None] = mapped_column(
        comment="Whose words they are, as they are linked."
    )
    first_reader: Mapped[uuid.UUID | None] = mapped_column(
        comment="Who read it first, where two have to. What was read has an index of its own: a"
        " reader's own claims are passed over at once."
    )
    second_reader: Mapped[uuid.UUID | None] = mapped_column(
        comment="Who read it second, where a third has to."
    )


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
