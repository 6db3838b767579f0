"""Runs and the problems they met."""

import uuid

from sqlalchemy import CheckConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from claims.schema.base import Base, Key, Moment, Recorded, points_to


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
