"""What people settle of copies: it holds, it is undone, and the database refuses a circle."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database
from claims.documents.decide import save_document_decision
from claims.documents.errors import DocumentRefusedError
from claims.documents.settle import settle_copy, settle_origin
from claims.ledger.consistency import find_differences
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.decision import Signature
from tests.copies.stories import compare, copies, printing, results, save, story
from tests.makers import add_reviewer


@pytest.fixture
def reviewer(database: Database) -> uuid.UUID:
    with database.writer() as session:
        return add_reviewer(session)


def signed(reviewer: uuid.UUID) -> Signature:
    return Signature(uuid.uuid4(), reviewer, "0", "as the test has it")


def settle(
    database: Database, document: uuid.UUID, original: uuid.UUID, reviewer: uuid.UUID
) -> int:
    with database.writer() as session:
        made = settle_copy(session, document, original, signed(reviewer))
        assert made is not None
        return made.number


def take_back(database: Database, number: int, reviewer: uuid.UUID) -> None:
    with database.writer() as session:
        writers = {"document": save_document_decision}
        undo(session, load_entry(session, number), signed(reviewer), writers)
    compare(database)


def test_what_a_person_settles_holds_until_it_is_undone(
    database: Database, reviewer: uuid.UUID
) -> None:
    first = save(database, printing("first", story("a"), 0))
    second = save(database, printing("second", story("a"), 1))
    other = save(database, printing("other", story("b"), 2))
    compare(database)
    before, found = results(database), [("second", "first", "same", 100)]
    assert copies(database) == found
    own = settle(database, second, second, reviewer)
    compare(database)
    assert copies(database) == []
    by_hand = settle(database, other, second, reviewer)
    compare(database)
    assert copies(database) == [("other", "second", "copy", 0)]
    take_back(database, own, reviewer)
    # The copy by hand follows what it is a copy of.
    assert copies(database) == [("other", "first", "copy", 0), *found]
    take_back(database, by_hand, reviewer)
    assert results(database) == before
    with database.reader() as session:
        assert list(find_differences(session)) == []
    assert first != second


def test_no_article_is_a_copy_of_itself_over_others(
    database: Database, reviewer: uuid.UUID
) -> None:
    one = save(database, printing("one", story("a"), 0))
    other = save(database, printing("other", story("b"), 1))
    settle(database, one, other, reviewer)
    with pytest.raises(DocumentRefusedError, match="a copy of it"):
        settle(database, other, one, reviewer)
    statement = text("UPDATE claims.document SET copy_of = :a, revision = 1 WHERE id = :b")
    with (
        pytest.raises(DBAPIError, match="it would be a copy of itself"),
        database.engine.begin() as connection,
    ):
        connection.execute(statement, {"a": one, "b": other})


ORIGINS = text("SELECT o.origin, o.rule FROM claims_v1.origins AS o JOIN claims_v1.documents AS d"
               " USING (document) ORDER BY d.published_at")  # fmt: skip


def test_an_origin_is_named_by_the_first_rule_that_knows_it(
    database: Database, reviewer: uuid.UUID
) -> None:
    save(database, printing("first", story("a"), 0))
    save(database, printing("second", story("a"), 1))
    credited = save(database, printing("third", "OSLO (AP) — " + story("b"), 2))
    save(database, printing("fourth", story("c"), 3, byline="Reuters Staff"))
    compare(database)
    with database.engine.connect() as connection:
        assert connection.execute(ORIGINS).all() == [
            ("first", "own"),
            ("first", "earliest"),
            ("The Associated Press", "credit-line"),
            ("Reuters", "byline"),
        ]
    with database.writer() as session:
        first = session.scalars(text("SELECT id FROM claims.source WHERE name = 'first'")).one()
        settle_origin(session, credited, first, signed(reviewer))
    with database.engine.connect() as connection:
        assert connection.execute(ORIGINS).all()[2] == ("first", "settled")
