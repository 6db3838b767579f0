"""A card of the queue: one claim with all that a reviewer needs to see of it to decide."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from claims.model.anchor import AnchorState, Change, HopAnchor
from claims.model.claim import ClaimState
from claims.model.json import JsonObject
from claims.model.kinds import ClaimClass
from claims.model.span import Spans, words_at

UNSURE = 0.7
"""Links that score less are marked with `!`: there the scores of docs/sources.md begin to err."""

MOST_PRINTED = 100
"""Articles with the same words that are counted, as the database counts them (0164_printed.sql)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that a mention may mean, the likeliest first.

    Attributes:
        score: 0 to 1, as docs/sources.md explains it; None for one that is only near by.
        reason: What speaks for it.
    """

    source: uuid.UUID
    name: str
    kind: str
    description: str | None
    wikidata: str | None
    score: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class PlacedReport:
    """A claim of an article as a report of its speaker.

    Attributes:
        content: Where its words stand.
        speaker: Who said it, after merges; None where nobody knows.
        mention: Where the article names the speaker; empty if it only implies them.
        settled: Whether a person decided so.
    """

    content: Spans
    speaker: Candidate | None
    mention: Spans
    settled: bool


@dataclass(frozen=True, slots=True)
class HopView:
    """One attribution of the chain, as it stands.

    Attributes:
        position: 1 for the voice, then outward.
        source: The source it is shown as, after merges; None where nobody knows.
        mention: Where the source is named; the other spans likewise.
        score: 0 to 1, how sure the link to the source is; None where the mention made the source,
            or nobody is named.
        office: What the source held on the day, as settled; else the capacity as printed.
    """

    position: int
    source: uuid.UUID | None
    name: str | None
    kind: str | None
    description: str | None
    mention: Spans
    cue: Spans
    capacity: Spans
    mode: str
    score: float | None
    reason: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class DisputedReading:
    """What one of two readers who disagree would decide; the name is withheld.

    Attributes:
        action: accept or reject.
        after: The fields that would change, as they would be.
        reason: Why, in the reader's words.
    """

    action: str
    after: JsonObject
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReturnedClaim:
    """How a published claim stands in the current version of its article, which was edited.

    Attributes:
        version_id: That version.
        version: Its number.
        article: Its text.
        state: What became of the claim there.
        changes: How it differs.
        spans: Where its words stand; empty if they are lost.
        hops: Where its attributions stand.
        score: 0 to 1, how likely the place is right.
        runner_up: The same of the next best place; None if there is no other.
    """

    version_id: uuid.UUID
    version: int
    article: str
    state: AnchorState
    changes: tuple[Change, ...]
    spans: Spans
    hops: tuple[HopAnchor, ...]
    score: float
    runner_up: float | None

    @property
    def words(self) -> str:
        """The words that stand there."""
        return words_at(self.article, self.spans)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a decision has to know of a card as it was shown: no more travels with a form.

    Attributes:
        claim: Which claim.
        revision: Its revision.
        held: Whether its card was leased to whoever saw it.
        article_status: The status of its article.
        edited_in: Of a claim that came back, the version in which its words were seen.
    """

    claim: uuid.UUID
    revision: int
    held: bool
    article_status: str
    edited_in: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One claim before a reviewer.

    Attributes:
        state: The claim's fields.
        version_id: The text it stands in.
        article: The whole of that text, which the spans count.
        number: Which of the article's claims it is, from 1, in the order of the text.
        siblings: How many claims the article has.
        candidates: Whom the speaker's mention may mean, best first, nine at most.
        printed: In how many articles the same words stand; 100 if they are more.
        two_readers: Whether this claim has to be read by two people; what another read is not here.
        disputed: If two readers disagreed, what each would decide.
        draft: What this reviewer typed earlier and did not decide: changes by field.
        lease_until: Until when the card is this reviewer's here; None where it was only looked at.
        elsewhere: Whether it is theirs in another tab or terminal.
        returned: If it is published and came back, how it stands in the current version.
        embargo: Until when nothing of the article is published; None if that is over, or never was.
        article_status: usable, corrected or withdrawn.
        article_note: Who said so, when and why, or which notice waits for a person; else empty.
        settled: Whom people settled the speaker's printed name as, elsewhere in the article, if the
            claim has nobody or somebody else.
        origin_note: Through which withdrawn article the claim came, if it did; else empty.
        others: Which other programs propose its words, or words that overlap them.
        claim_class: speech, request, label, finding or belief.
        name_score: 0 to 1, how sure the machine's name of the speaker is; None without one.
        suggested_name: Whom the machine would name if it were surer.
        hearer: Whom it was said to, as printed.
    """

    claim: uuid.UUID
    revision: int
    state: ClaimState
    version_id: uuid.UUID
    article: str
    title: str | None
    outlet: str | None
    url: str | None
    published_at: datetime | None
    version: int
    number: int
    siblings: int
    rule: str
    extractor_score: float | None
    hops: tuple[HopView, ...]
    candidates: tuple[Candidate, ...]
    printed: int
    two_readers: bool
    disputed: tuple[DisputedReading, ...]
    draft: JsonObject
    lease_until: datetime | None
    elsewhere: bool = False
    returned: ReturnedClaim | None = None
    embargo: datetime | None = None
    article_status: str = "usable"
    article_note: str = ""
    origin_note: str = ""
    settled: Candidate | None = None
    others: tuple[str, ...] = ()
    claim_class: str = ClaimClass.SPEECH.value
    name_score: float | None = None
    suggested_name: str | None = None
    hearer: str | None = None

    @property
    def short_id(self) -> str:
        """The start of the id that people type."""
        return str(self.claim)[:8]

    @property
    def seen(self) -> Seen:
        """What a decision on it has to know."""
        return Seen(
            self.claim,
            self.revision,
            self.lease_until is not None,
            self.article_status,
            self.returned.version_id if self.returned else None,
        )


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a reviewer goes on.

    Attributes:
        claim: The claim that is leased to them now; None if nothing waits.
        card: Its card, where it was asked for.
        after: What is still passed over; None if they begin again with the first.
    """

    claim: uuid.UUID | None
    card: Card | None
    after: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class RecentDecision:
    """One of a reviewer's own decisions, as the list of the latest shows it.

    Attributes:
        no: Its place in the ledger; 0 for a reading that is sealed as yet.
        undone: Whether it does not stand any more.
    """

    decision: uuid.UUID
    no: int
    at: datetime
    action: str
    claim: uuid.UUID
    words: str
    change: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision.

    Attributes:
        number: The place in the ledger; 0 where it is a sealed reading, None where nothing changed.
        at: The server's time.
        claim: What was decided on.
        summary: One line for people: "accepted, ledger 12", "read; waits for the second reader".
    """

    number: int | None
    at: datetime | None
    claim: uuid.UUID
    summary: str
