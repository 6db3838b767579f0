"""The change feed: in order, from where one stopped, nothing missed while others write."""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.database.engine import Database
from claims.ledger.append import append
from claims.model.span import Span
from claims.schema import ClaimRow
from tests.contract.conftest import Published
from tests.makers import add_reviewer, decision, settle, silent, store

WRITERS, EACH, FOLLOWERS = 4, 40, 3
SINCE = text("SELECT token, no, claim, status_before, status_after, fields, action"
             " FROM claims_v1.changes_since(:token, :most)")  # fmt: skip


def since(
    database: Database, token: str | None, most: int | None = 1000
) -> list[tuple[object, ...]]:
    with database.reader() as session:
        return [tuple(row) for row in session.execute(SINCE, {"token": token, "most": most})]


def test_a_program_reads_on_from_where_it_stopped(database: Database, published: Published) -> None:
    [(token, no, claim, before, after, fields, action)] = since(database, None)
    assert (no, claim, before, after) == (1, published.claim, "proposed", "accepted")
    assert (fields, action) == ("status", "accept")
    assert since(database, str(token)) == []
    more = [store(database, external_id=str(n))[0] for n in range(3)]
    for one in more:
        settle(database, one)
    first = since(database, str(token), 2)
    assert [row[2] for row in first] == more[:2]
    assert [row[2] for row in since(database, str(first[-1][0]))] == more[2:]
    assert len(since(database, "", None)) == 4


def test_a_decision_that_leaves_the_status_tells_where_the_claim_stood(database: Database) -> None:
    [claim] = store(database)
    settle(database, claim)
    with database.writer() as session:
        row = session.get_one(ClaimRow, claim)
        row.credibility, row.revision = 2, 2
        session.flush()
        made = decision(claim, add_reviewer(session, "B"), 2)
        changed = replace(made, before={"credibility": None}, after={"credibility": 2})
        append(session, changed)
    [_, edited] = since(database, None)
    assert edited[3:5] == ("accepted", "accepted")


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "0" * 31,
        "0" * 32,
        "f" * 32,
        "0000000000000001" + "0" * 16,  # the right number of another ledger
        "7fffffffffffffff" + "0" * 16,
        "'; DROP SCHEMA claims CASCADE; --",
        "0000000000000001" + "é" * 16,
    ],
)
@pytest.mark.usefixtures("published")
def test_a_token_of_another_ledger_is_refused(database: Database, token: str) -> None:
    refusal = pytest.raises(DBAPIError, match="is not of this ledger")
    with database.engine.connect() as connection, refusal as refused:
        connection.execute(SINCE, {"token": token, "most": 1})
    assert getattr(refused.value.orig, "sqlstate", None) == "22023"


def follow(database: Database, seen: list[object], finished: threading.Event) -> None:
    """Poll as a program does, until nothing is new after the last writer ended."""
    token = None
    while True:
        last = finished.is_set()
        page = since(database, token, 7)
        seen += [row[1] for row in page]
        if page:
            token = str(page[-1][0])
        elif last:
            return


def write(database: Database, claims: list[uuid.UUID], number: int) -> None:
    for claim in claims:
        with database.writer() as session:
            row = session.get_one(ClaimRow, claim)
            row.status, row.revision = "accepted", 1
            session.flush()
            append(session, decision(claim, add_reviewer(session, f"{number} {claim}")))
            # Held open so that commits come in another order than the transactions began.
            time.sleep(0.002 * (number % 3))


def test_followers_miss_nothing_while_others_write(database: Database) -> None:
    many = WRITERS * EACH
    made = [silent(Span(2 * n, 2 * n + 1)) for n in range(many)]
    claims = store(database, *made, text="w " * many)
    finished = threading.Event()
    seen: list[list[object]] = [[] for _ in range(FOLLOWERS)]
    followers = [started(partial(follow, database, mine, finished)) for mine in seen]
    writers = [started(partial(write, database, claims[n::WRITERS], n)) for n in range(WRITERS)]
    for writer in writers:
        writer.join()
    finished.set()
    for follower in followers:
        follower.join()
    assert seen == [list(range(1, many + 1))] * FOLLOWERS


def started(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread
