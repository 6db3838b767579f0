"""Articles that report the same words, on a real database."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.documents.decide import decide_on_document
from claims.documents.decisions import DocumentAction
from claims.ledger.append import sign_in
from claims.ledger.undo import find_undoable, undo
from claims.model.decision import Signature
from claims.model.json import JsonObject
from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.review.decide import DecisionResult, decide
from claims.review.requests import DecisionRequest
from claims.review.state import save_decision
from claims.review.transitions import Action
from claims.schema import ClaimRow, DocumentVersionRow
from claims.sources import changes
from claims.sources.edit import load_source, save_source_decision
from claims.utterances.compare import compare_again, compare_all_due
from tests.makers import NOW, spans_of, store

Rows = list[tuple[Any, ...]]

SAFE = "the old bridge is as safe today as it was on its first day"


@dataclass
class Press:
    """A database, and the papers that print into it."""

    database: Database

    def print_quote(
        self,
        words: str,
        *,
        by: str | None = "Ada Quill",
        day: int = 0,
        place: str = "Pier",
        **more: Any,  # noqa: ANN401 - handed on as it is
    ) -> uuid.UUID:
        """A claim: somebody's words in an article of its own."""
        who = by or "She"
        body = f'{who} said "{words}" here in {place}, on day {day}.\n'
        mention = spans_of(body, who)
        voice = Hop(by, SourceKind.PERSON, mention, spans_of(body, "said"), ())
        quote = Proposal(
            content=spans_of(body, f'"{words}"'), form=Form.QUOTE, chain=(voice,), score=0.9,
            rule="verb",
        )  # fmt: skip
        printed = NOW + timedelta(days=day)
        address = f"https://{place.lower()}.example/{uuid.uuid5(uuid.NAMESPACE_URL, body)}"
        [claim] = store(
            self.database,
            quote,
            text=body,
            published_at=printed,
            outlet=place,
            url=address,
            **more,
        )
        return claim

    def compare(self) -> int:
        """Compare what is due."""
        with self.database.writer() as session:
            return compare_all_due(session)

    def decide(
        self, claim: uuid.UUID, action: Action, edits: JsonObject | None = None
    ) -> DecisionResult:
        """One act of a reviewer on a claim."""
        with self.database.writer() as session:
            return decide(session, DecisionRequest(claim, action, edits or {}), self._sign(session))

    def rule(self, claim: uuid.UUID, action: str) -> None:
        """One act of a reviewer on the article of a claim."""
        with self.database.writer() as session:
            document = session.scalars(
                select(DocumentVersionRow.document)
                .join(ClaimRow, ClaimRow.version == DocumentVersionRow.id)
                .where(ClaimRow.id == claim)
            ).one()
            decide_on_document(session, document, DocumentAction(action), self._sign(session))

    def merge(self, claim: uuid.UUID, into: uuid.UUID) -> None:
        """Merge the speaker of a claim into that of another."""
        with self.database.writer() as session:
            one, other = (load_source(session, self._speaker(session, c)) for c in (claim, into))
            decision = changes.merge(one, other, self._sign(session))
            assert decision is not None
            save_source_decision(session, decision)

    def unmerge(self, claim: uuid.UUID) -> None:
        """Take the merge of a claim's speaker back."""
        with self.database.writer() as session:
            one = load_source(session, self._speaker(session, claim))
            decision = changes.unmerge(one, self._sign(session))
            assert decision is not None
            save_source_decision(session, decision)

    def _speaker(self, session: Session, claim: uuid.UUID) -> uuid.UUID:
        speaker = session.get_one(ClaimRow, claim).speaker
        assert speaker is not None
        return speaker

    def sign(self) -> Signature:
        """A new signature of the reviewer."""
        with self.database.writer() as session:
            return self._sign(session)

    def undo(self) -> None:
        """Take the reviewer's last decision back."""
        with self.database.writer() as session:
            signature = self._sign(session)
            entry = find_undoable(session, signature.reviewer)
            assert entry is not None
            undo(session, entry, signature, {"claim": save_decision})

    def _sign(self, session: Session) -> Signature:
        return Signature(uuid.uuid4(), sign_in(session, "Mira", uuid.uuid4()), "0", "so")

    def stars(self) -> dict[uuid.UUID, uuid.UUID]:
        """Each claim with the one that names its utterance."""
        return {
            claim: star
            for star, claim in self.sql("SELECT utterance, claim FROM claims_v1.utterances")
        }

    def links(self) -> Rows:
        """Proposed and settled links."""
        return self.sql("SELECT a, b, kind, status FROM claims_v1.links ORDER BY a, b, kind")

    def tables(self) -> list[Rows]:
        """All that comparison stores, but for what is due."""
        names = ("quote_words", "quote_sketch", "quote_pair", "quote_key", "quote_group")
        return [self.sql(f"SELECT t.*::text FROM claims.{name} AS t ORDER BY 1") for name in names]

    def recount(self) -> list[Rows]:
        """The same from scratch."""
        with self.database.writer() as session:
            compare_again(session)
        self.compare()
        return self.tables()

    def sql(self, query: str, **values: object) -> Rows:
        """Rows of a query."""
        with self.database.engine.begin() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]


@pytest.fixture
def press(database: Database) -> Press:
    """Papers that print into an empty database."""
    return Press(database)
