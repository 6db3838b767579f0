"""Links between claims as reviewers see and settle them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.database.statements import read_statements
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.claim import LinkState
from claims.model.decision import Signature
from claims.model.json import JsonObject
from claims.model.kinds import LinkKind
from claims.review.decide import DecisionRequest, DecisionResult, decide
from claims.review.errors import UnknownLinkError
from claims.review.link_card import LinkCard
from claims.review.link_ends import load_ends
from claims.review.link_questions import Cursor, find_question, question_of
from claims.review.state import load_claim, save_decision
from claims.review.transitions import Action, place_of

STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.review", "links.sql").items()
}

SAME = frozenset({LinkKind.SAME_WORDS, LinkKind.SAME_CONTENT})
"""Kinds that say of two claims that they report the same."""


@dataclass(frozen=True, slots=True)
class LinkQuery:
    """Which links to load.

    Attributes:
        settled: Whether to include those that people settled.
        kind: Only links of this kind.
        claim: Only links of this claim.
        after: Only links that follow this pair.
    """

    settled: bool = False
    kind: LinkKind | None = None
    claim: uuid.UUID | None = None
    after: tuple[uuid.UUID, uuid.UUID] | None = None


def load_links(session: Session, query: LinkQuery, limit: int) -> list[LinkCard]:
    """Links with both claims, in the order of the claims' ids."""
    after_a, after_b = query.after or (None, None)
    parameters = {
        "settled": query.settled, "kind": query.kind, "claim": query.claim, "limit": limit,
        "after_a": after_a, "after_b": after_b,
    }  # fmt: skip
    rows = session.execute(STATEMENTS["links"], parameters).all()
    ends = load_ends(session, [end for row in rows for end in (row.a, row.b)])
    return [
        LinkCard(
            ends[row.a], ends[row.b], LinkKind(row.kind), row.status, row.score, row.reasons,
            row.linked_by,
        )
        for row in rows
    ]  # fmt: skip


def load_link(session: Session, a: uuid.UUID, b: uuid.UUID) -> LinkCard:
    """The link between two claims, in either direction, or the question that they raise.

    Raises:
        UnknownLinkError: There is none.
    """
    cards = load_links(session, LinkQuery(settled=True, claim=a), 1000)
    question = question_of(session, a, b) if a != b else None
    for card in cards:
        if {card.a.id, card.b.id} == {a, b}:
            return replace(card, question=question.question if question else None)
    if question is not None:
        return question
    raise UnknownLinkError(place_of(a), f"nothing links it to claim {str(b)[:8]}")


def settle_link(
    session: Session, card: LinkCard, kind: LinkKind | None, signature: Signature
) -> DecisionResult:
    """Confirm a link, as it is proposed or as another kind, or refuse it: a decision on claim a.

    Args:
        session: A writing session.
        card: The link as it was seen; who decided on the claim since is told.
        kind: How the claims relate; None if they do not.
        signature: Who decides.

    Raises:
        ChangedMeanwhileError: The claim was decided on since.
        UsageError: As `decide` says.
    """
    changes = link_changes(session, card, kind)
    request = DecisionRequest(card.a.id, Action.EDIT, changes, revision=card.a.revision)
    return decide(session, request, signature)


def link_changes(session: Session, card: LinkCard, kind: LinkKind | None) -> JsonObject:
    """What a decision on a link changes of claim a."""
    state = load_claim(session, card.a.id).state
    links = {link for link in state.links if link.b != card.b.id}
    refused = {link for link in state.refused_links if link.b != card.b.id}
    if kind is not None:
        links.add(LinkState(card.b.id, kind))
    # Who says that one contradicts the other has also said that they are not the same.
    if kind is None or (card.kind in SAME and kind not in SAME):
        # Of a question, different things: they do not contradict each other.
        refused.add(LinkState(card.b.id, card.kind or LinkKind.CONTRADICTS))
    return {"links": _as_json(links), "refused_links": _as_json(refused)}


def _as_json(links: set[LinkState]) -> list[JsonObject]:
    return [{"b": str(link.b), "kind": link.kind.value} for link in sorted(links)]


@dataclass(slots=True)
class LinkSession:
    """A reviewer at the queue of links.

    Attributes:
        database: Where links are.
        sign: Makes a signature that is new each time.
        decided: Numbers in the ledger of what was decided here, the last one last.
        card: The link at hand; None if none is left.
        last: The proposal that was at hand last; the next one follows it.
        cursor: Where to look for the next question.
        asked: Whether there are no further questions.
        places: For each number of `decided`, where the queue stood when it was decided.
    """

    database: Database
    sign: Callable[[], Signature]
    decided: list[int] = field(default_factory=list)
    card: LinkCard | None = None
    last: tuple[uuid.UUID, uuid.UUID] | None = None
    cursor: Cursor = field(default_factory=Cursor)
    asked: bool = False
    places: dict[int, Cursor] = field(default_factory=dict)
    _before: Cursor = field(default_factory=Cursor)

    def next(self) -> LinkCard | None:
        """The next question, else the next proposed link after the last one."""
        with self.database.reader() as session:
            self.card = self._next_question(session)
            if self.card is None:
                cards = load_links(session, LinkQuery(after=self.last), 1)
                self.card = cards[0] if cards else None
                self.last = (cards[0].a.id, cards[0].b.id) if cards else self.last
            while self.card is None and not self.asked:
                self.card = self._next_question(session)
        return self.card

    def _next_question(self, session: Session) -> LinkCard | None:
        if self.asked:
            return None
        self._before = self.cursor
        reached = find_question(session, self.cursor)
        self.cursor, self.asked = reached.cursor, reached.ended
        return reached.card

    def settle(self, kind: LinkKind | None) -> str:
        """Settle the link at hand; returns what was saved, in words.

        Raises:
            UsageError: As `settle_link` says.
        """
        assert self.card is not None, "only a card is settled"  # noqa: S101 - for the type checker
        with self.database.writer() as session:
            result = settle_link(session, self.card, kind, self.sign())
        if result.number is None:
            return "nothing to change: it is already so"
        self.decided.append(result.number)
        if self.card.kind is None:
            self.places[result.number] = self._before
        verdict = kind.replace("_", " ") if kind else "not linked"
        return f"{verdict}, ledger {result.number}"

    def undo(self) -> str:
        """Take back what was decided last; the link is at hand again."""
        if not self.decided:
            return "nothing was decided here; `claims review undo` takes back older decisions"
        no = self.decided.pop()
        with self.database.writer() as session:
            entry = load_entry(session, no)
            number, reversal = undo(session, entry, self.sign(), {"claim": save_decision})[-1]
        if no in self.places:
            self.cursor, self.asked = self.places.pop(no), False
        else:
            self.last = (reversal.subject, uuid.UUID(int=0))
        return f"ledger {no} undone, ledger {number}"
