"""One reviewer at the queue: what a screen, a command or a browser may ask of review.

Every call is one transaction of its own. Screens hold no rule: they show a card, let changes be
typed, and hand them over.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from claims.ledger import entries
from claims.ledger.entry import LedgerEntry
from claims.ledger.errors import UndoRefusedError
from claims.ledger.undo import find_redoable, find_undoable, undo
from claims.model.claim import HopState
from claims.model.decision import Signature
from claims.model.json import JsonObject
from claims.model.span import Spans
from claims.review import addition, candidates, cards, leases, queue
from claims.review.card import Candidate, Card, Onward, Outcome, PlacedReport, RecentDecision, Seen
from claims.review.decide import BulkResult, decide, decide_in_bulk
from claims.review.leases import Holder, Leasing
from claims.review.link_readings import load_last_link_reading, withdraw_link_reading
from claims.review.order import Order
from claims.review.outcomes import DECIDED, SEALED, UNCHANGED
from claims.review.queue import QueueQuery
from claims.review.recent import load_recent
from claims.review.reports import load_reports
from claims.review.requests import DecisionRequest, request_of
from claims.review.returned import is_returned, lease_card, load_returned
from claims.review.second_review import load_last_reading, withdraw_reading
from claims.review.state import load_claim, save_decision
from claims.review.transitions import Action
from claims.text.fold import words_of

if TYPE_CHECKING:
    from claims.catalogue.card import Filters
    from claims.database.engine import Database, OpenSession

NOBODY = HopState()
"""The voice of words of which nobody knows yet who says them."""


@dataclass(slots=True)
class ReviewSession:
    """A reviewer at work.

    Args:
        database: Where the claims are.
        reviewer: Who decides, by id.
        name: The same by name.
        tool_version: Of the program, for the ledger.
        new_id: Makes an id for each decision.
        filters: Which cards come.
        order: In which order cards come.
        put_aside: Only what was put aside for later.
        id: In which tab or terminal: the cards of others of this person are passed over. None: new.
        several: Whether several cards may be open in it: a browser may show its address twice.
        held: Of several, the card that this session is about; others have it when it goes on.
    """

    database: "Database"
    reviewer: uuid.UUID
    name: str
    tool_version: str
    new_id: Callable[[], uuid.UUID]
    filters: "Filters"
    order: Order = Order.ARTICLE
    put_aside: bool = False
    id: uuid.UUID | None = None
    several: bool = False
    held: uuid.UUID | None = None
    holder: Holder = field(init=False)
    _near: uuid.UUID | None = field(default=None, init=False)
    _passed: set[uuid.UUID] = field(default_factory=set, init=False)
    _looked_up: QueueQuery | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Begin."""
        self.holder = Holder(self.reviewer, self.id or self.new_id())

    def next_card(self, after: uuid.UUID | None = None) -> Card | None:
        """The next card, leased to this reviewer; None if none waits for them.

        Args:
            after: Pass over everything up to this claim in the order; for moving on undecided.
        """
        with self.database.writer() as session:
            self._give_back(session)
            claim = self._take(session, after)
            return self._load(session, claim) if claim else None

    def go_on(
        self,
        after: uuid.UUID | None = None,
        *,
        near: uuid.UUID | None = None,
        loaded: bool = True,
    ) -> Onward:
        """Lease the card that follows, in one transaction with loading it.

        After what was passed over, else the first that waits, else what was put aside.

        Args:
            after: Pass over everything up to this claim in the order.
            near: The article that was read last: it goes on first. None for that of the last card.
            loaded: Whether the card is wanted; a browser is led to its page, which loads it.
        """
        self._near = near or self._near
        with self.database.writer() as session:
            self._give_back(session)
            claim = self._take(session, after) if after else None
            passed = after if claim else None
            for aside in () if claim else (False, True):
                self.look_for(self.filters, put_aside=aside)
                claim = self._take(session, None)
                if claim is not None:
                    break
            if claim is None:
                self.look_for(self.filters)
            card = self._load(session, claim) if claim and loaded else None
            return Onward(claim, card, passed)

    def _take(self, session: "OpenSession", after: uuid.UUID | None) -> uuid.UUID | None:
        claim = self._take_returned(session, after)
        if claim is None:
            beyond = None if after in self._passed else after
            claim = queue.take_next(session, self._query(session, beyond))
        self.held = claim
        return claim

    def _take_returned(self, session: "OpenSession", after: uuid.UUID | None) -> uuid.UUID | None:
        """The first published claim that came back: before all others, as people rely on it.

        Only where all cards come; what is passed over comes again in the next session.
        """
        if after is not None and is_returned(session, after):
            self._passed.add(after)
        if self.put_aside or self.filters != type(self.filters)():
            return None
        waiting = load_returned(
            session, self.holder, several=self.several, but=self._passed, most=1
        )
        for claim in waiting:
            if leases.lease_returned(session, claim, self.holder, Leasing.FREE):
                return claim
        return None

    def look_for(self, filters: "Filters", *, put_aside: bool = False) -> None:
        """From now on let these cards come: those that pass, or what was put aside of them."""
        if (filters, put_aside) != (self.filters, self.put_aside):
            self.filters, self.put_aside, self._looked_up = filters, put_aside, None

    def card(self, claim: uuid.UUID, leasing: Leasing = Leasing.OWN) -> Card:
        """One claim's card, leased if it waits and nobody has it; for going back to it.

        Args:
            claim: Which claim.
            leasing: Whether it is leased although the same person has it elsewhere.
        """
        with self.database.writer() as session:
            self._give_back(session, but=claim)
            if lease_card(session, claim, self.holder, leasing):
                self.held = claim
            return self._load(session, claim)

    def _give_back(self, session: "OpenSession", but: uuid.UUID | None = None) -> None:
        """Let others have what is held here."""
        if not self.several:
            leases.give_back(session, self.holder, but=but)
        elif self.held is not None and self.held != but:
            leases.give_back(session, self.holder, only=self.held)
            self.held = None

    def keep(self, card: Card) -> Outcome:
        """Keep a claim as it is, whatever the current version of its article says."""
        return self._decide(request_of(card, Action.KEEP, self.holder.session))

    def take(self, card: Card) -> Outcome:
        """Let a claim give way to the words of the current version, as a correction.

        Raises:
            BadChangeError: No words stand for it there, or somebody refused them.
        """
        return self._decide(request_of(card, Action.TAKE, self.holder.session))

    def decide(
        self, seen: Card | Seen, action: Action, changes: JsonObject, reason: str | None = None
    ) -> Outcome:
        """Decide on a card, with what was changed on it.

        What two have to read is never put aside: it is passed over, and waits as before.

        Args:
            seen: The card, or what was seen of it; its revision is what the decision is made on.
            action: What to do.
            changes: Fields by name as decisions write them; empty if nothing was changed.
            reason: Why; a rejection and a withdrawal need one.

        Raises:
            ChangedMeanwhileError: Somebody decided on it since, or has it now; says what and who.
            UsageError: The table of transitions does not allow it, or a change cannot be.
        """
        return self._decide(request_of(seen, action, self.holder.session, changes=changes), reason)

    def split(self, card: Card, offset: int) -> Outcome:
        """Split a claim in two at a code point of its article, inside its content."""
        return self._decide(request_of(card, Action.SPLIT, self.holder.session, offset=offset))

    def merge(self, card: Card, other: uuid.UUID) -> Outcome:
        """Merge this claim with another of the same text; the outcome is about the new one."""
        return self._decide(request_of(card, Action.MERGE, self.holder.session, other=other))

    def add(self, card: Card, content: Spans, voice: HopState = NOBODY) -> Outcome:
        """Add a claim of words in the article of a card; it waits for this reviewer's decision.

        Args:
            card: The card.
            content: Where the words stand.
            voice: What is known of who says them.

        Raises:
            BadChangeError: The article has a claim of just these words.
        """
        with self.database.writer() as session:
            printing = addition.load_printing(session, card.version_id)
            state = replace(addition.blank_state(printing.article, content), chain=(voice,))
            result = addition.add_claim(session, printing, state, self.sign())
            number, decision = result.decisions[0]
            at = entries.load_moment(session, number)
            return Outcome(number, at, decision.subject, f"added, ledger {number}")

    def decide_in_bulk(
        self, cards_: Sequence[Card], action: Action, reason: str | None = None
    ) -> Outcome:
        """Decide on cards that were marked, as one batch with one undo.

        What changed since it was seen, is before somebody else, or needs two readers, is left.
        """
        requests = [request_of(card, action, self.holder.session) for card in cards_]
        with self.database.writer() as session:
            result = decide_in_bulk(session, requests, self.sign(reason))
            return _bulk_outcome(session, cards_[-1].claim, action, result)

    def neighbour(self, card: Card, step: int) -> uuid.UUID | None:
        """The claim that stands before (-1) or after (1) this one in the article's order."""
        with self.database.reader() as session:
            return cards.load_neighbour(session, card.claim, step)

    def undo(self) -> Outcome:
        """Take back this reviewer's last decision on a claim that holds, of whichever session.

        Raises:
            UndoRefusedError: There is none, or something stands in the way.
        """
        with self.database.writer() as session:
            last = find_undoable(session, self.reviewer, ("claim",))
            since = last.at if last else None
            sealed = load_last_reading(session, self.reviewer, since)
            link = load_last_link_reading(session, self.reviewer, sealed.at if sealed else since)
            if link is not None and withdraw_link_reading(session, link.id, self.sign()):
                return Outcome(0, None, link.claim, "your sealed reading of a link is undone")
            if sealed is not None:
                claim = load_claim(session, sealed.claim, lock=True)
                withdraw_reading(session, claim, self.sign())
                return Outcome(0, None, sealed.claim, "your sealed reading is undone")
            return self._reverse(session, last, "you have no decision left to undo")

    def redo(self) -> Outcome:
        """Redo what this reviewer last undid.

        Raises:
            UndoRefusedError: Nothing was undone, or something was decided since.
        """
        with self.database.writer() as session:
            last = find_redoable(session, self.reviewer, ("claim",))
            return self._reverse(session, last, "nothing was undone since your last decision")

    def recent_decisions(self, limit: int) -> list[RecentDecision]:
        """This reviewer's latest decisions on claims, newest first, wherever they were made."""
        with self.database.reader(latest=True) as session:
            return load_recent(session, self.reviewer, limit)

    def renew(self, claim: uuid.UUID) -> datetime | None:
        """Keep a card for another ten minutes, and until when that is.

        None if it does not wait, or is before somebody else or in another tab or terminal by now.
        """
        with self.database.writer() as session:
            mine = lease_card(session, claim, self.holder) and leases.load_lease(session, claim)
            return mine[1] if mine else None

    def leave(self) -> None:
        """Let others have what is held here."""
        with self.database.writer() as session:
            self._give_back(session)

    def free(self, claim: uuid.UUID, up_to: datetime) -> None:
        """Let others have a card, unless it was renewed here beyond a moment: it is open again."""
        with self.database.writer() as session:
            leases.give_back(session, self.holder, only=claim, up_to=up_to)

    def keep_draft(self, card: Card, draft: JsonObject) -> None:
        """Save what was typed and not decided; an empty draft is forgotten."""
        with self.database.writer() as session:
            cards.save_draft(session, card.claim, self.reviewer, draft)

    def search_sources(self, words: str, card: Card) -> tuple[Candidate, ...]:
        """Candidates by name, for choosing a speaker or a hop's source on a card."""
        with self.database.reader() as session:
            return candidates.search(session, words, card.version_id)

    def neighbours(self, card: Card) -> tuple[Card | None, Card | None]:
        """The next and the previous claim of the article, to be looked at; nobody leases them."""
        with self.database.reader() as session:
            claims = [cards.load_neighbour(session, card.claim, step) for step in (1, -1)]
            after, before = (
                cards.load_card(session, claim, self.reviewer) if claim else None
                for claim in claims
            )
            return after, before

    def reports(self, card: Card) -> tuple[PlacedReport, ...]:
        """The claims of a card's article that were not replaced by others, with their speakers."""
        with self.database.reader() as session:
            return load_reports(session, card.version_id)

    def named(self, name: str, card: Card) -> Candidate | None:
        """The source that is called just so; None if there is none, or several."""
        similar = self.search_sources(name, card)
        same = [one for one in similar if words_of(one.name) == words_of(name)]
        return same[0] if len(same) == 1 else None

    def counts(self) -> tuple[int, int]:
        """How many claims wait (counted up to 1,000), and how much this reviewer did today."""
        with self.database.reader() as session:
            waiting = queue.count_waiting(session, self._query(session, None))
            if not self.put_aside and self.filters == type(self.filters)():
                waiting = min(waiting + len(load_returned(session)), queue.COUNTED)
            return waiting, entries.count_own_today(session, self.reviewer)

    def _query(self, session: "OpenSession", after: uuid.UUID | None) -> QueueQuery:
        if self._looked_up is None:
            query = QueueQuery(
                self.holder,
                self.order,
                self.filters,
                put_aside=self.put_aside,
                several=self.several,
            )
            self._looked_up = queue.look_up(session, query)
        return replace(self._looked_up, after=after, near=self._near)

    def _load(self, session: "OpenSession", claim: uuid.UUID) -> Card:
        card = cards.load_card(session, claim, self.reviewer, self.holder.session)
        self._near = card.version_id
        return card

    def sign(self, reason: str | None = None) -> Signature:
        """A signature of this reviewer that is new each time."""
        return Signature(self.new_id(), self.reviewer, self.tool_version, reason)

    def _decide(self, request: DecisionRequest, reason: str | None = None) -> Outcome:
        with self.database.writer() as session:
            result = decide(session, request, self.sign(reason))
            if result.number is None:
                so = "passed over" if request.action is Action.LATER else UNCHANGED
                return Outcome(None, None, request.claim, so)
            if result.decision is None:
                return Outcome(0, None, request.claim, SEALED)
            at = entries.load_moment(session, result.number)
            claim = result.decisions[-1].decision.subject if request.other else request.claim
            summary = f"{DECIDED[result.decision.action]}, ledger {result.number}"
            return Outcome(result.number, at, claim, summary)

    def _reverse(self, session: "OpenSession", entry: LedgerEntry | None, nothing: str) -> Outcome:
        if entry is None:
            raise UndoRefusedError(self.name, nothing)
        number, reversal = undo(session, entry, self.sign(), {"claim": save_decision})[-1]
        original = entries.load_original(session, entry)
        summary = f"{original.action} {DECIDED[reversal.action]}, ledger {number}"
        return Outcome(number, entries.load_moment(session, number), reversal.subject, summary)


def _bulk_outcome(
    session: "OpenSession", claim: uuid.UUID, action: Action, result: BulkResult
) -> Outcome:
    left = result.for_two + result.changed
    rest = f"; {left} skipped (changed, open elsewhere, or for two readers)" if left else ""
    numbers = result.numbers
    if not numbers:
        return Outcome(None, None, claim, f"nothing decided{rest}")
    summary = f"{len(numbers)} {DECIDED[action]}, ledger {numbers[0]} to {numbers[-1]}{rest}"
    return Outcome(numbers[-1], entries.load_moment(session, numbers[-1]), claim, summary)
