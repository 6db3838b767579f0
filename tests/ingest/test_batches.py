"""Articles stored a batch at a time end in the rows that they end in one by one."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import text

from claims.database.engine import Database
from claims.ingest.articles import Outcome, ingest_articles
from claims.ingest.batches import ingest_batches
from claims.ingest.extraction import Here
from claims.model.article import Article, ReaderRecord
from claims.model.capture import Capture
from claims.model.notice import Embargo, Notice, NoticeKind
from claims.model.problem import Problem, Reason
from claims.schema import Base
from tests.ingest.stub_extractor import load, propose
from tests.makers import NOW, RUN, article

NAMES = (
    "Ada Quill", "Quill", "A. Quill", "John Smith", "J. Smith", "Smith", "Mary Johnson", "AP",
    "The Associated Press", "Harbour Agency", "the Harbour Agency", "Ada B. Quill", "Bo Tern",
)  # fmt: skip
OFFICES = ("", "mayor ", "minister ", "spokesman ")
PUBLISHERS = (None, "The Pier", "AP", "The Buoy")


def made(count: int, chance: random.Random) -> list[ReaderRecord]:
    """Records as they may follow each other, many with something in common."""
    records: list[ReaderRecord] = []
    for number in range(count):
        said = [
            f'{chance.choice(OFFICES)}{chance.choice(NAMES)} said "the pier moved {number}.{n}".'
            for n in range(chance.randrange(4))
        ]
        one = article(
            f"Report {number}. " + " ".join(said),
            place=f"f:{number}",
            external_id=str(number),
            url=chance.choice([None, f"https://pier.example/{number}"]),
            outlet=chance.choice(PUBLISHERS),
        )
        records += _with_company(one, number, chance)
    return records


def _with_company(one: Article, number: int, chance: random.Random) -> Iterable[ReaderRecord]:
    """An article with what may make it more than a new one."""
    place = f"g:{number}"
    capture = Capture(f"https://pier.example/{number}?page", NOW, 200)
    twin = replace(one, text=one.text.replace('"', "\u201d"), place=place)
    kill = Notice(NoticeKind.KILL, "ninjs-pubstatus", "canceled", place, external_id=str(number))
    company: dict[int, Callable[[], list[ReaderRecord]]] = {
        0: lambda: [one, one],
        1: lambda: [one, replace(one, text=one.text + " More.", place=place), one],
        2: lambda: [one, twin],
        3: lambda: [replace(one, title="a\0b")],
        4: lambda: [replace(one, text="explode " + one.text)],
        5: lambda: [Problem(place, Reason.EMPTY, "no bytes in it"), one],
        6: lambda: [replace(kill, outlet=one.outlet), one],
        7: lambda: [replace(one, notices=(kill,))],
        8: lambda: [replace(one, embargo=Embargo("", None))],
        9: lambda: [replace(one, capture=capture), replace(twin, url=capture.uri)],
        10: lambda: [one, replace(one, text="Something else is here.", url=None, place=place)],
    }
    return company.get(chance.randrange(22), lambda: [one])()


def clock() -> Callable[[], datetime]:
    moments = (NOW + timedelta(seconds=second) for second in range(100_000))
    return lambda: next(moments)


def rows(database: Database) -> dict[str, list[str]]:
    """Every row of every table, without what a clock or a transaction gave it."""
    apart = "{recorded_at,retrieved_at,received_at,seen_at,turn,at,changed_in,no}"
    tables = [table.name for table in Base.metadata.sorted_tables]
    with database.engine.connect() as connection:
        return {
            name: sorted(
                connection.scalars(
                    text(f"SELECT (to_jsonb(t) - '{apart}'::text[])::text FROM claims.{name} AS t")
                )
            )
            for name in tables
        }


def told(outcomes: Iterable[Outcome]) -> list[tuple[object, ...]]:
    return [
        (type(one.record), one.record.place, one.new, one.claims, len(one.proposals), one.notices)
        for one in outcomes
        if isinstance(one.record, Article | Problem | Notice)
    ]


def test_batches_end_in_the_rows_of_one_by_one(two_databases: tuple[Database, Database]) -> None:
    one, other = two_databases
    records = made(70, random.Random(11))
    for again in (records, records[::-1]):
        by_one = told(ingest_articles(one, again, propose, run=RUN, clock=clock()))
        by_batch = told(ingest_batches(other, again, Here(load), run=RUN, clock=clock()))
        assert by_batch == by_one
        assert rows(other) == rows(one)
    assert len(rows(one)["claim"]) > 60
    assert len(rows(one)["source_suggestion"]) > 10
    assert len(rows(one)["problem"]) > 3
