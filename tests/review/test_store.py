"""A decision and its effect are written together or not at all."""

import uuid

import pytest

from claims.database.engine import Database
from claims.errors import ChangedMeanwhileError
from claims.ledger.store import load_head, load_rows, sign_in
from claims.model.decision import Signature
from claims.review.store import load_next, load_standing, save_decision
from claims.review.transitions import Action, decide
from tests.makers import MORE, TEXT, proposal, store


def accept(database: Database, claim: uuid.UUID, name: str = "Ann") -> int:
    with database.writer() as session:
        reviewer = sign_in(session, name, uuid.uuid4())
        made = decide(
            load_standing(session, claim), Action.ACCEPT, Signature(uuid.uuid4(), reviewer, "0")
        )
        assert made is not None
        return save_decision(session, made)


def test_accepting_moves_the_claim_and_adds_one_row(database: Database) -> None:
    [claim] = store(database)
    assert accept(database, claim) == 1
    with database.reader() as session:
        standing = load_standing(session, claim)
        [row] = load_rows(session, subject=claim)
    assert (standing.status, standing.revision) == ("accepted", 1)
    assert (row.signed, row.action, row.after) == ("Ann", "accept", '{"status": "accepted"}')


def test_the_second_of_two_is_told_and_nothing_is_written(database: Database) -> None:
    [claim] = store(database)
    with database.reader() as session:
        seen = load_standing(session, claim)
    accept(database, claim)
    with database.writer() as session:
        reviewer = sign_in(session, "Ben", uuid.uuid4())
    late = decide(seen, Action.REJECT, Signature(uuid.uuid4(), reviewer, "0", "no"))
    assert late is not None
    with pytest.raises(ChangedMeanwhileError), database.writer() as session:
        save_decision(session, late)
    with database.reader() as session:
        assert load_standing(session, claim).status == "accepted"
        assert load_head(session)[0] == 1


def test_a_reviewer_is_the_same_person_by_name(database: Database) -> None:
    with database.writer() as session:
        first = sign_in(session, "Ann", uuid.uuid4())
        assert sign_in(session, "Ann", uuid.uuid4()) == first
        assert sign_in(session, "Ben", uuid.uuid4()) != first


def test_the_queue_follows_the_text_and_ends(database: Database) -> None:
    text = TEXT + MORE
    first, second = store(database, proposal(text, "money was lost"), proposal(text), text=text)
    for expected in (first, second):
        with database.reader() as session:
            waiting = load_next(session)
        assert waiting == expected
        accept(database, expected)
    with database.reader() as session:
        assert load_next(session) is None
