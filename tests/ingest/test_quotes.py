"""Quotations of lists become proposals, once."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.ingest.quotes import ingest_quotes
from claims.ingest.run import make_run
from claims.ingest.save import save_article
from claims.model.article import Article
from claims.readers.quotes.sheet import open_sheet, read_sheet

RUN = make_run("import", ["s"], "0", "quotes/1")
SHEET = (
    "speaker,quote,url\n"
    "Ada Quill,the bridge is safe,https://e.org/a\n"
    "Bob Stone,the bridge is safe,https://e.org/a\n"
    "none,it may rain,\nAda Quill,,\n"
)


def ingest_sheet(database: Database, *, rehearse: bool = False) -> list[tuple[bool, int]]:
    """Ingest the sheet; whether each row was new, and how many claims it added."""
    table = open_sheet(io.BufferedReader(io.BytesIO(SHEET.encode())), "s.csv")
    records = read_sheet(table, "s.csv", {name: name for name in table.names})
    outcomes = ingest_quotes(
        database, records, run=RUN, clock=lambda: datetime.now(UTC), rehearse=rehearse
    )
    return [(one.new, one.claims) for one in outcomes]


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_each_quotation_is_a_proposal_in_a_stub_and_the_same_again_adds_nothing(
    database: Database,
) -> None:
    assert ingest_sheet(database, rehearse=True)[0] == (True, 1)
    assert rows(database, "SELECT FROM claims.claim") == []
    # The same words from the same address are one claim, whoever a second row says said them.
    assert ingest_sheet(database) == [(True, 1), (False, 0), (True, 1), (True, 0)]
    assert ingest_sheet(database) == [(False, 0)] * 4
    claims = rows(
        database,
        "SELECT c.text, s.name, c.status, v.reader FROM claims.claim AS c"
        " JOIN claims.document_version AS v ON v.id = c.version"
        " LEFT JOIN claims.source AS s ON s.id = c.speaker ORDER BY 1",
    )
    assert claims == [
        ("it may rain", None, "proposed", "sheet/1"),
        ("the bridge is safe", "Ada Quill", "proposed", "sheet/1"),
    ]
    [(place, line, field, reason)] = rows(
        database, "SELECT place, line, field, reason FROM claims.problem"
    )
    assert (place, line, field, reason) == ("s.csv", 5, "quote", "missing-field")


def test_what_the_database_refuses_does_not_stop_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(session: Any, article: Article, *args: Any, **options: Any) -> tuple[bool, int]:  # noqa: ANN401 - handed on as it is
        if article.text == "it may rain":
            raise StatementFailedError("here", "it is too much")
        return save_article(session, article, *args, **options)

    monkeypatch.setattr("claims.ingest.quotes.save_article", save)
    assert ingest_sheet(database) == [(True, 1), (False, 0), (True, 0), (True, 0)]
    assert len(rows(database, "SELECT FROM claims.claim")) == 1
    problems = rows(database, "SELECT line, detail FROM claims.problem ORDER BY line")
    assert problems == [
        (4, "StatementFailedError: it is too much"),
        (5, "there are no words in it"),
    ]
