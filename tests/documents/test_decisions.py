"""What people decide on documents: the whole table, with its effect, undo and replay."""

import random
import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy import select, text

from claims.database.engine import Database
from claims.documents.decide import decide_on_document, load_document, save_document_decision
from claims.documents.decisions import (
    RULES,
    DocumentAction,
    DocumentUnderReview,
    decision_for,
)
from claims.documents.errors import DocumentRefusedError
from claims.errors.base import ClaimsError
from claims.ledger.append import append, load_rows
from claims.ledger.chain import verify
from claims.ledger.consistency import find_differences
from claims.ledger.entries import load_entry
from claims.ledger.errors import ChangedMeanwhileError, ReasonMissingError
from claims.ledger.undo import undo
from claims.model.decision import Signature
from claims.model.kinds import DocumentStatus
from claims.schema import DocumentRow
from tests.makers import add_reviewer, store

DOCUMENT, REVIEWER = uuid.uuid4(), uuid.uuid4()
SIGNED = Signature(uuid.uuid4(), REVIEWER, "0", "  the agency\n killed it ")
REFUSED = "it is corrected, not withdrawn"


@pytest.mark.parametrize(
    ("status", "action", "ends"),
    [
        ("usable", "withdraw", "withdrawn"),
        ("corrected", "withdraw", "withdrawn"),
        ("withdrawn", "withdraw", None),
        ("usable", "correct", "corrected"),
        ("corrected", "correct", None),
        # Its publisher took it back, and printed it again in other words.
        ("withdrawn", "correct", "corrected"),
        ("usable", "restore", None),
        ("withdrawn", "restore", "usable"),
        # That it was wrong in part stays on record until that decision is undone.
        ("corrected", "restore", REFUSED),
    ],
)
def test_the_whole_table(status: str, action: str, ends: str | None) -> None:
    document = DocumentUnderReview(DOCUMENT, 4, DocumentStatus(status))
    if ends == REFUSED:
        with pytest.raises(DocumentRefusedError, match=REFUSED):
            decision_for(document, DocumentAction(action), SIGNED)
        return
    decision = decision_for(document, DocumentAction(action), SIGNED)
    if ends is None:
        assert decision is None
        return
    assert decision is not None
    assert (decision.action, decision.subject_kind, decision.subject, decision.revision) == (
        action, "document", DOCUMENT, 5,
    )  # fmt: skip
    assert (decision.before, decision.after) == ({"status": status}, {"status": ends})
    assert decision.reason == "the agency killed it"


@pytest.mark.parametrize("action", DocumentAction)
def test_every_decision_needs_a_reason(action: DocumentAction) -> None:
    document = DocumentUnderReview(DOCUMENT, 0, DocumentStatus.USABLE)
    with pytest.raises(ReasonMissingError):
        decision_for(document, action, Signature(uuid.uuid4(), REVIEWER, "0", " \n "))


def status_of(database: Database) -> tuple[str, int]:
    with database.reader() as session:
        row = session.execute(select(DocumentRow.status, DocumentRow.revision)).one()
        return row[0], row[1]


def decide(database: Database, reviewer: uuid.UUID, *actions: str) -> list[int]:
    """Decide on the only document; the numbers in the ledger."""
    numbers = []
    for action in actions:
        with database.writer() as session:
            document = session.scalars(select(DocumentRow.id)).one()
            signed = Signature(uuid.uuid4(), reviewer, "0", "a reason")
            result = decide_on_document(session, document, DocumentAction(action), signed)
            numbers.append(result.number if result else 0)
    return numbers


def reverse(database: Database, reviewer: uuid.UUID, numbers: Sequence[int]) -> list[str]:
    """Undo decisions; of those that are refused the detail."""
    refused = []
    for number in numbers:
        try:
            with database.writer() as session:
                signed = Signature(uuid.uuid4(), reviewer, "0")
                writers = {"document": save_document_decision}
                undo(session, load_entry(session, number), signed, writers)
        except ClaimsError as error:
            refused.append(error.detail)
    return refused


@pytest.fixture
def ann(database: Database) -> uuid.UUID:
    """A reviewer, and an article with a claim."""
    store(database)
    with database.writer() as session:
        return add_reviewer(session, "Ann")


def test_restoring_leads_back_to_what_it_was(database: Database, ann: uuid.UUID) -> None:
    assert decide(database, ann, "correct", "withdraw", "withdraw", "restore") == [1, 2, 0, 3]
    assert status_of(database) == ("corrected", 3)
    assert reverse(database, ann, [3]) == []
    assert status_of(database) == ("withdrawn", 4)
    # The undo leads to withdrawn from corrected, and is no withdrawal.
    assert decide(database, ann, "correct") == [5]
    assert reverse(database, ann, [5]) == []
    assert decide(database, ann, "restore") == [7]
    assert status_of(database) == ("corrected", 7)


def test_a_decision_is_written_once_under_its_id(database: Database, ann: uuid.UUID) -> None:
    signed = Signature(uuid.uuid4(), ann, "0", "killed")
    for _ in range(2):
        with database.writer() as session:
            document = session.scalars(select(DocumentRow.id)).one()
            result = decide_on_document(session, document, DocumentAction.WITHDRAW, signed)
            assert result is not None
            assert (result.number, result.decision.after) == (1, {"status": "withdrawn"})


def test_undone_and_redone_in_any_order_the_tables_follow_the_ledger(
    database: Database, ann: uuid.UUID
) -> None:
    generator = random.Random(20261126)
    for _ in range(70):
        if generator.random() < 0.6:
            action = generator.choice(list(RULES))
            try:
                decide(database, ann, action)
            except DocumentRefusedError:
                continue
        else:
            with database.reader() as session:
                last = len(list(load_rows(session)))
            reverse(database, ann, [generator.randint(1, last)] if last else [])
    with database.reader() as session:
        rows = list(load_rows(session))
        assert list(find_differences(session)) == []
        verdict = verify(rows)
    assert (verdict.problem, verdict.rows) == (None, len(rows))
    assert status_of(database)[1] == len(rows) > 15


def test_a_decision_on_what_changed_since_is_refused(database: Database, ann: uuid.UUID) -> None:
    with database.reader() as session:
        document = session.scalars(select(DocumentRow.id)).one()
    with database.writer() as session:
        seen = load_document(session, document)
        stale = decision_for(seen, DocumentAction.CORRECT, Signature(uuid.uuid4(), ann, "0", "x"))
    decide(database, ann, "withdraw")
    assert stale is not None
    with (
        pytest.raises(ChangedMeanwhileError, match="withdraw by Ann, ledger 1"),
        database.writer() as session,
    ):
        save_document_decision(session, stale)
    assert status_of(database) == ("withdrawn", 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims.document SET status = 'withdrawn'",
        "UPDATE claims.document SET status = 'withdrawn', revision = revision + 1",
        "UPDATE claims.document SET status = 'gone', revision = revision + 1",
    ],
)
def test_nobody_withdraws_without_a_ledger_row(
    database: Database, ann: uuid.UUID, statement: str
) -> None:
    with pytest.raises(ClaimsError), database.writer() as session:
        session.execute(text(statement))
    assert status_of(database) == ("usable", 0)
    # And no row without its effect.
    with database.reader() as session:
        document = session.scalars(select(DocumentRow.id)).one()
    fresh = DocumentUnderReview(document, 0, DocumentStatus.USABLE)
    alone = decision_for(fresh, DocumentAction.WITHDRAW, Signature(uuid.uuid4(), ann, "0", "x"))
    assert alone is not None
    with pytest.raises(ClaimsError), database.writer() as session:
        append(session, alone)
