"""Articles in crowds, of a few words, of unknown order, and printed from one that is withdrawn."""

import re
import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from claims.comparison.copies import ComparedText, Copy, find_copies
from claims.copies import texts
from claims.database.engine import Database
from claims.documents.decide import decide_on_document
from claims.documents.decisions import DocumentAction
from claims.model.decision import Signature
from tests.copies.stories import compare, copies, printing, save, sentences, story, words
from tests.makers import NOW, add_reviewer


@pytest.fixture
def aligned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """With how many earlier texts each text was compared."""
    counts: list[int] = []

    def counted(
        one: ComparedText, earlier: Sequence[tuple[uuid.UUID, ComparedText]]
    ) -> tuple[Copy, ...]:
        counts.append(len(earlier))
        return find_copies(one, earlier)

    monkeypatch.setattr(texts, "find_copies", counted)
    return counts


def read(database: Database, query: str) -> list[tuple[object, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


@pytest.mark.parametrize("count", [40, pytest.param(3000, marks=pytest.mark.long)])
def test_equal_articles_are_one_text_that_is_compared_once(
    database: Database, aligned: list[int], count: int
) -> None:
    for number in range(count):
        save(database, printing(f"paper{number:05}", story("a"), number % 24))
    assert compare(database) == count
    assert aligned == [0]
    assert read(database, "SELECT count(*), bool_and(is_original) FROM claims.compared_text") == [
        (1, True)
    ]
    assert read(database, "SELECT count(*), count(DISTINCT original) FROM claims_v1.copies") == [
        (count - 1, 1)
    ]


def test_a_crowd_that_shares_a_notice_is_not_compared_for_it(
    database: Database, aligned: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    few, crowd = 5, 20
    monkeypatch.setattr(texts, "COMMON", few)
    notice = words("notice", 90)
    for number in range(crowd):
        printed = sentences(words(f"story {number}", 200) + notice)
        save(database, printing(f"paper{number:05}", printed, number))
    compare(database)
    # Each of the first few with all before it, the later ones with none.
    assert sorted(aligned) == [0] * (crowd - few) + list(range(1, few + 1))


def test_of_twenty_words_nothing_is_said(database: Database, aligned: list[int]) -> None:
    brief = sentences(words("brief", 20))
    save(database, printing("first", brief, 0))
    save(database, printing("second", brief, 1))
    save(database, printing("third", story("a") + brief, 2))
    compare(database)
    assert copies(database) == []
    assert sum(aligned) == 0
    assert read(database, "SELECT count(DISTINCT origin) FROM claims_v1.origins") == [(3,)]


def test_a_copy_of_a_withdrawn_article_is_marked(database: Database) -> None:
    first = save(database, printing("first", story("a"), 0))
    save(database, printing("second", story("a") + story("b", 30), 1))
    compare(database)
    query = "SELECT outlet, original_outlet, original_status FROM claims_v1.copies"
    assert read(database, query) == [("second", "first", "usable")]
    with database.writer() as session:
        signature = Signature(uuid.uuid4(), add_reviewer(session), "0", "made up")
        decide_on_document(session, first, DocumentAction.WITHDRAW, signature)
    compare(database)
    assert read(database, query) == [("second", "first", "withdrawn")]


def test_an_order_that_nobody_knows_is_said_to_be_unknown(database: Database) -> None:
    midnight = NOW.replace(hour=0, minute=0)
    save(database, printing("day", story("a"), published_at=midnight))
    save(database, printing("hour", story("a"), 1))
    save(database, printing("undated", story("a"), None))
    compare(database)
    rows = read(
        database, "SELECT outlet, original_outlet, order_known FROM claims_v1.copies ORDER BY 1"
    )
    assert rows == [("hour", "day", False), ("undated", "day", False)]


def test_a_notice_in_very_many_copies_is_not_read_through(database: Database) -> None:
    values = {
        "hashes": [1], "place": texts.LAST, "common": texts.COMMON, "shared": texts.SHARED,
        "most": texts.MOST,
    }  # fmt: skip
    candidates = text(f"EXPLAIN (ANALYZE, FORMAT JSON) {texts.QUERIES['candidates'].text}")
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO claims.fingerprint (hash, place, is_original)"
                " SELECT 1, gen_random_uuid(), false FROM generate_series(1, 1000)"
            )
        )
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = str(connection.execute(candidates, values).scalar_one())
        connection.rollback()
    assert "pk_fingerprint" in plan
    assert set(re.findall("Rows Removed by Filter': ([0-9]+)", plan)) <= {"0"}
