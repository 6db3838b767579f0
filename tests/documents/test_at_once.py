"""Two programs that store versions of one article at the same moment."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

from sqlalchemy import text

from claims.database.engine import Database
from claims.ingest.articles import ingest_articles
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
          JOIN claims.document_version AS v ON v.id = w.version
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
