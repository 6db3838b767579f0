"""The page of one card: the article with its claims, the card beside it, and what may be done."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from claims.database.engine import Database
from claims.desk.marks import Paragraph, mark_article
from claims.desk.pages import NO_PAST, Page
from claims.desk.tab import Tab
from claims.errors.base import ClaimsError
from claims.ledger.signed_in import SignedIn
from claims.model.claim import ClaimState, changes_between
from claims.model.json import Json
from claims.model.kinds import Form, Mode
from claims.model.reported import reported
from claims.model.span import words_at
from claims.review.card import UNSURE, Card, HopView, RecentDecision
from claims.review.order import Order
from claims.review.placed import PlacedClaim, load_placed
from claims.review.recent import load_recent
from claims.review.session import ReviewSession
from claims.review.transitions import Action, rule_for
from claims.terminal.keys.keymap import Keymap
from claims.terminal.keys.table import KINDS, REASONS, REMAPPABLE, InputMode
from claims.terminal.screen.card_lines import hop_name, rows_of
from claims.terminal.screen.panels import what_merging_says
from claims.terminal.state import State
from claims.terminal.words import middle_cut, split_offsets

NAME = 200
"""Characters of a name that are shown."""

RECENT = 5
"""Last decisions that a page shows."""

PAGE_KEYS = (
    "accept", "reject", "reject-because", "later", "undo", "redo", "speaker", "speaker-accept",
    "same", "chain", "word-left", "word-right", "begin-earlier", "begin-later", "end-earlier",
    "end-later", "form", "wording", "statement", "said-on", "venue", "split", "add",
    "second-reader", "note", "next", "previous", "filter", "open", "mark", "help",
)  # fmt: skip
"""The actions of the terminal's keymap that have the same key on a page."""

LABELS = {
    "content": "words", "text": "words", "said_on": "day", "said_on_text": "day as printed",
    "venue": "venue", "form": "form", "chain": "chain", "statement": "statement",
    "status": "status",
}  # fmt: skip
"""What pages call the fields of a claim."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed since the card was loaded.

    Attributes:
        name: What the page calls it.
        seen: As it was loaded.
        now: As it is.
        yours: What was changed here; None if nothing was.
    """

    name: str
    seen: str
    now: str
    yours: str | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A claim that a card's may be merged with.

    Attributes:
        place: Where it stands: previous or next.
        speaker: Who says it.
        words: What is said, with its modes.
        warnings: What the merged claim would say that the article does not.
    """

    place: str
    speaker: str
    words: str
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage(Page):
    """One card of the queue.

    Attributes:
        person: Who reads it.
        state: The card with what was changed on it.
        paragraphs: The article.
        placed: The claims of the article.
        act: The id of what is decided next.
        tab: The settings of the tab.
        keymap: Which key does what.
        keys_on: Whether keys do anything.
        differences: What somebody else changed since; None if nothing was sent too late.
        error: What was not done, and why.
        recent: Who reads it: their last decisions.
    """

    template: ClassVar[str] = "card.html"
    here: ClassVar[str] = "review"
    no_past: ClassVar[str] = NO_PAST
    person: SignedIn
    state: State
    paragraphs: Sequence[Paragraph]
    placed: Sequence[PlacedClaim]
    act: uuid.UUID
    tab: Tab
    keymap: Keymap
    keys_on: bool
    recent: Sequence[RecentDecision]
    differences: Sequence[Difference] | None = None
    error: ClaimsError | None = None

    reasons: ClassVar[Sequence[str]] = REASONS
    kinds: ClassVar[Sequence[str]] = KINDS
    forms: ClassVar[Sequence[str]] = tuple(form.value for form in Form)
    modes: ClassVar[Sequence[str]] = tuple(mode.value for mode in Mode)
    orders: ClassVar[Sequence[str]] = tuple(order.value for order in Order)
    unsure: ClassVar[float] = UNSURE

    @property
    def card(self) -> Card:
        """The card."""
        return self.state.current_card

    @property
    def onward(self) -> str:
        """The tab, and the card that is left: it is free again, and comes first."""
        return f"{self.tab.query}&left={self.card.claim}"

    @property
    def address(self) -> str:
        """Where what is done on the card is sent."""
        return f"/review/{self.card.claim}{self.tab.query}"

    @property
    def changes(self) -> str:
        """What was changed on the card, for the forms of the page: it is what the reader sees."""
        return json.dumps(self.state.changes)

    @property
    def seen(self) -> str:
        """The claim as it is shown, to be compared with what it may have become."""
        return json.dumps(self.card.state.to_json())

    @property
    def changed_fields(self) -> Sequence[str]:
        """What was changed on the card, in words."""
        return tuple(dict.fromkeys(LABELS.get(name, name) for name in self.state.changes))

    @property
    def meaning(self) -> str:
        """The words after what the chain does with them: `denies: …`."""
        return self._reported(self.state.claim.text, self.state.hops)

    def _reported(self, words: str, hops: Sequence[HopView]) -> str:
        return reported(words, [(self.name_of(hop), hop.mode) for hop in hops])

    def name_of(self, hop: HopView) -> str:
        """Who a hop is, else what is printed in brackets."""
        return hop_name(hop, self.card.article, NAME)

    def words(self, hop: HopView, part: str) -> str:
        """The words of a part of a hop: mention, cue or capacity."""
        return words_at(self.card.article, getattr(hop, part))

    @property
    def why(self) -> Sequence[str]:
        """Why the card is shown, and what was checked."""
        rows = rows_of(self.state, NAME)
        return (*rows["WHY NOW"].text.split("; "), *rows["CHECK"].text.split("; "))

    @property
    def cuts(self) -> Sequence[tuple[int, str, str, bool]]:
        """Where it can be split: the offset, the words before and after, whether it is likely."""
        article, spans = self.card.article, self.state.spans
        offsets = split_offsets(article, spans)
        likely = middle_cut(article, spans) if offsets else -1
        return [
            (offset, article[max(offset - 30, spans[0].start) : offset].strip(),
             article[offset : offset + 30].strip(), number == likely)
            for number, offset in enumerate(offsets)
        ]  # fmt: skip

    @property
    def chooses_neighbour(self) -> bool:
        """Whether it was asked for what the claim may be merged with."""
        return self.state.mode is InputMode.MERGE

    @property
    def neighbours(self) -> Sequence[Neighbour]:
        """The claims beside it that this one may be merged with, once they were asked for."""
        places = zip(("next", "previous"), self.state.neighbours, strict=True)
        return [self._neighbour(place, other) for place, other in places if other and other.hops]

    def _neighbour(self, place: str, other: Card) -> Neighbour:
        words = self._reported(other.state.text, other.hops)
        warnings = tuple(what_merging_says(self.state, other))
        return Neighbour(place, self.name_of(other.hops[0]), words, warnings)

    def typed(self, action: str) -> str:
        """What was being typed for an action when the page was left; empty if nothing was."""
        field = self.state.field
        return field.text if field is not None and field.action == action else ""

    @property
    def days(self) -> str:
        """The day it was said on, or the first and the last."""
        return " ".join(dict.fromkeys(str(day) for day in self.state.claim.said_on or ()))

    @property
    def previous(self) -> PlacedClaim | None:
        """The claim before this one in the article."""
        before = [one for one in self.placed if one.number < self.card.number]
        return before[-1] if before else None

    @property
    def key_list(self) -> Sequence[tuple[str, str]]:
        """The keys of the page, each with what it does."""
        return [(self.keymap.key_of(action), REMAPPABLE[action].help) for action in PAGE_KEYS]

    def may(self, action: str) -> bool:
        """Whether the claim's status allows an action."""
        return rule_for(self.card.state.status, Action(action)) is not None

    def key(self, action: str) -> str:
        """The key of an action; empty if keys are off."""
        return self.keymap.key_of(action) if self.keys_on else ""


def differences_between(seen: ClaimState, state: State) -> list[Difference]:
    """Both versions of a card that somebody else changed, and what was changed here."""
    now = state.current_card.state
    before = changes_between(now, seen)
    return [
        Difference(
            LABELS.get(name, name),
            _shown(before.get(name)),
            _shown(value),
            _shown(state.changes[name]) if name in state.changes else None,
        )
        for name, value in changes_between(seen, now).items()
    ]


def _shown(value: Json) -> str:
    text = "nothing" if value is None else value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= NAME else f"{text[:NAME]} …"


def load_around(
    database: Database, session: ReviewSession, state: State
) -> tuple[list[Paragraph], list[PlacedClaim], list[RecentDecision]]:
    """What is shown around a card: its article with all claims, and the last decisions."""
    card = state.current_card
    # As the card itself is: a replica that is behind would show claims as they were before it.
    with database.reader(latest=True) as reader:
        placed = load_placed(reader, card.version_id)
        recent = load_recent(reader, session.reviewer, RECENT)
    paragraphs = mark_article(card.article, placed, card.claim, spans=state.spans, hops=state.hops)
    return paragraphs, placed, recent


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyPage(Page):
    """No card waits for this reviewer."""

    template: ClassVar[str] = "empty.html"
    here: ClassVar[str] = "review"
    no_past: ClassVar[str] = NO_PAST
    person: SignedIn
    tab: Tab
    act: uuid.UUID
    recent: Sequence[RecentDecision]
    orders: ClassVar[Sequence[str]] = tuple(order.value for order in Order)
