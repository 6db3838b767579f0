"""Workers that take records from the queue: killed, repeated, of other versions."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims import __version__
from claims.database.engine import Database
from claims.extraction.version import VERSION
from claims.ingest.batches import ingest_batches
from claims.ingest.extraction import Here
from claims.ingest.queue import count_queue
from claims.ingest.record_json import kind_of, read_record, write_record
from claims.ingest.run import IngestRun, make_run
from claims.ingest.worker import GIVEN_UP, MOST_ATTEMPTS, Worker, WorkerOptions, queue_records
from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.capture import Capture
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem, Reason, UnresolvedRevisit
from tests.ingest.stub_extractor import DIES, load
from tests.ingest.test_batches import clock, made, rows, told
from tests.ingest.test_interrupted import PATIENCE, archive_of, count
from tests.makers import NOW, RUN, article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.ingest.articles import Outcome

KILLS = 12
WORKER = """
import claims.cli.engines as engines
from tests.ingest.stub_extractor import load_slow
engines.load_extractor = load_slow
from claims.cli import main
main()
"""


def queue(database: Database, records: list[ReaderRecord], run: IngestRun = RUN) -> None:
    """Put records into the queue."""
    assert len(list(queue_records(database, iter(records), run=run, clock=lambda: NOW))) == len(
        records
    )


def worker(database: Database, name: str = "here:1", *, lease: float = 300) -> Worker:
    """A worker in this process."""
    options = WorkerOptions(name, lease, RUN.tool_version, RUN.extractor_version)
    return Worker(database, Here(load), options)


def waiting(database: Database) -> int:
    """How many records are in the queue."""
    with database.reader() as session:
        counts = count_queue(session)
    return counts.waiting + counts.extracting + counts.extracted


def test_workers_by_turns_end_in_the_rows_of_one_process(
    two_databases: tuple[Database, Database],
) -> None:
    one, other = two_databases
    records = made(70, random.Random(5))
    here = told(ingest_batches(one, records, Here(load), run=RUN, clock=lambda: NOW))
    queue(other, records)
    several: list[Iterator[Outcome]] = [worker(other, f"here:{n}").work() for n in range(3)]
    chance, outcomes = random.Random(6), []
    while several:
        turn = chance.choice(several)
        outcome = next(turn, None)
        if outcome is None:
            several.remove(turn)
        else:
            outcomes.append(outcome)
    assert waiting(other) == 0
    assert told(outcomes) == here
    assert rows(other) == rows(one)
    assert archive_of(other) == archive_of(one)


def start(database: Database, *arguments: str) -> "subprocess.Popen[bytes]":
    """`claims worker` as another machine runs it, with the extractor of the tests."""
    address = database.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, "worker", "--workers", "1", *arguments],
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_some(database: Database, chance: random.Random) -> int:
    """Have three workers empty the queue while they are killed; how many were."""
    running = [start(database, "--lease", "1") for _ in range(3)]
    deadline = time.monotonic() + PATIENCE
    killed = 0
    try:
        while waiting(database):
            assert time.monotonic() < deadline
            time.sleep(0.3 * chance.random())
            if killed < KILLS and count(database, "document"):
                end(running.pop(chance.randrange(len(running))))
                killed += 1
                running.append(start(database, "--lease", "1"))
    finally:
        for one in running:
            end(one)
    return killed


def end(process: "subprocess.Popen[bytes]") -> None:
    """As a machine ends that loses its power, as far as a process can see."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_workers_that_are_killed_lose_and_double_nothing(
    two_databases: tuple[Database, Database],
) -> None:
    alone, shared = two_databases
    run = make_run("ingest", ["articles.jsonl"], __version__, VERSION)
    records: list[ReaderRecord] = [
        article(f'Report {n}. Ada Quill said "it moved {n}".', place=f"f:{n}", external_id=str(n))
        for n in range(300)
    ]
    list(ingest_batches(alone, records, Here(load), run=run, clock=clock()))
    queue(shared, records, run)
    assert kill_some(shared, random.Random(3)) > 2
    assert (count(shared, "document"), count(shared, "claim")) == (300, 300)
    assert archive_of(shared) == archive_of(alone)


def test_the_same_command_again_adds_what_is_missing(database: Database) -> None:
    records: list[ReaderRecord] = [article(f"Report {n}.", place=f"f:{n}") for n in range(5)]
    queue(database, records[:3])
    queue(database, records)
    assert waiting(database) == 5
    assert len(list(worker(database).work())) == 5
    queue(database, records)
    assert [one.new for one in worker(database).work()] == [False] * 5


def test_what_ends_every_worker_is_given_up_and_costs_no_other(database: Database) -> None:
    queue(database, [article(f"{DIES}.", place="a")])
    for taken in range(MOST_ATTEMPTS):
        dying = worker(database, f"gone:{taken}", lease=0)
        # It takes and is killed before it has saved what it found.
        assert dying._take()  # noqa: SLF001 - there is no other way to end a worker just here
    queue(database, [article("Fine.", place="b")])
    outcomes = list(worker(database).work())
    problem, other = outcomes[0].record, outcomes[1].record
    assert isinstance(problem, Problem)
    assert (problem.reason, problem.detail) == (Reason.EXTRACTION_FAILED, GIVEN_UP)
    assert isinstance(other, Article)
    assert waiting(database) == 0


def test_nobody_stores_beside_whoever_stores_the_first(database: Database) -> None:
    queue(database, [article(f"Report {n}.", place=f"f:{n}") for n in range(40)])
    one = worker(database).work()
    next(one)
    assert list(worker(database, "here:2")._store()) == []  # noqa: SLF001 - this step alone
    assert len(list(one)) == 39


def test_a_worker_that_ends_gives_back_what_it_took(database: Database) -> None:
    queue(database, [article("Report.", place="f:1")])
    ending = worker(database)
    assert ending._take()  # noqa: SLF001 - this step alone
    assert list(worker(database, "here:2").work()) == []
    ending.end()
    assert len(list(worker(database, "here:2").work())) == 1


def test_rules_of_another_version_are_named_as_theirs(database: Database) -> None:
    queue(database, [article(place="f:1")])
    options = WorkerOptions("here:1", 300, RUN.tool_version, "newer")
    assert len(list(Worker(database, Here(load), options).work())) == 1
    with database.reader() as session:
        version = session.scalar(
            text("SELECT r.extractor_version FROM claims.claim c JOIN claims.run r ON r.id = c.run")
        )
    assert version == "newer"


EVERY_KIND: list[ReaderRecord] = [
    article(title="a\0b", capture=Capture("u", NOW, 200, (("a", "b"),)), other_ids=("x",)),
    ArticleAddress("https://pier.example/1", "f", published_at=NOW),
    Notice(NoticeKind.KILL, "s", "w", "f", external_id="1", issued_at=NOW),
    Problem("f", Reason.EMPTY, "nothing", line=3, value="\x00"),
    UnresolvedRevisit("f", Reason.UNRESOLVED_REVISIT, "d", capture=Capture("u", NOW)),
]  # fmt: skip


@pytest.mark.parametrize("record", EVERY_KIND, ids=kind_of)
def test_a_record_comes_back_as_it_was(record: ReaderRecord) -> None:
    archived = record.archived if isinstance(record, Article) else None
    assert read_record(kind_of(record), write_record(record), archived, "q") == record


def test_what_cannot_be_read_back_is_a_problem_and_stops_nothing(database: Database) -> None:
    queue(
        database,
        [
            article("One.", place="a", title="\udcff"),
            article("Two.", place="b"),
            article("Three.", place="c"),
        ],
    )
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE claims.queued_record DISABLE TRIGGER ALL"))
        renamed = "replace(record, '\"text\":', '\"words\":') WHERE record LIKE '%Three.%'"
        connection.execute(text(f"UPDATE claims.queued_record SET record = {renamed}"))
    records = [one.record for one in worker(database).work()]
    reasons = [one.reason if isinstance(one, Problem) else None for one in records]
    assert reasons == [Reason.NOT_STORED, None, Reason.NOT_STORED]


@pytest.mark.parametrize(
    ("change", "invariant"),
    [
        ("record = '{}'", "queued_record_kept"),
        ("archived = ''", "queued_record_kept"),
        ("attempts = -1", "queued_record_kept"),
        ("worker = 'me'", "ck_queued_record_attempted"),
        ("worker = 'me', attempts = 1", "ck_queued_record_lease"),
        ("extracted = '[]'", "ck_queued_record_extracted"),
        (
            (
                "attempts = 1, worker = 'me', leased_until = now(), extracted = 'null',"
                " extractor_version = 'x'"
            ),
            "ck_queued_record_done",
        ),
    ],
)
def test_the_database_keeps_what_waits(database: Database, change: str, invariant: str) -> None:
    queue(database, [article(place="f:1")])
    assert refused(database, f"UPDATE claims.queued_record SET {change}") == invariant


def test_what_was_found_first_stays_and_nothing_leaves_before(database: Database) -> None:
    queue(database, [article(place="f:1")])
    forget = "SELECT claims.forget_stored_records(ARRAY(SELECT id FROM claims.queued_record))"
    assert refused(database, "DELETE FROM claims.queued_record") == "queued_record_waits"
    assert refused(database, forget) == "queued_record_waits"
    assert refused(database, "TRUNCATE claims.queued_record") == "append_only"
    found = "UPDATE claims.queued_record SET extracted = '{}', extractor_version = 'x'"
    with database.engine.begin() as connection:
        connection.execute(text(found.format("[]")))
    assert refused(database, found.format("null")) == "queued_record_kept"


def refused(database: Database, statement: str) -> str | None:
    """The law that refuses a statement."""
    with database.engine.connect() as connection, pytest.raises(DBAPIError) as error:
        connection.execute(text(statement))
    law: str | None = error.value.orig.diag.constraint_name  # type: ignore[union-attr]
    return law
