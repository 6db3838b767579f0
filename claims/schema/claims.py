"""Claims and their attributions: who said it, in which words, through whom."""

import uuid
from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    Double,
    Index,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, JSONB, Range
from sqlalchemy.orm import Mapped, mapped_column

from claims.model.kinds import ClaimClass, ClaimStatus, Form, LinkKind, Mode
from claims.schema.base import Base, ChangedIn, Key, Recorded, Revision, Spans, one_of, points_to

# Same words, whatever their case, marks and spacing; of a few words that says nothing.
WORDS = (
    "hashtextextended(regexp_replace(lower(text), '[^[:alnum:]]+'::text, ' '::text, 'g'::text),"
    " 0::bigint)"
)
ANCHOR_STATES = ("same", "moved", "altered", "lost", "ambiguous")
# What claims_v1 publishes and how it says the day; as PostgreSQL prints both back.
PUBLISHED = "status = ANY (ARRAY['accepted'::text, 'corrected'::text])"
DAY = "(NULLIF(listed_on, '0001-01-01'::date))"
# As PostgreSQL prints it back, so that metadata and database compare equal.
SEARCH = "to_tsvector('english'::regconfig, (COALESCE(statement, ''::text) || ' '::text) || text)"


class ClaimRow(Base):
    """One report, in one version, that somebody stated something."""

    __tablename__ = "claim"
    __table_args__ = (
        # A hash of the places: they are longer than the rest of the key.
        Index(
            "uq_claim_version_content_spans",
            "version",
            text("hash_multirange_extended(content_spans, 0::bigint)"),
            unique=True,
        ),
        one_of("form", Form),
        one_of("status", ClaimStatus),
        CheckConstraint("NOT isempty(content_spans)", name="content_spans"),
        CheckConstraint("NOT isempty(said_on)", name="said_on"),
        CheckConstraint("extractor_score BETWEEN 0 AND 1", name="extractor_score"),
        CheckConstraint("(extractor_score IS NULL) = (rule = 'editor')", name="rule"),
        one_of("class", ClaimClass),
        CheckConstraint("name_score BETWEEN 0 AND 1", name="name_score"),
        CheckConstraint("suggested_name IS NULL OR name_score IS NOT NULL", name="suggested_name"),
        CheckConstraint(
            "suggested_name IS NULL OR revision > 0 OR speaker IS NULL", name="suggested"
        ),
        CheckConstraint("hearer IS NOT NULL OR isempty(hearer_spans)", name="hearer"),
        CheckConstraint("attribution_confidence BETWEEN 0 AND 1", name="attribution_confidence"),
        CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility"),
        CheckConstraint(
            "revision > 0 OR (status = 'proposed' AND statement IS NULL"
            " AND attribution_confidence IS NULL AND credibility IS NULL)",
            name="undecided",
        ),
        Index("ix_claim_timeline", "speaker", text("listed_on DESC"), text("id DESC")),
        # Nearly every claim is a proposal.
        Index(
            "ix_claim_status_id",
            "status",
            "id",
            postgresql_where=text("status <> 'proposed'"),
        ),
        Index("ix_claim_search", text(SEARCH), postgresql_using="gin"),
        Index(
            "ix_claim_published",
            "speaker",
            text("listed_on DESC"),
            text("id DESC"),
            postgresql_where=text(PUBLISHED),
        ),
        Index("ix_claim_published_day", text(DAY), "speaker", postgresql_where=text(PUBLISHED)),
        Index(
            "ix_claim_published_search",
            text(SEARCH),
            postgresql_using="gin",
            postgresql_where=text(PUBLISHED),
        ),
        Index(
            "ix_claim_words",
            text(WORDS),
            postgresql_where=text("char_length(text) >= 30"),
        ),
        {"comment": "One report, in one version of a document, that somebody stated something."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from the version and the content's spans.")
    version: Mapped[uuid.UUID] = mapped_column(
        points_to("document_version"), comment="The text it stands in."
    )
    form: Mapped[str] = mapped_column(
        comment="quote (all between quotation marks), mixed (partly) or paraphrase (none)."
    )
    content_spans: Mapped[Spans] = mapped_column(
        comment="Where the words that carry it stand, in code points, half-open."
    )
    text: Mapped[str] = mapped_column(
        Text, comment="The words at content_spans, slices separated by an ellipsis; checked."
    )
    statement: Mapped[str | None] = mapped_column(
        comment="The claim in words that stand alone, written or confirmed by an editor."
    )
    speaker: Mapped[uuid.UUID | None] = mapped_column(
        points_to("source"), comment="Source of the attribution at position 1; empty if unknown."
    )
    said_on: Mapped[Range[date] | None] = mapped_column(
        DATERANGE, comment="The days on which it can have been said, from the text alone."
    )
    said_on_text: Mapped[str | None] = mapped_column(comment="When it was said, as printed.")
    listed_on: Mapped[date] = mapped_column(
        Date,
        comment="Day a timeline lists it under: the first it can have been said on, else that of"
        " publication, else 0001-01-01; kept by the database.",
    )
    said_on_spans: Mapped[Spans] = mapped_column(
        server_default="{}",
        comment="Where the machine found when it was said; never changed, as said_on_text may be.",
    )
    venue: Mapped[str | None] = mapped_column(comment="Where or how it was said, as printed.")
    venue_spans: Mapped[Spans] = mapped_column(
        server_default="{}",
        comment="Where the machine found the venue; never changed, as venue may be.",
    )
    status: Mapped[str] = mapped_column(
        comment="proposed, later (put aside), second_reading, disputed, accepted, corrected,"
        " rejected, withdrawn or replaced (split, merged)."
    )
    revision: Mapped[Revision]
    changed_in: Mapped[ChangedIn]
    run: Mapped[uuid.UUID] = mapped_column(points_to("run"), comment="The run that proposed it.")
    rule: Mapped[str] = mapped_column(comment="The rule that found it.")
    extractor_score: Mapped[float | None] = mapped_column(
        Double,
        comment="0 to 1: how likely the machine's whole proposal is right; empty if a person"
        " added it.",
    )
    claim_class: Mapped[str] = mapped_column(
        "class",
        server_default="speech",
        comment="speech, request, label, finding or belief: of which kind the words are, as the"
        " machine has it.",
    )
    name_score: Mapped[float | None] = mapped_column(
        Double,
        comment="0 to 1: how likely the machine's name of the speaker is right; empty if it names"
        " nobody.",
    )
    suggested_name: Mapped[str | None] = mapped_column(
        comment="Whom the machine would name as the speaker if it were surer."
    )
    hearer: Mapped[str | None] = mapped_column(comment="Whom it was said to, as printed.")
    hearer_spans: Mapped[Spans] = mapped_column(
        server_default="{}",
        comment="Where they are named; empty in another version than the machine read.",
    )
    attribution_confidence: Mapped[float | None] = mapped_column(
        Double, comment="0 to 1: how sure the editor is that this person said this."
    )
    credibility: Mapped[int | None] = mapped_column(
        SmallInteger,
        comment="1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged.",
    )
    recorded_at: Mapped[Recorded]


class AttributionRow(Base):
    """One hop of a claim's chain."""

    __tablename__ = "attribution"
    __table_args__ = (
        one_of("mode", Mode),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("(mention = '') = isempty(mention_spans)", name="mention"),
        CheckConstraint("(cue = '') = isempty(cue_spans)", name="cue"),
        CheckConstraint("(capacity IS NULL) = isempty(capacity_spans)", name="capacity"),
        CheckConstraint("link_score BETWEEN 0 AND 1", name="link_score"),
        CheckConstraint("(source IS NULL) = (link_rule IS NULL)", name="link_rule"),
        Index(None, "source"),
        Index("ix_attribution_described", "source", postgresql_where=text("capacity IS NOT NULL")),
        {"comment": "One hop of a claim's chain, from the voice (position 1) outward."},
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim whose chain it belongs to."
    )
    position: Mapped[int] = mapped_column(
        Integer,
        primary_key=True,
        autoincrement=False,
        comment="1 for the voice whose words they are, then each carrier outward, without gaps.",
    )
    source: Mapped[uuid.UUID | None] = mapped_column(
        points_to("source"), comment="Who it is; empty if nobody knows."
    )
    mention: Mapped[str] = mapped_column(comment="The words that name the source, as printed.")
    mention_spans: Mapped[Spans] = mapped_column(comment="Where the mention stands.")
    cue: Mapped[str] = mapped_column(comment="The words that report, as printed.")
    cue_spans: Mapped[Spans] = mapped_column(comment="Where the cue stands.")
    capacity: Mapped[str | None] = mapped_column(comment="Office or role as printed.")
    capacity_spans: Mapped[Spans] = mapped_column(
        server_default=text("'{}'"), comment="Where the office or role stands."
    )
    mode: Mapped[str] = mapped_column(comment="says, denies, expects, asks, promises or believes.")
    link_rule: Mapped[str | None] = mapped_column(
        comment="How the mention was linked to its source; empty if no source is known."
    )
    link_score: Mapped[float | None] = mapped_column(
        Double, comment="0 to 1: how sure that link is; empty if the mention created the source."
    )
    link_reason: Mapped[str | None] = mapped_column(comment="Why, in words.")


class OtherProposalRow(Base):
    """What another program proposes for the words of a claim."""

    __tablename__ = "other_proposal"
    __table_args__ = (
        one_of("mode", Mode),
        CheckConstraint("program <> ''", name="program"),
        CheckConstraint("(mention = '') = isempty(mention_spans)", name="mention"),
        CheckConstraint("rule <> 'editor'", name="rule"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        Index(None, "run"),
        {
            "comment": "What another program proposes for the words of a claim that one program"
            " proposed first."
        },
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim with these words."
    )
    program: Mapped[str] = mapped_column(
        primary_key=True, comment="The program; claims for the one that comes with this database."
    )
    run: Mapped[uuid.UUID] = mapped_column(
        points_to("run"), comment="The run that proposed it, with the program's version."
    )
    speaker: Mapped[uuid.UUID | None] = mapped_column(
        points_to("source"), comment="Whom it has for the speaker; empty if nobody."
    )
    mention: Mapped[str] = mapped_column(comment="The words that name the speaker, as printed.")
    mention_spans: Mapped[Spans] = mapped_column(comment="Where it finds the speaker named.")
    mode: Mapped[str] = mapped_column(comment="What the speaker does with the words.")
    rule: Mapped[str] = mapped_column(comment="How the program found it.")
    score: Mapped[float] = mapped_column(
        Double, comment="0 to 1: how likely the program takes it to be right."
    )
    recorded_at: Mapped[Recorded]


class ClaimParentRow(Base):
    """Which claims a split or merged claim was made of."""

    __tablename__ = "claim_parent"
    __table_args__ = (
        CheckConstraint("claim <> parent", name="two"),
        Index(None, "parent"),
        {"comment": "Which claims a split or merged claim was made of. Rows are only ever added."},
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim that was made."
    )
    parent: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="A claim it was made of."
    )


class AnchorRow(Base):
    """Where a claim stands in another version of its document."""

    __tablename__ = "anchor"
    __table_args__ = (
        one_of("state", ANCHOR_STATES),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        CheckConstraint("runner_up BETWEEN 0 AND 1", name="runner_up"),
        CheckConstraint("(state = 'lost') = isempty(spans)", name="spans"),
        CheckConstraint(
            "changes <@ ARRAY['typography', 'words', 'number', 'negation', 'attribution', 'form']",
            name="changes",
        ),
        CheckConstraint(
            "state NOT IN ('same', 'moved') OR changes <@ ARRAY['typography']", name="calm"
        ),
        CheckConstraint("jsonb_typeof(hop_spans) = 'array'", name="hop_spans"),
        CheckConstraint("method <> ''", name="method"),
        Index(None, "version"),
        Index(
            "ix_anchor_unsettled",
            "version",
            "claim",
            postgresql_where=text("state IN ('altered', 'lost', 'ambiguous')"),
        ),
        {"comment": "Where a claim stands in another version of its document."},
    )

    claim: Mapped[uuid.UUID] = mapped_column(
        points_to("claim"), primary_key=True, comment="The claim sought."
    )
    version: Mapped[uuid.UUID] = mapped_column(
        points_to("document_version"), primary_key=True, comment="The text it was sought in."
    )
    spans: Mapped[Spans] = mapped_column(comment="Where it was found; empty if lost.")
    state: Mapped[str] = mapped_column(comment="same, moved, altered, lost or ambiguous.")
    score: Mapped[float] = mapped_column(
        Double, comment="0 to 1: how likely the place is right, by its words and surroundings."
    )
    runner_up: Mapped[float | None] = mapped_column(
        Double, comment="0 to 1: the same of the next best place; empty if there is no other."
    )
    changes: Mapped[list[str]] = mapped_column(
        ARRAY(Text),
        server_default="{}",
        comment="What differs: typography, words, number, negation, attribution, form.",
    )
    hop_spans: Mapped[list[dict[str, list[list[int]]]]] = mapped_column(
        JSONB,
        server_default="[]",
        comment="For each hop in order where mention, cue and capacity stand there.",
    )
    method: Mapped[str] = mapped_column(
        comment="Which form of the algorithm found it; a newer one may find it anew."
    )
    recorded_at: Mapped[Recorded]


class ClaimLinkRow(Base):
    """How two claims relate to each other."""

    __tablename__ = "claim_link"
    __table_args__ = (
        UniqueConstraint("a", "b", "kind"),
        one_of("kind", LinkKind),
        CheckConstraint("a <> b", name="two"),
        CheckConstraint(
            "linked_by IS NOT NULL OR kind IN ('same_words', 'same_content')", name="of_machine"
        ),
        Index(None, "b"),
        {"comment": "How two claims relate to each other; found by the machine or by a person."},
    )

    id: Mapped[Key] = mapped_column(comment="Made from both claims and the kind.")
    a: Mapped[uuid.UUID] = mapped_column(points_to("claim"), comment="The one that is linked.")
    b: Mapped[uuid.UUID] = mapped_column(points_to("claim"), comment="The one it is linked to.")
    kind: Mapped[str] = mapped_column(
        comment="same_words, same_content, contradicts, narrows or retracts."
    )
    linked_by: Mapped[uuid.UUID | None] = mapped_column(
        points_to("reviewer"), comment="Who linked them; empty for the machine."
    )
    recorded_at: Mapped[Recorded]


# Literals, as a plan with parameters in their places finds no index.
SEARCHED: ColumnElement[str] = func.to_tsvector(
    literal_column("'english'::regconfig"),
    func.coalesce(ClaimRow.statement, literal_column("''"))
    .op("||")(literal_column("' '"))
    .op("||")(ClaimRow.text),
)
"""Words of a claim's statement and text, for full-text search: what the indexes hold."""
