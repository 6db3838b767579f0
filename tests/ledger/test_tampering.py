"""Whoever has every right can change the ledger; nobody can without its being found."""

import random
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.ledger.append import load_end, load_rows
from claims.ledger.chain import Verdict, verify
from tests.makers import settle, store

Figure = Callable[[str], None]

ROWS = 6

COLUMNS = {
    "id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond' * (:dice + 1)",
    "reviewer": "gen_random_uuid()",
    "action": "overlay(action PLACING chr(33 + :dice) FROM 1 + :dice % length(action) FOR 1)",
    "subject_kind": "CASE WHEN :dice % 2 = 0 THEN 'source' ELSE 'document' END",
    "subject": "gen_random_uuid()",
    "revision": "revision + 1 + :dice",
    "before": "jsonb_set(before, '{status}', to_jsonb(chr(65 + :dice)))",
    "after": "jsonb_set(after, '{status}', to_jsonb(chr(65 + :dice)))",
    "reason": "overlay(reason PLACING chr(33 + :dice) FROM 1 + :dice % length(reason) FOR 1)",
    "tool_version": "tool_version || chr(33 + :dice)",
    "undoes": "gen_random_uuid()",
    "batch": "gen_random_uuid()",
    "prev_digest": "set_byte(prev_digest, :dice % 32, get_byte(prev_digest, :dice % 32) # 32)",
    "digest": "set_byte(digest, :dice % 32, get_byte(digest, :dice % 32) # (1 + :dice))",
}
"""For each column how a superuser changes a byte of it; :dice is 0 to 57."""

SEALED = "UPDATE claims.decision AS d SET digest = claims.decision_digest(d) WHERE no = :no"
OTHER = {
    "delete": ["DELETE FROM claims.decision WHERE no = :no"],
    "cut the tail": ["DELETE FROM claims.decision WHERE no >= :no"],
    "cut the tail and move the head": [
        "DELETE FROM claims.decision WHERE no >= :no",
        "UPDATE claims.ledger_head SET no = :no - 1",
    ],
    "move the head": ["UPDATE claims.ledger_head SET no = :no + :dice"],
    "swap": [
        "UPDATE claims.decision SET no = -1 WHERE no = :no",
        "UPDATE claims.decision SET no = :no WHERE no = 1 + :no % 6",
        "UPDATE claims.decision SET no = 1 + :no % 6 WHERE no = -1",
    ],
    "put in": [
        "UPDATE claims.decision SET no = -no WHERE no > :no",
        "UPDATE claims.decision SET no = 1 - no WHERE no < 0",
        (
            "INSERT INTO claims.decision SELECT gen_random_uuid(), no + 1, at, reviewer, action,"
            " subject_kind, subject, revision + 100, before, after, reason, tool_version, undoes,"
            " digest, sha256(digest), batch FROM claims.decision WHERE no = :no"
        ),
        "UPDATE claims.decision AS d SET digest = claims.decision_digest(d) WHERE no = :no + 1",
    ],
    "change and hash anew": [
        "UPDATE claims.decision SET reason = 'forged ' || :dice WHERE no = :no",
        SEALED,
    ],
}
"""Other ways, each as statements on row :no of ROWS."""


@pytest.fixture
def superuser(database: Database) -> Iterator[Connection]:
    """Somebody with every right, who has switched every trigger and constraint off."""
    for number in range(ROWS):
        settle(database, store(database, external_id=f"doc{number}")[0])
    with database.engine.connect() as connection:
        for statement in (
            "ALTER TABLE claims.decision DISABLE TRIGGER ALL",
            "ALTER TABLE claims.ledger_head DISABLE TRIGGER ALL",
            "ALTER TABLE claims.decision DROP CONSTRAINT uq_decision_prev_digest",
            "ALTER TABLE claims.decision DROP CONSTRAINT uq_decision_no",
        ):
            connection.execute(text(statement))
        connection.commit()
        yield connection


def verdict_on(connection: Connection, kept: str | None = None) -> Verdict:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        end = load_end(session)
        return verify(load_rows(session), end.digest, number=end.no, pinned=kept)


def holds_in_sql(connection: Connection) -> bool:
    """The third verifier: the database's own hash, and one query."""
    query = text(
        "SELECT coalesce(bool_and(f.digest = claims.decision_digest(d) AND f.no = f.place"
        "  AND f.prev_digest = coalesce(f.before_it, decode(repeat('00', 32), 'hex'))), true)"
        "  AND (SELECT h.no = coalesce(max(f.no), 0) AND h.digest = coalesce((SELECT l.digest"
        "         FROM claims.decision AS l ORDER BY l.no DESC LIMIT 1),"
        "         decode(repeat('00', 32), 'hex')) FROM claims.ledger_head AS h)"
        "  FROM (SELECT no, digest, prev_digest, row_number() OVER w AS place,"
        "               lag(digest) OVER w AS before_it"
        "          FROM claims.decision WINDOW w AS (ORDER BY no)) AS f"
        "  JOIN claims.decision AS d ON d.no = f.no"
    )
    return bool(connection.scalar(query))


def tamper(connection: Connection, amount: int, seed: int) -> int:
    """Change the ledger in every way and take each change back; how many were found."""
    draw = random.Random(seed)
    found = 0
    for number in range(amount):
        place = draw.randint(1, ROWS)
        dice = {"no": place, "dice": draw.randrange(58)}
        way = draw.choice([*COLUMNS, *OTHER]) if number >= 2 * ROWS else list(COLUMNS)[number]
        statements = OTHER.get(way) or [
            f"UPDATE claims.decision SET {way} = {COLUMNS[way]} WHERE no = :no"
        ]
        # A transaction each: the locks of 100,000 savepoints would not fit into one.
        change = connection.begin()
        before = connection.scalars(text(DUMP)).all()
        for statement in statements:
            connection.execute(text(statement), dice)
        if connection.scalars(text(DUMP)).all() != before:
            verdict = verdict_on(connection)
            assert verdict.problem, (way, dice)
            assert not holds_in_sql(connection), (way, dice)
            check_named(verdict, way, place)
            found += 1
        change.rollback()
    return found


DUMP = (
    "SELECT d::text FROM claims.decision AS d UNION ALL SELECT h::text FROM claims.ledger_head AS h"
)


def check_named(verdict: Verdict, way: str, place: int) -> None:
    """The row that was touched is the one that is named; rows before it hold."""
    if way in COLUMNS or way in {"delete", "cut the tail", "change and hash anew"}:
        assert verdict.rows == place - 1, (way, place, verdict.problem)
    if way in COLUMNS or way == "change and hash anew":
        assert verdict.broken, (way, place, verdict.problem)
        assert verdict.broken.no == place, (way, place, verdict.problem)
    if way == "put in":
        assert verdict.rows <= place + 1


def test_every_change_by_a_superuser_is_found(superuser: Connection, figure: Figure) -> None:
    found = tamper(superuser, 500, seed=1)
    assert found > 450
    figure(f"{found} changes {found} found")


@pytest.mark.long
def test_every_change_of_very_many_is_found(superuser: Connection, figure: Figure) -> None:
    found = tamper(superuser, 100_000, seed=2)
    figure(f"{found} changes {found} found (long)")


def test_a_whole_chain_written_anew_is_found_by_a_kept_head_alone(superuser: Connection) -> None:
    kept = verdict_on(superuser).head
    superuser.execute(text("UPDATE claims.decision SET reason = 'forged' WHERE no = 2"))
    for number in range(1, ROWS + 1):
        superuser.execute(text(SEALED), {"no": number})
        superuser.execute(
            text(
                "UPDATE claims.decision AS d SET prev_digest = b.digest FROM claims.decision AS b"
                " WHERE d.no = :no + 1 AND b.no = :no"
            ),
            {"no": number},
        )
    superuser.execute(
        text(
            "UPDATE claims.ledger_head SET digest = (SELECT digest FROM claims.decision"
            " ORDER BY no DESC LIMIT 1)"
        )
    )
    assert holds_in_sql(superuser)
    assert verdict_on(superuser).problem is None
    assert verdict_on(superuser, kept).problem is not None
