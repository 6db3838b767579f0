"""Reviewers at work on a small article, on a real database."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from claims.catalogue.card import Filters
from claims.database.engine import Database
from claims.ledger.append import sign_in
from claims.model.claim import ClaimState, changes_between
from claims.model.decision import Signature
from claims.model.json import JsonObject
from claims.model.kinds import Form
from claims.model.proposal import Proposal
from claims.review.decide import DecisionResult, decide
from claims.review.policy import Policy, SecondReading
from claims.review.requests import DecisionRequest
from claims.review.second_review import save_policy
from claims.review.session import ReviewSession
from claims.review.state import load_claim
from claims.review.transitions import Action, ClaimUnderReview
from tests.makers import RUN, proposal, store

ARTICLE = (
    'Mayor Ada Quill said "the bridge is safe" on Monday, the Harbour Agency reported.\n'
    "She denied that money was lost and that workers were hurt.\n"
    "Bob Stone said the ferry would stop, and nobody would be told of it in time.\n"
)
CONTENTS = (
    '"the bridge is safe"',
    "money was lost and that workers were hurt",
    "the ferry would stop, and nobody would be told of it in time",
)


def proposals() -> list[Proposal]:
    """Three claims of one article."""
    made = [proposal(ARTICLE, content) for content in CONTENTS]
    return [
        made[0],
        *(Proposal(p.content, Form.PARAPHRASE, p.chain[:1], 0.6, "verb") for p in made[1:]),
    ]


@dataclass
class Room:
    """A database with reviewers, and what they do in it."""

    database: Database

    def reviewer(self, name: str) -> uuid.UUID:
        """The id of a reviewer."""
        with self.database.writer() as session:
            return sign_in(session, name, uuid.uuid4())

    def store(self, **changes: object) -> list[uuid.UUID]:
        """The article's claims, in the order of the text."""
        return store(self.database, *proposals(), run=RUN, text=ARTICLE, **changes)

    def act(
        self,
        name: str,
        claim: uuid.UUID,
        action: str,
        changes: JsonObject | ClaimState | None = None,
        **more: Any,  # noqa: ANN401 - handed on as it is
    ) -> DecisionResult:
        """One act of a reviewer in a transaction of its own."""
        if isinstance(changes, ClaimState):
            changes = changes_between(self.standing(claim).state, changes)
        signed = Signature(
            more.pop("id", uuid.uuid4()), self.reviewer(name), "0", more.pop("reason", "so")
        )
        with self.database.writer() as session:
            return decide(
                session, DecisionRequest(claim, Action(action), changes or {}, **more), signed
            )

    def standing(self, claim: uuid.UUID) -> ClaimUnderReview:
        """A claim as it is now."""
        with self.database.reader() as session:
            return load_claim(session, claim)

    def sitting(self, name: str, **more: Any) -> ReviewSession:  # noqa: ANN401 - handed on as it is
        """A reviewer at the queue: in their one terminal, unless another session is named."""
        filters = more.pop("filters", Filters())
        more.setdefault("id", uuid.uuid5(uuid.NAMESPACE_DNS, name))
        return ReviewSession(
            self.database, self.reviewer(name), name, "0", uuid.uuid4, filters, **more
        )

    def policy(self, **stated: Any) -> None:  # noqa: ANN401 - handed on as it is
        """Let a policy of second readings hold."""
        with self.database.writer() as session:
            stated["second_reading"] = SecondReading(stated.get("second_reading", "none"))
            save_policy(
                session, Policy(**stated), Signature(uuid.uuid4(), self.reviewer("Chief"), "0")
            )

    def sql(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with self.database.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Claims, chains, links and speakers as they stand, but for how often they were decided."""
        tables = {
            "claim": "SELECT to_jsonb(c) - '{revision,changed_in}'::text[] FROM claims.claim c",
            "attribution": "SELECT to_jsonb(a) FROM claims.attribution a",
            "link": "SELECT to_jsonb(l) - '{recorded_at}'::text[] FROM claims.claim_link l",
            "waiting": "SELECT to_jsonb(w) FROM claims.waiting w",
        }
        return {
            name: [tuple(row) for row in self.sql(f"{query} ORDER BY 1")]
            for name, query in tables.items()
        }


@pytest.fixture
def room(database: Database) -> Room:
    """An empty database with nobody in it yet."""
    return Room(database)


Act = Callable[..., DecisionResult]
