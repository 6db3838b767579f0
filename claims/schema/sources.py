"""Sources: who can be quoted or carry a quote, under which names, in which office, when."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, Computed, Date, Double, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.kinds import SourceKind
from claims.schema.base import (
    Base,
    ChangedIn,
    Key,
    NewKey,
    Recorded,
    Revision,
    Spans,
    one_of,
    points_to,
)

NAME_KINDS = ("canonical", "alias", "former", "transliteration")
RATINGS = ("A", "B", "C", "D", "E", "F")


class SourceRow(Base):
    """A person, organisation, outlet or group."""

    __tablename__ = "source"
    __table_args__ = (
        one_of("kind", SourceKind),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("merged_into <> id", name="not_into_itself"),
        CheckConstraint("wikidata ~ '^Q[1-9][0-9]*$'", name="wikidata"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("revision > 0 OR merged_into IS NULL", name="undecided_unmerged"),
        Index(
            "uq_source_wikidata",
            "wikidata",
            unique=True,
            postgresql_where=text("merged_into IS NULL"),
        ),
        Index(None, "name"),
        Index(None, "itself", postgresql_where=text("merged_into IS NULL")),
        {"comment": "Whoever a claim is attributed to or came through; never deleted."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from the kind and name it was first met with.")
    kind: Mapped[str] = mapped_column(comment="person, organisation, outlet or group.")
    name: Mapped[str] = mapped_column(comment="The name it is shown by.")
    description: Mapped[str | None] = mapped_column(comment="Who or what it is, in a few words.")
    wikidata: Mapped[str | None] = mapped_column(comment="Wikidata item, Q and a number.")
    country: Mapped[str | None] = mapped_column(comment="ISO 3166-1 alpha-2 code.")
    homepage: Mapped[str | None] = mapped_column(comment="Address of its own site.")
    merged_into: Mapped[uuid.UUID | None] = mapped_column(
        points_to("source"),
        comment="The source it was merged into; a pointer, so that the merge can be undone.",
    )
    revision: Mapped[Revision]
    changed_in: Mapped[ChangedIn]
    run: Mapped[uuid.UUID | None] = mapped_column(
        points_to("run"), comment="The run that first met it; empty if a person added it."
    )
    recorded_at: Mapped[Recorded]
    itself: Mapped[uuid.UUID] = mapped_column(
        Computed("id", persisted=True),
        comment="The id once more, so that the planner tells a source from where it ends when it"
        " walks back from a name to claims; kept by the database.",
    )


class SourceNameRow(Base):
    """A name that a source is or was known by."""

    __tablename__ = "source_name"
    __table_args__ = (
        UniqueConstraint("source", "name", "kind"),
        one_of("kind", NAME_KINDS),
        CheckConstraint("name <> ''", name="name"),
        Index(None, "keys", postgresql_using="gin"),
        {"comment": "A name that a source is or was known by."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from the source, the name and its kind.")
    source: Mapped[uuid.UUID] = mapped_column(points_to("source"), comment="Whose name it is.")
    name: Mapped[str] = mapped_column(comment="The name as printed.")
    kind: Mapped[str] = mapped_column(comment="canonical, alias, former or transliteration.")
    language: Mapped[str | None] = mapped_column(comment="BCP 47 tag, if the name has one.")
    keys: Mapped[list[str]] = mapped_column(
        ARRAY(Text),
        comment="What the name is found by when a mention is resolved; made from it.",
    )


class SourceRoleRow(Base):
    """An office that a source held."""

    __tablename__ = "source_role"
    __table_args__ = (
        UniqueConstraint(
            "source", "title", "organisation", "valid", postgresql_nulls_not_distinct=True
        ),
        CheckConstraint("title <> ''", name="title"),
        Index(None, "keys", postgresql_using="gin"),
        CheckConstraint("NOT isempty(valid)", name="valid"),
        CheckConstraint(
            "(evidence_version IS NULL) = isempty(evidence_spans)", name="evidence_spans"
        ),
        {"comment": "An office that a source held: who was spokesman on the day."},
    )

    id: Mapped[NewKey]
    source: Mapped[uuid.UUID] = mapped_column(points_to("source"), comment="Who held it.")
    title: Mapped[str] = mapped_column(comment="The office's title.")
    organisation: Mapped[uuid.UUID | None] = mapped_column(
        points_to("source"), comment="Where the office is held."
    )
    valid: Mapped[Range[date]] = mapped_column(
        DATERANGE, comment="The days it was held; open where an end is not known."
    )
    evidence: Mapped[str | None] = mapped_column(comment="Where this is known from.")
    evidence_version: Mapped[uuid.UUID | None] = mapped_column(
        points_to("document_version"), comment="The text that says so, if one of ours does."
    )
    evidence_spans: Mapped[Spans] = mapped_column(
        server_default=text("'{}'"), comment="Where that text says it; empty without one."
    )
    keys: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Words of title and organisation that descriptions are found by."
    )


class SourceMergedRow(Base):
    """Which source stands for a merged one: where its pointers end."""

    __tablename__ = "source_merged"
    __table_args__ = (
        CheckConstraint("source <> root", name="two"),
        Index(None, "root"),
        {"comment": "For each merged source the one that stands for it; kept by the database."},
    )

    source: Mapped[uuid.UUID] = mapped_column(
        points_to("source"), primary_key=True, comment="The merged source."
    )
    root: Mapped[uuid.UUID] = mapped_column(
        points_to("source"), comment="The unmerged source that its pointers lead to."
    )


class SourceIdentifierRow(Base):
    """The id of a source in an authority file."""

    __tablename__ = "source_identifier"
    __table_args__ = (
        CheckConstraint("register <> '' AND value <> ''", name="value"),
        Index(None, "source"),
        {"comment": "The id of a source in an authority file: importing it again adds nothing."},
    )

    register: Mapped[str] = mapped_column(primary_key=True, comment="Name of the authority file.")
    value: Mapped[str] = mapped_column(primary_key=True, comment="Its id there.")
    source: Mapped[uuid.UUID] = mapped_column(points_to("source"), comment="The source.")


class SourceSuggestionRow(Base):
    """Two sources that the machine takes for one, for a person to settle."""

    __tablename__ = "source_suggestion"
    __table_args__ = (
        CheckConstraint("a < b", name="order"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        Index(None, "b"),
        Index("ix_source_suggestion_best", text("score DESC"), "a", "b"),
        {"comment": "Two sources that may be one; a person merges them or keeps them apart."},
    )

    a: Mapped[uuid.UUID] = mapped_column(
        points_to("source"), primary_key=True, comment="The smaller id of the two."
    )
    b: Mapped[uuid.UUID] = mapped_column(
        points_to("source"), primary_key=True, comment="The larger id of the two."
    )
    score: Mapped[float] = mapped_column(Double, comment="0 to 1: how likely they are one.")
    reason: Mapped[str] = mapped_column(comment="What speaks for it and against it.")
    recorded_at: Mapped[Recorded]


class SourceDistinctRow(Base):
    """Two sources that are not the same, so that a merge is never suggested again."""

    __tablename__ = "source_distinct"
    __table_args__ = (
        CheckConstraint("a < b", name="order"),
        {"comment": "Two sources known not to be the same; never suggested as a merge again."},
    )

    a: Mapped[uuid.UUID] = mapped_column(
        points_to("source"), primary_key=True, comment="The smaller id of the two sources."
    )
    b: Mapped[uuid.UUID] = mapped_column(
        points_to("source"), primary_key=True, comment="The larger id of the two sources."
    )


class OutletRatingRow(Base):
    """How reliable an outlet is held to be, dated and signed."""

    __tablename__ = "outlet_rating"
    __table_args__ = (
        UniqueConstraint("outlet", "rated_on", "rated_by"),
        one_of("rating", RATINGS),
        {"comment": "How reliable an outlet is held to be, dated and signed."},
    )

    id: Mapped[NewKey]
    outlet: Mapped[uuid.UUID] = mapped_column(points_to("source"), comment="The outlet rated.")
    rating: Mapped[str] = mapped_column(
        comment="A (reliable) to E (unreliable); F cannot be judged, which is not the worst."
    )
    rated_on: Mapped[date] = mapped_column(Date, comment="The day from which it holds.")
    rated_by: Mapped[uuid.UUID] = mapped_column(points_to("reviewer"), comment="Who rated it.")
    why: Mapped[str] = mapped_column(comment="The reasons given.")
