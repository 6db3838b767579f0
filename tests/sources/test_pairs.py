"""Pairs of sources that may be one: which wait, whatever was merged or told apart since."""

import uuid

from sqlalchemy import text

from claims.database.engine import Database
from claims.sources import changes
from claims.sources.cards import load_pairs
from claims.sources.edit import load_source, save_source_decision
from tests.makers import add_reviewer
from tests.sources.test_merges import add_source, merge, signed


def pairs(database: Database) -> list[set[str]]:
    with database.reader() as session:
        return [{pair.a_name, pair.b_name} for pair in load_pairs(session, limit=10)]


def suggest(database: Database, one: uuid.UUID, other: uuid.UUID) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO claims.source_suggestion (a, b, score, reason)"
                 " VALUES (least(:one, :other), greatest(:one, :other), 0.9, 'so')"),
            {"one": one, "other": other},
        )  # fmt: skip


def tell_apart(database: Database, reviewer: uuid.UUID, a: uuid.UUID, b: uuid.UUID) -> None:
    with database.writer() as session:
        decision = changes.distinct(
            load_source(session, a), load_source(session, b), signed(reviewer), recorded=False
        )
        assert decision is not None
        save_source_decision(session, decision)


def test_a_pair_that_was_told_apart_does_not_come_back_while_others_wait(
    database: Database,
) -> None:
    with database.writer() as session:
        reviewer = add_reviewer(session)
    ada, adela, bob, bo = (
        add_source(database, reviewer, name) for name in ("Ada", "Adela", "Bob", "Bo")
    )
    suggest(database, ada, adela)
    suggest(database, bob, bo)
    tell_apart(database, reviewer, ada, adela)
    assert pairs(database) == [{"Bob", "Bo"}]
    assert merge(database, reviewer, bob, ada)
    assert pairs(database) == [{"Ada", "Bo"}]
    tell_apart(database, reviewer, ada, bo)
    assert pairs(database) == []
