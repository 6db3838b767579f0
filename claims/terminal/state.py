"""What a reviewer has before them: the card, what was changed on it, and what the keys mean now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims.model.claim import BLANK, ClaimState, HopState, changes_between
from claims.model.json import JsonObject
from claims.model.kinds import SourceKind
from claims.model.span import Span, Spans, words_at
from claims.review.card import Candidate, Card, HopView, PlacedReport, RecentDecision
from claims.sources.printed_name import is_name, printed_name
from claims.terminal.hints import lettered_parts
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.article import Extent, Passage


@dataclass(frozen=True, slots=True)
class Field:
    """One line being typed.

    Attributes:
        action: What is done with it.
        prompt: What is asked for.
        text: What stands in it.
        cursor: Before which of its characters the next is put in.
    """

    action: str
    prompt: str
    text: str = ""
    cursor: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """What the program says of the last key; an error is what a person must not overlook."""

    text: str
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class SavedDecision:
    """The last thing that was written.

    Attributes:
        number: In the ledger; 0 for a reading that is sealed as yet.
        at: By the server's clock; None for a sealed reading, whose time nobody is told.
    """

    number: int
    at: datetime | None
    summary: str


@dataclass(frozen=True, slots=True)
class PickedSource:
    """What is remembered of a source that was picked: a claim's fields have its id alone."""

    name: str
    kind: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class ChainTemplate:
    """A chain that others may be made like, and the names of its sources."""

    version: UUID
    chain: tuple[HopState, ...]
    names: tuple[str, ...]


class ProgramRequest(NamedTuple):
    """What only the program around the screen can do."""

    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Everything that a screen shows.

    Attributes:
        ready: Whether the first card was looked for.
        card: None where nothing waits.
        steps: The claim after each change on the card; the last holds.
        saved_draft: The draft that the database has of that, should the program end now.
        mode: What the keys mean where no line is being typed.
        hop: The hop that keys of the chain change; from 1.
        position: The word that is split before, or the line that is scrolled to.
        end: Whether the end of the words is moved, not the beginning.
        sentence: The words that a claim would be added of.
        reports: The claims of the article, where one is added.
        said_by: Who is likely to say those words; None if nobody known is.
        new_name: The name that they are said by and no source has; empty if there is none.
        new_kind: What they would be added as: a group where nobody is named, but described.
        search_results: Sources found by name.
        searched: The name that was typed for them.
        choosing: The mode that a new source is added for.
        left: The line that was left last on this card; it is there again when it is asked for.
        neighbours: The next and the previous claim, where this one is merged with one of them.
        picked_sources: Sources that were picked, by id.
        stale_card: The card as it was before somebody else changed it; both are shown.
        marked_cards: The claims to be decided together.
        pending_action: How those will be decided once that is confirmed.
        counts: How many wait, and how many acts were done today.
        history: The claims shown before this one, to be come back to.
        resume_after: The last claim passed over undecided; the queue goes on after it.
        template: The article and chain of the claim accepted last, for others by its speaker.
        request: What the program around the screen shall do: quit, copy, open, or start the editor.
        size: Columns and lines of the screen when the last key came, for scrolling.
        rate: Decisions a minute.
        lease: Seconds for which the card is this reviewer's.
    """

    name: str = ""
    order: str = ""
    filter_text: str = ""
    ready: bool = False
    card: Card | None = None
    steps: tuple[ClaimState, ...] = ()
    saved_draft: JsonObject = field(default_factory=dict)
    mode: InputMode = InputMode.CARD
    hop: int = 1
    position: int = 0
    end: bool = True
    extent: Extent = Extent.ALL
    sentence: Spans = ()
    reports: tuple[PlacedReport, ...] = ()
    said_by: Candidate | None = None
    new_name: str = ""
    new_kind: SourceKind = SourceKind.PERSON
    search_results: tuple[Candidate, ...] = ()
    searched: str = ""
    choosing: InputMode = InputMode.CARD
    left: Field | None = None
    neighbours: tuple[Card | None, Card | None] = (None, None)
    picked_sources: Mapping[str, PickedSource] = field(default_factory=dict)
    field: Field | None = None
    stale_card: Card | None = None
    marked_cards: tuple[Card, ...] = ()
    pending_action: str = ""
    message: Message = Message("")
    last_saved: SavedDecision | None = None
    last_decisions: tuple[RecentDecision, ...] = ()
    counts: tuple[int, int] = (0, 0)
    history: tuple[UUID, ...] = ()
    resume_after: UUID | None = None
    template: ChainTemplate | None = None
    request: ProgramRequest | None = None
    size: tuple[int, int] = (80, 24)
    rate: float = 0.0
    lease: float | None = None

    @property
    def active_mode(self) -> InputMode:
        """What the keys mean now: a line being typed has all of them."""
        return self.key_mode if self.field is None else InputMode.TYPING

    @property
    def key_mode(self) -> InputMode:
        """What the keys mean where no line is being typed: a claim that came back has its own."""
        returned = self.card is not None and self.card.returned is not None
        return InputMode.RETURNED if returned and self.mode is InputMode.CARD else self.mode

    @property
    def current_card(self) -> Card:
        """The card, for actions that are done on one: without a card their keys do nothing."""
        assert self.card is not None, "an action that needs a card"  # noqa: S101 - for the type checker
        return self.card

    @property
    def changes(self) -> JsonObject:
        """The fields that were changed on the card, with their values."""
        return changes_between(self.card.state, self.claim) if self.card else {}

    @property
    def claim(self) -> ClaimState:
        """The claim with what was changed; blank without a card."""
        if self.steps:
            return self.steps[-1]
        return self.card.state if self.card else BLANK

    @property
    def spans(self) -> Spans:
        """Where the words stand, with what was changed."""
        return self.claim.content

    @property
    def hops(self) -> tuple[HopView, ...]:
        """The chain with what was changed."""
        if self.card is None or self.claim.chain == self.card.state.chain:
            return self.card.hops if self.card else ()
        return tuple(self._hop(position, hop) for position, hop in enumerate(self.claim.chain, 1))

    @property
    def unknown_name(self) -> str:
        """The name that the words give a speaker who has no source; empty if they give none."""
        if self.card is None or not self.hops or self.hops[0].source is not None:
            return ""
        article = self.card.article
        name = printed_name(article, words_at(article, self.hops[0].mention))
        return name if is_name(article, name) else ""

    @property
    def card_candidates(self) -> tuple[Candidate, ...]:
        """Whom the speaker's mention may mean."""
        return self.card.candidates if self.card else ()

    @property
    def lettered(self) -> dict[str, tuple[Span, ...]]:
        """For each letter the words that it marks, where a claim is added."""
        if self.card is None or not self.sentence:
            return {}
        claimed = {one.content for one in self.reports}
        return lettered_parts(self.card.article, claimed, self.sentence[0])

    @property
    def passage(self) -> Passage | None:
        """The article around the claim."""
        if self.card is None:
            return None
        if self.mode is InputMode.ADD:
            letters = {letter: parts[0].start for letter, parts in self.lettered.items()}
            return Passage(self.card.article, self.sentence or self.spans, (), letters)
        return Passage(self.card.article, self.spans, self.hops)

    def _hop(self, position: int, hop: HopState) -> HopView:
        hops = self.current_card.hops
        shown = next((one for one in hops if hop.source and one.source == hop.source), None)
        source = self.picked_sources.get(str(hop.source))
        if shown is not None:
            source = PickedSource(shown.name or "", shown.kind, shown.description)
        unnamed = f"source {str(hop.source)[:8]}" if hop.source else None
        return HopView(
            position=position,
            source=hop.source,
            name=source.name if source else unnamed,
            kind=source.kind if source else None,
            description=source.description if source else None,
            mention=hop.mention,
            cue=hop.cue,
            capacity=hop.capacity,
            mode=hop.mode,
            score=hop.link_score,
            reason=hop.link_reason,
            office=shown.office if shown else None,
        )


def with_change(state: State, claim: ClaimState, text: str = "") -> State:
    """The state after one more change of the claim on the card."""
    return replace(state, steps=(*state.steps, claim), message=Message(text))


def with_fresh_card(state: State, card: Card) -> State:
    """The state with its card as it is now in the database; what was changed holds on that too."""
    before = state.current_card.state
    steps = tuple(card.state.with_changes(changes_between(before, step)) for step in state.steps)
    return replace(state, card=card, steps=steps)


def report_error(state: State, text: str) -> State:
    """The state, with what was not done and why."""
    return replace(state, message=Message(text, is_error=True))


def report(state: State, text: str) -> State:
    """The state, with what the program says."""
    return replace(state, message=Message(text))


def candidates(state: State) -> tuple[Candidate, ...]:
    """Who can be picked by a digit: those found by name, else the card's."""
    return state.search_results or state.card_candidates
