"""Decisions in the database: one chain, whoever writes, at whatever isolation."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.ledger.chain import verify
from claims.ledger.store import append, load_head, load_rows
from claims.model.decision import Decision
from claims.schema import Claim
from tests.makers import add_reviewer, decision, settle, store


def test_the_database_and_the_verifier_hash_alike(database: Database) -> None:
    [claim] = store(database)
    settle(database, claim)
    with database.reader() as session:
        number, head = load_head(session)
        verdict = verify(load_rows(session), head)
    assert (number, verdict.rows, verdict.fault) == (1, 1, None)


def test_the_same_decision_again_adds_nothing(database: Database) -> None:
    [claim] = store(database)
    with database.writer() as session:
        made = decision(claim, add_reviewer(session))
        session.execute(
            update(Claim).where(Claim.id == claim).values(status="accepted", revision=1)
        )
        assert append(session, made) == 1
    with database.writer() as session:
        assert append(session, made) == 1
    with database.reader() as session:
        assert load_head(session)[0] == 1


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_eight_writers_make_one_chain(database: Database, isolation: str) -> None:
    each = 25
    claims = [store(database, external_id=f"doc{n}")[0] for n in range(8)]

    engine = database.engine.execution_options(isolation_level=isolation)

    def write(claim: uuid.UUID) -> None:
        with database.writer() as session:
            reviewer = add_reviewer(session, f"R{claim}")
        for revision in range(1, each + 1):
            write_until_taken(engine, decision(claim, reviewer, revision))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, claims))
    with database.reader() as session:
        number, head = load_head(session)
        verdict = verify(load_rows(session), head)
    assert (number, verdict.rows, verdict.fault) == (8 * each, 8 * each, None)


def write_until_taken(engine: Engine, made: Decision) -> None:
    """Write one decision with its effect, as often as the server asks for another attempt."""
    effect = (
        update(Claim)
        .where(Claim.id == made.subject, Claim.revision == made.revision - 1)
        .values(status="accepted", revision=made.revision)
    )
    while True:
        try:
            with Session(engine) as session, session.begin():
                session.execute(effect)
                append(session, made)
        except OperationalError:  # 40001: another writer took the head meanwhile
            continue
        return


def test_a_change_by_a_superuser_with_triggers_off_is_found(database: Database) -> None:
    claims = [store(database, external_id=f"doc{n}")[0] for n in range(3)]
    for claim in claims:
        settle(database, claim)
    with database.writer() as session:
        session.execute(text("ALTER TABLE claims.decision DISABLE TRIGGER USER"))
        session.execute(text("UPDATE claims.decision SET reason = 'forged' WHERE no = 2"))
        session.execute(text("ALTER TABLE claims.decision ENABLE ALWAYS TRIGGER decision_rows"))
    with database.reader() as session:
        verdict = verify(load_rows(session))
    assert verdict.broken is not None
    assert (verdict.rows, verdict.broken.no) == (1, 2)
