"""A reviewer at the queue of links between claims."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.decision import Signature
from claims.model.kinds import LinkKind
from claims.review.link_card import LinkCard
from claims.review.link_decisions import settle_link
from claims.review.link_questions import Cursor, find_question
from claims.review.link_readings import withdraw_link_reading
from claims.review.links import DisputeQuery, LinkQuery, load_disputes, load_links
from claims.review.second_review import load_policy
from claims.review.state import save_decision

SEALED = "read; your reading is sealed until a second person has read the link"
DISPUTED = "you and another reader differ; a third person settles it"

Step = int | uuid.UUID
"""What was done at the queue: a decision's number in the ledger, or the id of a sealed reading."""

Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(slots=True)
class LinkSession:
    """A reviewer at the queue of links.

    Attributes:
        database: Where links are.
        sign: Makes a signature that is new each time.
        decided: What was decided or read here, the last one last.
        card: The link at hand; None if none is left.
        last: The proposal that was at hand last; the next one follows it.
        dispute: The dispute that was at hand last; the next one follows it.
        cursor: Where to look for the next question.
        asked: Whether there are no further questions.
        places: For each question of `decided`, where the queue stood when it was decided.
    """

    database: Database
    sign: Callable[[], Signature]
    decided: list[Step] = field(default_factory=list)
    card: LinkCard | None = None
    last: Pair | None = None
    dispute: Pair | None = None
    cursor: Cursor = field(default_factory=Cursor)
    asked: bool = False
    places: dict[Step, Cursor] = field(default_factory=dict)
    _before: Cursor = field(default_factory=Cursor)
    _reader: uuid.UUID = field(init=False)

    def __post_init__(self) -> None:
        """Find out whose signatures these are."""
        self._reader = self.sign().reviewer

    def next(self) -> LinkCard | None:
        """The next dispute, else the next question, else the next proposed link."""
        with self.database.reader() as session:
            self.card = self._next_dispute(session) or self._next_question(session)
            if self.card is None:
                query = LinkQuery(after=self.last, reader=self._reader)
                cards = load_links(session, query, 1)
                self.card = cards[0] if cards else None
                self.last = (cards[0].a.id, cards[0].b.id) if cards else self.last
            while self.card is None and not self.asked:
                self.card = self._next_question(session)
            if self.card is not None and not self.card.disputed:
                two = load_policy(session).link_needs_two(self.card.a.id, self.card.b.id)
                self.card = replace(self.card, two_readers=two)
        return self.card

    def _next_dispute(self, session: Session) -> LinkCard | None:
        query = DisputeQuery(after=self.dispute, reader=self._reader)
        cards = load_disputes(session, query, 1)
        if not cards:
            return None
        self.dispute = (cards[0].a.id, cards[0].b.id)
        return cards[0]

    def _next_question(self, session: Session) -> LinkCard | None:
        if self.asked:
            return None
        self._before = self.cursor
        reached = find_question(session, self.cursor, reader=self._reader)
        self.cursor, self.asked = reached.cursor, reached.ended
        return reached.card

    def settle(self, kind: LinkKind | None) -> str:
        """Settle the link at hand, or read it; returns what was saved, in words.

        Raises:
            UsageError: As `settle_link` says.
        """
        assert self.card is not None, "only a card is settled"  # noqa: S101 - for the type checker
        signature = self.sign()
        with self.database.writer() as session:
            result = settle_link(session, self.card, kind, signature)
        if result.number is None:
            return "nothing to change: it is already so"
        step: Step = result.number or signature.id
        self.decided.append(step)
        if self.card.status == "question":
            self.places[step] = self._before
        if result.decision is None:
            return SEALED
        if result.decision.action == "dispute":
            return f"{DISPUTED}, ledger {result.number}"
        verdict = kind.replace("_", " ") if kind else "not linked"
        return f"{verdict}, ledger {result.number}"

    def undo(self) -> str:
        """Take back what was decided last; the link is at hand again."""
        if not self.decided:
            return "nothing was decided here; `claims review undo` takes back older decisions"
        step = self.decided.pop()
        if isinstance(step, uuid.UUID):
            with self.database.writer() as session:
                claim = withdraw_link_reading(session, step, self.sign())
            if claim is None:
                return "another person has read it since: `claims review undo` takes back decisions"
            message = "your sealed reading is undone"
        else:
            with self.database.writer() as session:
                entry = load_entry(session, step)
                written = undo(session, entry, self.sign(), {"claim": save_decision})
            message = f"ledger {step} undone, ledger {written[-1].number}"
            claim = written[-1].decision.subject
        if step in self.places:
            self.cursor, self.asked = self.places.pop(step), False
        else:
            self.last, self.dispute = (claim, uuid.UUID(int=0)), None
        return message
