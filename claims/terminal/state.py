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
        act: What is done with it.
        prompt: What is asked for.
        text: What stands in it.
        cursor: Before which of its characters the next is put in.
    """

    act: str
    prompt: str
    text: str = ""
    cursor: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """What the program says of the last key; bad is what a person must not overlook."""

    text: str
    bad: bool = False


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
        kept: What the database has of that, should the program end now.
        place: What the keys mean.
        hop: The hop in hand, in the chain; from 1.
        at: The word that is parted before, or the line that is scrolled to.
        end: Whether the end of the words is moved, not the beginning.
        found: Sources found by name.
        known: Sources that were picked, by id.
        loaded: The card as it was before somebody else changed it; both are shown.
        marked: The claims to be decided together.
        pending: How those will be decided once that is confirmed.
        counts: How many wait, and how many acts were done today.
        seen: The claims shown before this one, to be come back to.
        passed: The last claim that was passed over without a decision: the queue goes on after it.
        model: The article and chain of the claim accepted last, for the next by the same speaker.
        wish: What the program around the screen shall do: quit, copy, open, or start the editor.
        rate: Decisions a minute.
        lease: Seconds for which the card is this reviewer's.
    """

    name: str = ""
    order: str = ""
    filtered: str = ""
    ready: bool = False
    card: Card | None = None
    steps: tuple[Changes, ...] = ()
    kept: Changes = field(default_factory=dict)
    place: InputMode = InputMode.CARD
    hop: int = 1
    at: int = 0
    end: bool = True
    extent: Extent = Extent.ALL
    found: tuple[Candidate, ...] = ()
    known: Mapping[str, PickedSource] = field(default_factory=dict)
    field: Field | None = None
    loaded: Card | None = None
    marked: tuple[Card, ...] = ()
    pending: str = ""
    told: Message = Message("")
    saved: SavedDecision | None = None
    acts: tuple[Act, ...] = ()
    counts: tuple[int, int] = (0, 0)
    seen: tuple[UUID, ...] = ()
    passed: UUID | None = None
    model: ChainTemplate | None = None
    wish: ProgramRequest | None = None
    rate: float = 0.0
    lease: float | None = None

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
        known = self.known.get(str(source))
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


def changed(state: State, changes: Changes, told: str = "") -> State:
    """The state after one more change on the card."""
    return replace(state, steps=(*state.steps, {**state.changes, **changes}), told=Message(told))


def refused(state: State, text: str) -> State:
    """The state, with what was not done and why."""
    return replace(state, told=Message(text, bad=True))


def told(state: State, text: str) -> State:
    """The state, with what the program says."""
    return replace(state, told=Message(text))


def candidates(state: State) -> tuple[Candidate, ...]:
    """Who can be picked by a digit: those found by name, else the card's."""
    return state.found or state.card_candidates
