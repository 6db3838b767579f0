"""One reviewer at the queue: what a screen, a command or a browser may ask of review.

Every call is one transaction of its own. Screens hold no rule: they show a card, let changes be
typed, and hand them over.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claims.ledger import undo as history
from claims.ledger.errors import UndoRefusedError
from claims.ledger.reversal import LedgerEntry
from claims.model.decision import Decision, Signature
from claims.model.kinds import ClaimStatus
from claims.review import cards, queue
from claims.review import decide as acts
from claims.review import second_review as readings
from claims.review.bulk import decide_all
from claims.review.card import Act, Candidate, Card, Outcome
from claims.review.order import Order
from claims.review.queue import QueueQuery
from claims.review.state import load_standing, save_decision
from claims.review.transitions import Action

if TYPE_CHECKING:
    from claims.catalogue.card import Filters
    from claims.database.engine import Database, OpenSession

DECIDED = {
    "accept": "accepted", "reject": "rejected", "later": "put aside",
    "flag": "sent to a second reading", "edit": "changed", "correct": "corrected",
    "withdraw": "withdrawn", "note": "noted", "split": "split", "merge": "merged",
    "settle": "settled", "dispute": "disputed", "undo": "undone", "redo": "redone",
}  # fmt: skip
"""What an action made of a claim, in words."""

SEALED = "read; your reading is sealed until a second person has read the claim"


@dataclass(slots=True)
class ReviewSession:
    """A reviewer at work.

    Args:
        database: Where the claims are.
        reviewer: Who decides, by id.
        name: The same by name.
        tool_version: Of the program, for the ledger.
        new_id: Makes an id for each act.
        filters: Which cards come.
        order: In which order cards come.
        put_aside: Only what was put aside for later, in place of all else.
    """

    database: "Database"
    reviewer: uuid.UUID
    name: str
    tool_version: str
    new_id: Callable[[], uuid.UUID]
    filters: "Filters"
    order: Order = Order.ARTICLE
    put_aside: bool = False
    _near: uuid.UUID | None = field(default=None, init=False)
    _looked_up: QueueQuery | None = field(default=None, init=False)

    def next_card(self, after: uuid.UUID | None = None) -> Card | None:
        """The next card, leased to this reviewer; None if none waits for them.

        Args:
            after: Pass over everything up to this claim in the order; for moving on undecided.
        """
        with self.database.writer() as session:
            queue.give_back(session, self.reviewer)
            claim = queue.take_next(session, self._wanted(session, after))
            return self._load(session, claim) if claim else None

    def look_for(self, filters: "Filters", *, put_aside: bool = False) -> None:
        """From now on let these cards come: those that pass, or what was put aside of them."""
        if (filters, put_aside) != (self.filters, self.put_aside):
            self.filters, self.put_aside, self._looked_up = filters, put_aside, None

    def card(self, claim: uuid.UUID) -> Card:
        """One claim's card, leased if it waits and nobody has it; for going back to it."""
        with self.database.writer() as session:
            queue.give_back(session, self.reviewer, but=claim)
            queue.lease_claim(session, claim, self.reviewer)
            return self._load(session, claim)

    def decide(
        self, card: Card, action: Action, changes: Mapping[str, object], reason: str | None = None
    ) -> Outcome:
        """Decide on a card, with what was changed on it.

        What two have to read is never put aside: it is passed over, and waits as before.

        Args:
            card: As it was shown; its revision is what the decision is made on.
            action: What to do.
            changes: Fields by name as decisions write them; empty where nothing was changed.
            reason: Why; a rejection and a withdrawal need one.

        Raises:
            ChangedMeanwhileError: Somebody decided on it since, or has it now; says what and who.
            UsageError: The table of transitions does not allow it, or a change cannot be.
        """
        if action is Action.LATER and (card.two_readers or card.disputed):
            return Outcome(None, None, card.claim, "passed over")
        wish = acts.DecisionRequest(card.claim, action, changes, card.revision, leased=True)
        with self.database.writer() as session:
            done = acts.decide(session, wish, self._sign(reason))
            return self._outcome(session, card.claim, done.number, done.decision)

    def decide_all(
        self, cards_: Sequence[Card], action: Action, reason: str | None = None
    ) -> Outcome:
        """Decide on cards that were marked, as one act with one undo.

        What changed since it was seen, is before somebody else, or needs two readers, is left.
        """
        seen = [(card.claim, card.revision) for card in cards_]
        with self.database.writer() as session:
            numbers, left = decide_all(session, seen, action, lambda: self._sign(reason))
            claim = cards_[-1].claim
            beside = f"; {left} skipped (changed, or for two readers)" if left else ""
            if not numbers:
                return Outcome(None, None, claim, f"nothing decided{beside}")
            said = f"{len(numbers)} {DECIDED[action]}, ledger {numbers[0]} to {numbers[-1]}{beside}"
            return Outcome(numbers[-1], history.load_at(session, numbers[-1]), claim, said)

    def split(self, card: Card, at: int) -> Outcome:
        """Part a claim in two at a code point of its article, inside its content."""
        with self.database.writer() as session:
            made = acts.split(session, card.claim, at, self._sign, revision=card.revision)
            return self._outcome(session, card.claim, *made[0])

    def merge(self, card: Card, other: uuid.UUID) -> Outcome:
        """Make one claim of this one and another of the same text; the outcome is the new one."""
        with self.database.writer() as session:
            made = acts.merge(session, card.claim, other, self._sign, revision=card.revision)
            return self._outcome(session, made[-1][1].subject, *made[0])

    def neighbour(self, card: Card, step: int) -> uuid.UUID | None:
        """The claim that stands before (-1) or after (1) this one in the article's order."""
        with self.database.reader() as session:
            return cards.load_neighbour(session, card.claim, step)

    def undo(self) -> Outcome:
        """Take this reviewer's last standing act on a claim back, in whichever sitting it was done.

        Raises:
            UndoRefusedError: There is none, or something stands in the way.
        """
        with self.database.writer() as session:
            made = history.find_undoable(session, self.reviewer, ("claim",))
            since = made.at if made else None
            sealed = readings.load_last_reading(session, self.reviewer, since)
            if sealed is not None:
                standing = load_standing(session, sealed.claim, lock=True)
                readings.withdraw_reading(session, standing, self._sign())
                return Outcome(0, None, sealed.claim, "your sealed reading is undone")
            return self._turn(session, made, "you have no decision left to undo")

    def redo(self) -> Outcome:
        """Take the last undo back.

        Raises:
            UndoRefusedError: Nothing was undone, or something was decided since.
        """
        with self.database.writer() as session:
            made = history.find_redoable(session, self.reviewer, ("claim",))
            return self._turn(session, made, "nothing was undone since your last decision")

    def last_acts(self, limit: int) -> list[Act]:
        """This reviewer's latest acts on claims, newest first."""
        with self.database.reader() as session:
            made = history.load_acts(session, self.reviewer, limit)
            words = cards.load_words(session, [one.decision.subject for one, _ in made])
            return [
                Act(
                    decision=one.decision.id,
                    no=one.no,
                    at=one.at,
                    action=one.decision.action,
                    claim=one.decision.subject,
                    words=words.get(one.decision.subject, ""),
                    change=_changed(one),
                    undone=undone,
                )
                for one, undone in made
            ]

    def renew(self, card: Card) -> bool:
        """Keep the card for another ten minutes; False if somebody else has it by now."""
        with self.database.writer() as session:
            return queue.lease_claim(session, card.claim, self.reviewer)

    def leave(self) -> None:
        """Let others have what this reviewer holds."""
        with self.database.writer() as session:
            queue.give_back(session, self.reviewer)

    def keep_draft(self, card: Card, changes: Mapping[str, object]) -> None:
        """Save what was typed and not decided; an empty mapping forgets it."""
        with self.database.writer() as session:
            cards.save_draft(session, card.claim, self.reviewer, changes)

    def search_sources(self, words: str, limit: int = cards.MOST) -> tuple[Candidate, ...]:
        """Candidates by name, for choosing a speaker or a hop's source."""
        with self.database.reader() as session:
            return cards.search_candidates(session, words, limit)

    def counts(self) -> tuple[int, int]:
        """How many claims wait (counted up to 1,000), and how much this reviewer did today."""
        with self.database.reader() as session:
            waiting = queue.count_waiting(session, self._wanted(session, None))
            return waiting, history.count_acts_since_midnight(session, self.reviewer)

    def _wanted(self, session: "OpenSession", after: uuid.UUID | None) -> QueueQuery:
        if self._looked_up is None:
            wanted = QueueQuery(self.reviewer, self.order, self.filters, put_aside=self.put_aside)
            self._looked_up = queue.look_up(session, wanted)
        return replace(self._looked_up, after=after, near=self._near)

    def _load(self, session: "OpenSession", claim: uuid.UUID) -> Card:
        card = cards.load_card(session, claim, self.reviewer)
        self._near = card.version_id
        return card

    def _sign(self, reason: str | None = None) -> Signature:
        return Signature(self.new_id(), self.reviewer, self.tool_version, reason)

    def _turn(self, session: "OpenSession", made: LedgerEntry | None, nothing: str) -> Outcome:
        if made is None:
            raise UndoRefusedError(self.name, nothing)
        written = history.take_back(session, made, self._sign, {"claim": save_decision})
        number, turned = written[-1]
        said = f"{made.decision.action} {DECIDED[turned.action]}, ledger {number}"
        return Outcome(number, history.load_at(session, number), turned.subject, said)

    def _outcome(
        self,
        session: "OpenSession",
        claim: uuid.UUID,
        number: int | None,
        decision: Decision | None,
    ) -> Outcome:
        if number is None:
            return Outcome(None, None, claim, "nothing to change: it is already so")
        if number == 0:
            return Outcome(0, None, claim, SEALED)
        made = history.load_made(session, no=number)
        action = decision.action if decision else made.decision.action
        return Outcome(number, made.at, claim, f"{DECIDED[action]}, ledger {number}")


def _changed(made: LedgerEntry) -> str:
    """What a decision changed, in a few words: where the claim stands now, or which fields."""
    after = made.decision.after
    if "status" in after:
        status = ClaimStatus(str(after["status"]))
        return f"{made.decision.before.get('status')} to {status}"
    return ", ".join(sorted(after)) or made.decision.reason or ""
