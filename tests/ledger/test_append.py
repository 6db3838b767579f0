"""Decisions in the database: one chain, whoever writes, at whatever isolation."""

import io
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.ledger import checker
from claims.ledger.append import append, load_end, load_head, load_rows
from claims.ledger.chain import verify
from claims.ledger.consistency import find_differences
from claims.ledger.lines import write_ledger
from claims.model.decision import Decision
from claims.schema import ClaimRow
from tests.makers import add_reviewer, decision, settle, store

Figure = Callable[[str], None]


def test_the_database_and_the_verifier_hash_alike(database: Database) -> None:
    [claim] = store(database)
    settle(database, claim)
    with database.reader() as session:
        number, head = load_head(session)
        verdict = verify(load_rows(session), head)
    assert (number, verdict.rows, verdict.problem) == (1, 1, None)


def test_the_same_decision_again_adds_nothing(database: Database) -> None:
    [claim] = store(database)
    with database.writer() as session:
        made = decision(claim, add_reviewer(session))
        session.execute(
            update(ClaimRow).where(ClaimRow.id == claim).values(status="accepted", revision=1)
        )
        assert append(session, made) == 1
    with database.writer() as session:
        assert append(session, made) == 1
    with database.reader() as session:
        assert load_head(session)[0] == 1


ISOLATION = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]
WRITERS = 8


@pytest.mark.parametrize("isolation", ISOLATION)
def test_eight_writers_make_one_chain(database: Database, isolation: str, figure: Figure) -> None:
    figure(write_at_once(database, isolation, each=25))


@pytest.mark.long
@pytest.mark.parametrize("isolation", ISOLATION)
def test_eight_writers_of_many_decisions_make_one_chain(
    database: Database, isolation: str, figure: Figure
) -> None:
    figure(write_at_once(database, isolation, each=1_000) + " (long)")


def write_at_once(database: Database, isolation: str, each: int) -> str:
    """Let writers write, each so many decisions; the chain must be one, without a gap."""
    claims = [store(database, external_id=f"doc{n}")[0] for n in range(WRITERS)]
    engine = database.engine.execution_options(isolation_level=isolation)

    def write(claim: uuid.UUID) -> None:
        with database.writer() as session:
            reviewer = add_reviewer(session, f"R{claim}")
        for revision in range(1, each + 1):
            write_until_taken(engine, decision(claim, reviewer, revision))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, claims))
    out = io.BytesIO()
    with database.reader() as session:
        end = load_end(session)
        verdict = verify(load_rows(session), end.digest, number=end.no)
        write_ledger(load_rows(session), end, out)
        assert list(find_differences(session)) == []
    total = WRITERS * each
    assert (end.no, verdict.rows, verdict.problem) == (total, total, None)
    assert checker.check(io.BytesIO(out.getvalue())) == (total, None)
    return f"{total} decisions by {WRITERS} writers at {isolation} 0 forks 0 gaps"


def write_until_taken(engine: Engine, made: Decision) -> None:
    """Write one decision with its effect, as often as the server asks for another attempt."""
    effect = (
        update(ClaimRow)
        .where(ClaimRow.id == made.subject, ClaimRow.revision == made.revision - 1)
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
