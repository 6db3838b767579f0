"""Runs, the problems they met, and the records that wait for a worker."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from claims.schema.base import Base, Key, Moment, Recorded, one_of, points_to

QUEUED_KINDS = ("article", "address", "notice", "problem", "revisit")
"""What a reader yields, as the queue names it."""


class RunRow(Base):
    """One command over one set of inputs by one version of the program."""

    __tablename__ = "run"
    __table_args__ = (
        {"comment": "One command over one set of inputs; the same command again continues it."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from the command, its inputs and the versions.")
    command: Mapped[str] = mapped_column(comment="The command's name.")
    inputs: Mapped[list[str]] = mapped_column(JSONB, comment="Paths and options as given.")
    tool_version: Mapped[str] = mapped_column(comment="Version of the program.")
    extractor_version: Mapped[str] = mapped_column(comment="Version of the extraction rules.")
    recorded_at: Mapped[Recorded]


class ProblemRow(Base):
    """A record that could not be read."""

    __tablename__ = "problem"
    __table_args__ = (
        # Their form; claims.model.problem keeps the list, so that another needs no revision.
        CheckConstraint("reason ~ '^[a-z]+(-[a-z]+)*$'", name="reason"),
        Index(None, "run"),
        {
            "comment": "A record that could not be read. It is reported and does not stop"
            " the others."
        },
    )

    id: Mapped[Key] = mapped_column(comment="Made from the place, the field and the reason.")
    run: Mapped[uuid.UUID] = mapped_column(points_to("run"), comment="The run that first met it.")
    place: Mapped[str] = mapped_column(comment="The file, or - for standard input.")
    line: Mapped[int | None] = mapped_column(Integer, comment="Line of the record, from 1.")
    field: Mapped[str | None] = mapped_column(comment="The field with the problem.")
    value: Mapped[str | None] = mapped_column(comment="The start of the offending value.")
    reason: Mapped[str] = mapped_column(comment="Stable code of the problem.")
    detail: Mapped[str] = mapped_column(comment="What exactly was wrong.")
    resolved: Mapped[Moment | None] = mapped_column(comment="When somebody settled it.")
    recorded_at: Mapped[Recorded]


class QueuedRecordRow(Base):
    """A record that waits for a worker: to be extracted, then to be stored in its turn."""

    __tablename__ = "queued_record"
    __table_args__ = (
        one_of("kind", QUEUED_KINDS),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("(worker IS NULL) = (leased_until IS NULL)", name="lease"),
        CheckConstraint("worker IS NULL OR attempts > 0", name="attempted"),
        CheckConstraint("(extracted IS NULL) = (extractor_version IS NULL)", name="extracted"),
        CheckConstraint("extracted IS NULL OR worker IS NULL", name="done"),
        Index("uq_queued_record_no", "no", unique=True),
        # What was never taken stands first: the next to take and the few that are taken are found
        # without walking the others.
        Index(
            "ix_queued_record_waiting",
            "attempts",
            "no",
            postgresql_where=text("extracted IS NULL"),
        ),
        Index(None, "run"),
        {
            "comment": "What `claims ingest --queue` read. A worker leases some records, extracts"
            " their claims and frees them; they are stored in the order in which they were read,"
            " and removed."
        },
    )

    id: Mapped[Key] = mapped_column(
        comment="Made from the run, the place in its input and the record."
    )
    no: Mapped[int] = mapped_column(
        BigInteger, Identity(always=True), comment="The order in which they are stored."
    )
    run: Mapped[uuid.UUID] = mapped_column(
        points_to("run"), comment="The run whose command put it into the queue."
    )
    kind: Mapped[str] = mapped_column(
        comment="article; address: of an article to fetch; notice; problem; revisit: a page that"
        " was as another record has it."
    )
    record: Mapped[str] = mapped_column(comment="As JSON, without the bytes it was read from.")
    archived: Mapped[bytes | None] = mapped_column(
        comment="The bytes that an article is read from."
    )
    read_at: Mapped[Moment] = mapped_column(comment="When it was put into the queue.")
    attempts: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="How often it was taken."
    )
    worker: Mapped[str | None] = mapped_column(comment="Who has it now: host and process.")
    leased_until: Mapped[datetime | None] = mapped_column(
        comment="When others may take it, whatever became of that worker."
    )
    extracted: Mapped[str | None] = mapped_column(
        comment="As JSON: its proposals, or why the extractor failed; NULL until that is known."
    )
    extractor_version: Mapped[str | None] = mapped_column(
        comment="Version of the extraction rules that they come from."
    )
