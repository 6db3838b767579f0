"""Two programs that store versions of one article at the same moment."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.ingest.articles import ingest_articles
from claims.ingest.batches import ingest_batches
from claims.ingest.extraction import Here, Text
from claims.model.article import Article
from claims.model.proposal import Proposal
from tests.makers import NOW, RUN, TEXT, article, proposal

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
URL = "https://pier.example/bridge"


def version(number: int) -> Article:
    printed = TEXT.replace("Monday", DAYS[number])
    return replace(article(printed, url=URL), publisher_version=number + 1)


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_versions_that_come_at_once_end_in_one_numbering(database: Database) -> None:
    start = Barrier(2, timeout=30)

    def propose(printed: str, published: date | None) -> Sequence[Proposal]:
        del published
        return (proposal(printed),)

    def ingest(numbers: Sequence[int]) -> int:
        moments: Iterator[Any] = (NOW + timedelta(minutes=one) for one in range(1000))
        start.wait()
        records = [version(number) for number in numbers]
        return len(
            list(ingest_articles(database, records, propose, run=RUN, clock=lambda: next(moments)))
        )

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ingest, [(0, 2, 4), (1, 3, 5)])) == [3, 3]
    assert rows(database, "SELECT count(*) FROM claims.document") == [(1,)]
    assert rows(database, "SELECT number FROM claims.document_version ORDER BY 1") == [
        (1,), (2,), (3,), (4,), (5,), (6,)
    ]  # fmt: skip
    assert rows(database, "SELECT count(*) FROM claims.sighting") == [(6,)]
    current = """
        SELECT substring(v.text FROM '[A-Z][a-z]+day') FROM claims.document_version AS v
         WHERE v.id = claims.current_version(v.document)
    """
    assert rows(database, current) == [("Saturday",)]
    queue = """
        SELECT substring(v.text FROM '[A-Z][a-z]+day') FROM claims.waiting AS w
          JOIN claims.waiting_article AS a ON a.turn = w.turn
          JOIN claims.document_version AS v ON v.id = a.version
    """
    assert rows(database, queue) == [("Saturday",)]


def test_a_text_that_comes_at_once_in_two_typographies_is_one_version(database: Database) -> None:
    both_identified = Barrier(2, timeout=30)

    def ingest(printed: str) -> int:
        waited: list[str] = []

        def propose(text_: str, published: date | None) -> Sequence[Proposal]:
            del published
            if not waited:
                waited.append(text_)
                both_identified.wait()
            return (proposal(text_, "the bridge is safe"),)

        records = [article(printed, url=URL)]
        return len(list(ingest_articles(database, records, propose, run=RUN, clock=lambda: NOW)))

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ingest, [TEXT, TEXT.replace('"', "\u201d")])) == [1, 1]
    assert rows(database, "SELECT number FROM claims.document_version") == [(1,)]
    assert rows(database, "SELECT count(*) FROM claims.waiting") == [(1,)]


@pytest.mark.parametrize("together", [False, True])
def test_of_two_that_store_an_article_at_once_one_says_so(
    database: Database,
    together: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Each has read it before the other stores it: who comes second finds it under the lock."""
    both_read = Barrier(2, timeout=30)
    records = [version(0), article(external_id="b"), article(external_id="c")]

    def propose(printed: str, published: date | None) -> Sequence[Proposal]:
        del published
        both_read.wait()
        return (proposal(printed),)

    def propose_many(texts: Sequence[Text]) -> Sequence[tuple[Proposal, ...]]:
        both_read.wait()
        return [(proposal(printed),) for printed, _ in texts]

    def ingest(_: int) -> list[tuple[bool, int]]:
        outcomes = (
            ingest_batches(
                database, records, Here(lambda: propose_many), run=RUN, clock=lambda: NOW
            )
            if together
            else ingest_articles(database, records, propose, run=RUN, clock=lambda: NOW)
        )
        return [(one.new, one.claims) for one in outcomes]

    with ThreadPoolExecutor(2) as pool:
        for outcomes in zip(*pool.map(ingest, range(2)), strict=True):
            assert sorted(outcomes) == [(False, 0), (True, 1)]
    assert rows(database, "SELECT count(*) FROM claims.claim") == [(3,)]
