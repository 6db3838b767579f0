"""The ledger: reviewers, their decisions, and the head of the chain."""

import uuid
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.kinds import Role
from claims.schema.base import (
    Base,
    ClientKey,
    Fields,
    Moment,
    NewKey,
    Recorded,
    ToolVersion,
    one_of,
    points_to,
)

SUBJECT_KINDS = ("claim", "source", "document")


class ReviewerRow(Base):
    """A person who decides; closed, never deleted."""

    __tablename__ = "reviewer"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("name <> ''", name="name"),
        one_of("role", Role),
        {"comment": "A person who decides; closed, never deleted."},
    )

    id: Mapped[NewKey]
    name: Mapped[str] = mapped_column(comment="The name decisions are signed with.")
    closed_at: Mapped[Moment | None] = mapped_column(comment="From when no new decision is taken.")
    recorded_at: Mapped[Recorded]
    role: Mapped[str] = mapped_column(
        server_default=text("'reviewer'"),
        comment="reader: signs nothing; reviewer; adjudicator: may also undo what others decided;"
        " admin: also sees who is signed in at the desk, and signs others out.",
    )


class DecisionRow(Base):
    """What a person settled: one row of the append-only ledger."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("no"),
        UniqueConstraint("prev_digest"),
        UniqueConstraint("digest"),
        UniqueConstraint("subject_kind", "subject", "revision"),
        UniqueConstraint("undoes"),
        one_of("subject_kind", SUBJECT_KINDS),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("action <> ''", name="action"),
        Index(None, "reviewer", "no"),
        Index(None, "batch", postgresql_where=text("batch IS NOT NULL")),
        Index(None, "at"),
        Index("ix_decision_on_sources", "no", postgresql_where=text("subject_kind = 'source'")),
        Index(
            "ix_decision_chains",
            "no",
            postgresql_where=text("subject_kind = 'claim' AND jsonb_exists(before, 'chain')"),
        ),
        Index(
            "ix_decision_refused_links",
            "no",
            postgresql_where=text(
                "subject_kind = 'claim' AND jsonb_exists(before, 'refused_links')"
            ),
        ),
        Index(
            "ix_decision_links",
            "no",
            postgresql_where=text("subject_kind = 'claim' AND jsonb_exists(before, 'links')"),
        ),
        Index(
            "ix_decision_readings",
            "no",
            postgresql_where=text("jsonb_exists(after, 'readings')"),
        ),
        {"comment": "The ledger: what a person settled. Rows are only ever added."},
    )

    id: Mapped[ClientKey]
    no: Mapped[int] = mapped_column(
        BigInteger, comment="Place in the chain, from 1 without gaps; given by the database."
    )
    at: Mapped[datetime] = mapped_column(comment="When, by the server's clock.")
    reviewer: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who decided.")
    action: Mapped[str] = mapped_column(comment="What was done: accept, reject and so on.")
    subject_kind: Mapped[str] = mapped_column(comment="claim, source or document.")
    subject: Mapped[uuid.UUID] = mapped_column(comment="Id of what was decided on.")
    revision: Mapped[int] = mapped_column(comment="The subject's revision after the decision.")
    before: Mapped[Fields] = mapped_column(JSONB, comment="Changed fields as they were.")
    after: Mapped[Fields] = mapped_column(JSONB, comment="The same fields afterwards.")
    reason: Mapped[str | None] = mapped_column(comment="Why, in the reviewer's words.")
    tool_version: Mapped[ToolVersion]
    undoes: Mapped[uuid.UUID | None] = mapped_column(
        points_to("decision"), comment="The decision that this one reverses."
    )
    prev_digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Digest of the row before; 32 zero bytes for the first."
    )
    digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="SHA-256 of all columns in the form docs/ledger.md describes."
    )
    batch: Mapped[uuid.UUID | None] = mapped_column(
        comment="What decisions made together share, such as a split; they are undone together."
    )


class LedgerHeadRow(Base):
    """The end of the chain: one row, locked while a decision is added."""

    __tablename__ = "ledger_head"
    __table_args__ = (
        CheckConstraint("only_row", name="only_row"),
        {"comment": "The end of the ledger's chain: one row, locked while a decision is added."},
    )

    only_row: Mapped[bool] = mapped_column(
        Boolean, primary_key=True, server_default=text("true"), comment="Always true."
    )
    no: Mapped[int] = mapped_column(BigInteger, comment="Number of the last decision; 0 if none.")
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="Digest of the last decision.")


class StepRow(Base):
    """What a subject was before a step of its revision."""

    __tablename__ = "step"
    __table_args__ = (
        {
            "prefixes": ["UNLOGGED"],
            "comment": "What a subject was before each step of its revision in the transaction"
            " at work: compared with the decision at commit, and then forgotten.",
        },
    )

    kind: Mapped[str] = mapped_column(primary_key=True, comment="What kind of subject steps.")
    subject: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="The one that steps.")
    revision: Mapped[int] = mapped_column(primary_key=True, comment="The revision it steps to.")
    fields: Mapped[Fields] = mapped_column(
        JSONB, comment="All that decisions may change of it, as it was."
    )
