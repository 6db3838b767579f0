"""What a reviewer has before them: the card, what was changed on it, and what the keys mean now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from claims.model.span import Span, Spans
from claims.review.card import Act, Candidate, Card, HopView
from claims.terminal.keys.table import InputMode
from claims.terminal.screen.article import Extent, Passage

Changes = Mapping[str, object]


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
    said: str


@dataclass(frozen=True, slots=True)
class PickedSource:
    """What is remembered of a source that was picked: a claim's fields have its id alone."""

    name: str
    kind: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class ChainTemplate:
    """A chain that others may be made like."""

    version: UUID
    chain: tuple[Mapping[str, Any], ...]


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
        steps: What was changed on the card: all changes after each step, the last hold.
        saved_draft: What the database has of that, should the program end now.
        mode: What the keys mean where no line is being typed.
        hop: The hop that keys of the chain change; from 1.
        position: The word that is split before, or the line that is scrolled to.
        end: Whether the end of the words is moved, not the beginning.
        search_results: Sources found by name.
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
    steps: tuple[Changes, ...] = ()
    saved_draft: Changes = field(default_factory=dict)
    mode: InputMode = InputMode.CARD
    hop: int = 1
    position: int = 0
    end: bool = True
    extent: Extent = Extent.ALL
    search_results: tuple[Candidate, ...] = ()
    picked_sources: Mapping[str, PickedSource] = field(default_factory=dict)
    field: Field | None = None
    stale_card: Card | None = None
    marked_cards: tuple[Card, ...] = ()
    pending_action: str = ""
    message: Message = Message("")
    last_saved: SavedDecision | None = None
    last_decisions: tuple[Act, ...] = ()
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
        return self.mode if self.field is None else InputMode.TYPING

    @property
    def changes(self) -> Changes:
        """What was changed on the card."""
        return self.steps[-1] if self.steps else {}

    @property
    def fields(self) -> dict[str, object]:
        """The claim's fields with what was changed."""
        return {**(self.card.fields if self.card else {}), **self.changes}

    @property
    def spans(self) -> Spans:
        """Where the words stand, with what was changed."""
        return spans_in(self.fields.get("content", ()))

    @property
    def hops(self) -> tuple[HopView, ...]:
        """The chain with what was changed."""
        if self.card is None or "chain" not in self.changes:
            return self.card.hops if self.card else ()
        chain: Any = self.changes["chain"]
        return tuple(self._hop(number, stated) for number, stated in enumerate(chain, 1))

    @property
    def card_candidates(self) -> tuple[Candidate, ...]:
        """Whom the speaker's mention may mean."""
        return self.card.candidates if self.card else ()

    @property
    def passage(self) -> Passage | None:
        """The article around the claim."""
        if self.card is None:
            return None
        return Passage(self.card.article, self.spans, self.hops)

    def _hop(self, position: int, stated: Mapping[str, Any]) -> HopView:
        assert self.card is not None, "a chain is a card's"  # noqa: S101
        source = UUID(stated["source"]) if stated["source"] else None
        shown = next((hop for hop in self.card.hops if source and hop.source == source), None)
        known = self.picked_sources.get(str(source))
        if shown is not None:
            known = PickedSource(shown.name or "", shown.kind, shown.description)
        return HopView(
            position=position,
            source=source,
            name=known.name if known else (f"source {str(source)[:8]}" if source else None),
            kind=known.kind if known else None,
            description=known.description if known else None,
            mention=spans_in(stated["mention"]),
            cue=spans_in(stated["cue"]),
            capacity=spans_in(stated["capacity"]),
            mode=str(stated["mode"]),
            score=stated.get("link_score"),
            reason=stated.get("link_reason"),
            office=shown.office if shown else None,
        )


def spans_in(value: object) -> Spans:
    """Spans as decisions write them, as spans."""
    assert isinstance(value, Sequence), "decisions write spans as lists"  # noqa: S101
    return tuple(Span(int(start), int(end)) for start, end in value)


def with_changes(state: State, changes: Changes, text: str = "") -> State:
    """The state after one more change on the card."""
    return replace(state, steps=(*state.steps, {**state.changes, **changes}), message=Message(text))


def report_error(state: State, text: str) -> State:
    """The state, with what was not done and why."""
    return replace(state, message=Message(text, is_error=True))


def report(state: State, text: str) -> State:
    """The state, with what the program says."""
    return replace(state, message=Message(text))


def candidates(state: State) -> tuple[Candidate, ...]:
    """Who can be picked by a digit: those found by name, else the card's."""
    return state.search_results or state.card_candidates
