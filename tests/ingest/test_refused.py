"""One record that cannot be stored as it is costs no other: law 9."""

import io
import json
import random
import string
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.documents.errors import IdentityTakenError
from claims.ingest.articles import ingest_articles
from claims.ingest.quotes import ingest_quotes
from claims.ingest.save import save_article
from claims.model.article import Article
from claims.model.capture import Capture
from claims.model.problem import Problem
from claims.model.proposal import Proposal, SaidOn
from claims.model.quotation import ListedQuotation
from claims.model.span import Span
from claims.readers.options import ReadOptions
from claims.readers.quotes.sheet import open_sheet, read_sheet
from claims.readers.source import read_stream
from tests.makers import NOW, RUN, TEXT, article, proposal, silent

LONG = "".join(random.Random(7).choices(string.ascii_letters, k=3000))
"""Longer than a row of an index, and not to be compressed."""

LINES: tuple[dict[str, str], ...] = (
    {"url": f"https://e.org/{LONG}"},
    {"doc_id": LONG},
    {"outlet": LONG},
    {"language": LONG},
    {"url": "https://[e.org/"},
    {"url": "https://e.org:99999/"},
    {"published": "9999-12-31"},
    {"published": "9999-12-31T23:59:59-05:00"},
    {"published": "0001-01-01T00:00:00+05:00"},
    {"title": LONG, "byline": LONG},
    {"doc_id": "good"},
)


def propose(printed: str, published: date | None) -> Sequence[Proposal]:
    """A claim that was said on the day of publication, or the next, as far as there is one."""
    if published is None:
        return (proposal(printed),)
    said = SaidOn("tomorrow", published, published + timedelta(1), ())
    return (replace(proposal(printed), said_on=said),)


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def ingest(database: Database, records: Sequence[Any]) -> list[str]:
    """The reason of each problem, `stored` for each article."""
    outcomes = ingest_articles(database, records, propose, run=RUN, clock=lambda: NOW)
    return [
        one.record.reason.value if isinstance(one.record, Problem) else "stored" for one in outcomes
    ]


def test_a_field_that_cannot_be_stored_costs_the_field_alone(database: Database) -> None:
    lines = [{"text": f"{TEXT}{number}"} | one for number, one in enumerate(LINES)]
    raw = "".join(json.dumps(one) + "\n" for one in lines).encode()
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(raw))
    records = list(read_stream("a.jsonl", stream, None, ReadOptions()))
    assert ingest(database, records) == [
        "too-large", "stored", "too-large", "stored", "too-large", "stored", "too-large", "stored",
        "bad-field", "stored", "stored", "bad-date", "stored", "bad-date", "stored", "bad-date",
        "stored", "stored", "stored",
    ]  # fmt: skip
    assert rows(database, "SELECT line, field FROM claims.problem ORDER BY line, field") == [
        (1, "url"), (2, "doc_id"), (3, "outlet"), (4, "language"), (5, "url"), (7, "published"),
        (8, "published"), (9, "published"),
    ]  # fmt: skip
    assert rows(database, "SELECT count(*) FROM claims.document") == [(len(LINES),)]
    assert set(ingest(database, records)) == {"stored", "too-large", "bad-field", "bad-date"}
    assert rows(database, "SELECT count(*) FROM claims.document") == [(len(LINES),)]


def test_an_article_that_is_refused_is_told_and_the_next_stored(database: Database) -> None:
    # What no reader gives: past its checks each of these used to stop the file.
    refused = (
        replace(article(), title="a\0b", external_id="nul"),
        replace(article(), title="\ud800", external_id="surrogate"),
        replace(article(), url=f"https://e.org/{LONG}", external_id=None),
    )
    records = [replace(one, place=f"f:{number}") for number, one in enumerate(refused, 1)]
    good = replace(article(), place="f:9", external_id="good")
    assert ingest(database, [*records, good]) == ["not-stored"] * 3 + ["stored"]
    places = rows(database, "SELECT place, line, reason FROM claims.problem ORDER BY line")
    assert places == [("f", line, "not-stored") for line in (1, 2, 3)]
    assert rows(database, "SELECT count(*) FROM claims.claim") == [(1,)]


def test_a_page_with_an_address_that_no_index_takes_is_stored(database: Database) -> None:
    uri = f"https://e.org/{LONG}"
    captured = replace(article(), capture=Capture(uri, NOW, 200), place="f:1")
    assert ingest(database, [captured, captured]) == ["stored", "stored"]
    assert rows(database, "SELECT url FROM claims.document") == [(None,)]
    assert rows(database, "SELECT url FROM claims.document_address") == [(uri,)]


def test_a_quotation_that_another_process_stores_meanwhile_is_tried_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = iter([True, True])

    def save(session: Any, stub: Article, *args: Any, **options: Any) -> tuple[bool, int]:  # noqa: ANN401 - handed on as it is
        if next(taken, False):
            raise IdentityTakenError("here")
        return save_article(session, stub, *args, **options)

    monkeypatch.setattr("claims.ingest.quotes.save_article", save)
    table = open_sheet(io.BufferedReader(io.BytesIO(b"speaker,quote\nA,one\nB,two\n")), "s.csv")
    read = read_sheet(table, "s.csv", {name: name for name in table.names})
    outcomes = list(ingest_quotes(database, read, run=RUN, clock=lambda: NOW))
    assert [(one.new, one.claims) for one in outcomes] == [(True, 1), (True, 1)]


def test_a_quotation_that_is_refused_is_told_and_the_others_stored(database: Database) -> None:
    records = [
        ListedQuotation(
            replace(article("w x"), external_id=id_, place=f"f:{line}"), silent(Span(0, 1))
        )
        for line, id_ in enumerate(("one", "a\0b", "\ud800", "two"), 1)
    ]
    outcomes = list(ingest_quotes(database, records, run=RUN, clock=lambda: NOW))
    assert [isinstance(one.record, Problem) for one in outcomes] == [False, True, True, False]
    assert rows(database, "SELECT line FROM claims.problem ORDER BY 1") == [(2,), (3,)]
