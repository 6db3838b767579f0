"""What must not be published is not stored, and is reported."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.ingest.articles import ingest_articles
from claims.model.article import ReaderRecord
from claims.model.notice import Embargo, Notice, NoticeKind
from claims.model.problem import Problem
from claims.model.proposal import Proposal
from tests.makers import NOW, RUN, article, proposal

BEFORE, AFTER = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)


def propose(printed: str, published: date | None) -> tuple[Proposal, ...]:
    del published
    return (proposal(printed),)


def ingest(database: Database, *records: ReaderRecord, now: datetime = NOW) -> list[str]:
    outcomes = ingest_articles(database, records, propose, run=RUN, clock=lambda: now)
    return [
        one.record.reason if isinstance(one.record, Problem) else type(one.record).__name__
        for one in outcomes
    ]


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def notice(kind: NoticeKind) -> Notice:
    return Notice(kind, "ninjs-pubstatus", "canceled", "a.json", external_id="urn:a")


@pytest.mark.parametrize("until", [AFTER, None])
def test_an_embargoed_article_is_not_stored_before_its_minute(
    database: Database, until: datetime | None
) -> None:
    held = article(embargo=Embargo("Next Monday", until))
    assert ingest(database, held) == ["embargoed"]
    assert rows(database, "SELECT count(*) FROM claims.document") == [(0,)]
    assert rows(database, "SELECT field, value, detail LIKE '%yet%' FROM claims.problem") == [
        ("embargo", "Next Monday", True)
    ]


def test_an_article_is_stored_from_the_minute_its_embargo_ends(database: Database) -> None:
    held = article(embargo=Embargo("noon", NOW))
    assert ingest(database, held, now=BEFORE) == ["embargoed"]
    assert ingest(database, held, now=NOW) == ["Article"]
    assert rows(database, "SELECT count(*) FROM claims.claim") == [(1,)]


def test_a_killed_article_is_not_stored_and_others_are(database: Database) -> None:
    killed = article(notices=(notice(NoticeKind.KILL),))
    assert ingest(database, killed, article(external_id="b")) == ["killed", "Article"]
    assert rows(database, "SELECT external_id FROM claims.document") == [("b",)]


def test_a_correction_is_stored_with_its_article_and_a_withdrawal_is_reported(
    database: Database,
) -> None:
    corrected = article(notices=(notice(NoticeKind.CORRECT),))
    withdrawn = article(external_id="b", notices=(notice(NoticeKind.WITHDRAW),))
    assert ingest(database, corrected) == ["Article"]
    assert ingest(database, withdrawn) == ["notice", "Article"]


def test_a_notice_that_comes_alone_is_kept_as_a_problem_once(database: Database) -> None:
    alone = notice(NoticeKind.KILL)
    assert ingest(database, alone, alone) == ["killed", "killed"]
    assert rows(database, "SELECT reason, detail, value FROM claims.problem") == [
        ("killed", "its publisher orders not to use urn:a (ninjs-pubstatus)", "canceled")
    ]


def test_a_status_that_allows_the_use_is_no_problem(database: Database) -> None:
    usable = article(notices=(notice(NoticeKind.RESTORE),))
    assert ingest(database, usable, notice(NoticeKind.RESTORE)) == ["Article"]
    assert rows(database, "SELECT count(*) FROM claims.problem") == [(0,)]


def test_moments_are_compared_with_their_zones(database: Database) -> None:
    until = datetime.fromisoformat("2026-05-04T13:30:00+02:00")
    assert until < NOW.astimezone(UTC)
    assert ingest(database, article(embargo=Embargo("13:30 CEST", until))) == ["Article"]
