"""A claim as it is shown, its history, and filters for lists of claims."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from claims.model.kinds import ClaimClass, ClaimStatus, Form
from claims.model.reported import labels, name_of, reported
from claims.model.span import Spans


@dataclass(frozen=True, slots=True)
class SourceLink:
    """How a mention was linked to its source.

    Attributes:
        rule: register, article, office, name or new; person if somebody decided it.
        score: 0 to 1; None if the source was made from the mention.
        reason: Why, in words.
        merged: Whether the source it was linked to is now shown as another.
    """

    rule: str
    score: float | None
    reason: str | None
    merged: bool


@dataclass(frozen=True, slots=True)
class HopCard:
    """One attribution as it is shown.

    Attributes:
        source: The source it is shown as, after merges; None if nobody is named.
        name: That source's name.
        description: Who or what the source is, in a few words.
    """

    position: int
    source: uuid.UUID | None
    name: str | None
    kind: str | None
    description: str | None
    mention: str
    cue: str
    capacity: str | None
    mode: str
    linked: SourceLink | None


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim as it is shown.

    Attributes:
        paragraph: Number of the paragraph its content begins in, from 1.
        said_on: First and last possible day, both included.
        hops: From the voice outward.
        document_note: Of an article that is not usable, who decided so, when and why.
        origin_note: Through which withdrawn article it came, if it did.
        copy_note: What its article is printed from, if it is a copy.
        credit_note: Whom its article credits with its text, where that was asked for: the agency
            carried what the article reports without another carrier.
        claim_class: speech, request, label, finding or belief.
        name_score: 0 to 1, how sure the machine's name of the speaker is; None without one.
        suggested_name: Whom the machine would name if it were surer.
        hearer: Whom it was said to, as printed.
    """

    id: uuid.UUID
    form: str
    text: str
    statement: str | None
    spans: Spans
    paragraph: int
    said_on: tuple[date, date] | None
    said_on_text: str | None
    venue: str | None
    status: str
    revision: int
    rule: str
    extractor_score: float | None
    attribution_confidence: float | None
    credibility: int | None
    document: uuid.UUID
    version: int
    title: str | None
    outlet: str | None
    url: str | None
    published_at: datetime | None
    document_status: str
    hops: tuple[HopCard, ...] = ()
    document_note: str | None = None
    origin_note: str | None = None
    copy_note: str | None = None
    credit_note: str | None = None
    claim_class: str = ClaimClass.SPEECH.value
    name_score: float | None = None
    suggested_name: str | None = None
    hearer: str | None = None

    @property
    def short_id(self) -> str:
        """The start of the id that people type."""
        return str(self.id)[:8]

    @property
    def speaker(self) -> str:
        """The speaker's name; if nobody is named, the printed words in brackets."""
        voice = self.hops[0]
        return name_of(voice.name, voice.mention)

    @property
    def mode(self) -> str:
        """What the speaker does with the words: says, denies, asks and so on."""
        return self.hops[0].mode

    @property
    def article_mark(self) -> str:
        """What follows the article's name unless it is usable: ` (withdrawn)`."""
        return "" if self.document_status == "usable" else f" ({self.document_status})"

    @property
    def carriers(self) -> tuple[str, ...]:
        """Those through whom it came, from the voice outward: `Ben Strand (denies)`."""
        return labels((name_of(hop.name, hop.mention), hop.mode) for hop in self.hops[1:])

    @property
    def reported(self) -> str:
        """The words after what the chain does with them: `denies: she was given the report`."""
        return self._reported(self.text)

    @property
    def meaning(self) -> str:
        """The statement, else the words, likewise."""
        return self._reported(self.statement or self.text)

    def _reported(self, words: str) -> str:
        return reported(words, [(name_of(hop.name, hop.mention), hop.mode) for hop in self.hops])


@dataclass(frozen=True, slots=True)
class RelatedClaim:
    """Another claim that is related to one.

    Attributes:
        relation: The kind of link (same_words, contradicts and so on), or parent or part of a split
            or merge.
        inward: Whether the link points from the other claim to this one.
        mode: What its speaker does with the words.
        reported: The words after what its chain does with them.
    """

    relation: str
    inward: bool
    id: uuid.UUID
    status: str
    words: str
    mode: str
    reported: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision on a claim, as a line of its history."""

    no: int
    at: datetime
    by: str
    action: str
    change: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class AnchorLine:
    """How a claim stands in another version of its article.

    Attributes:
        version: The version's number.
        state: same, moved, altered, lost or ambiguous.
        changes: How it differs there.
        old: The claim's words that are not there.
        new: The words there that are not the claim's.
    """

    version: int
    state: str
    changes: tuple[str, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class History:
    """The decisions on a claim, the claims related to it, and other versions of its article.

    Attributes:
        related: Claims that are linked to it, that it was made from, or that were made from it.
        decisions: The latest last.
        anchors: How it stands in other versions, by their numbers.
        others: Which other programs propose its words, or words that overlap them.
    """

    related: tuple[RelatedClaim, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    anchors: tuple[AnchorLine, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A row of `claims_v1.corroboration`, whose comments say more.

    Attributes:
        utterance: The claim that names the utterance.
        heard_by: Independent origins: that it was said.
        origins: Their names.
        asserted_by: Independent speakers: that it is so.
        opposed: Whether a published claim contradicts it, as a person settled.
        suggested_credibility: 1 to 6; an editor sets the credibility.
        suggestion: Why that one.
    """

    utterance: uuid.UUID
    printings: int
    outlets: int
    heard_by: int
    origins: str | None
    first_printing: uuid.UUID | None
    first_printed_at: datetime | None
    asserted_by: int
    opposed: bool
    suggested_credibility: int
    suggestion: str

    @property
    def reach(self) -> str:
        """Such as `6 printings, 4 outlets, 1 origin (IRNA)`."""
        counts = ((self.printings, "printing"), (self.outlets, "outlet"), (self.heard_by, "origin"))
        line = ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts)
        return f"{line} ({self.origins})" if self.origins else line


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on claims; a claim must meet all that are not None.

    Attributes:
        speaker: Part of one of the speaker's names.
        outlet: Part of the publishing outlet's name.
        since: First day of publication.
        until: Last day of publication, included.
        words: Words of the claim, as a web search takes them.
        classes: Of which classes it may be; of any if empty.
        extractor: A program that proposes it, with or without its version.
        published: True for claims that are published.
    """

    speaker: str | None = None
    outlet: str | None = None
    status: ClaimStatus | None = None
    form: Form | None = None
    since: date | None = None
    until: date | None = None
    words: str | None = None
    extractor: str | None = None
    published: bool | None = None
    classes: frozenset[ClaimClass] = frozenset()
