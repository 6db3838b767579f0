"""Processes that extract: killed, broken, interrupted."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims.database.engine import Database
from claims.ingest.batches import ingest_batches
from claims.ingest.errors import ExtractorLostError
from claims.ingest.extraction import Here, LoadExtractor
from claims.ingest.workers import KILLED, Workers
from claims.model.article import Article
from tests.ingest.stub_extractor import DIES, WAITS, load, load_broken, load_mortal, propose
from tests.ingest.test_batches import clock, made, rows, told
from tests.makers import RUN

if TYPE_CHECKING:
    from claims.model.proposal import Proposal

QUOTE = 'Ada Quill said "the bridge is safe".'


@contextmanager
def workers(count: int, load_extractor: LoadExtractor = load_mortal) -> Iterator[Workers]:
    some = Workers(count, load_extractor)
    try:
        yield some
    finally:
        some.close()


def test_workers_end_in_the_same_rows_although_they_are_killed(
    two_databases: tuple[Database, Database], tmp_path: Path
) -> None:
    one, other = two_databases
    chance = random.Random(7)
    records = [
        replace(record, text=f"{record.text} dies once {tmp_path}/{number}")
        if isinstance(record, Article) and number % 12 == 0
        else record
        for number, record in enumerate(made(60, chance))
    ]
    here = told(ingest_batches(one, records, Here(load), run=RUN, clock=clock()))
    with workers(3) as some:
        killed = told(ingest_batches(other, records, some, run=RUN, clock=clock()))
    assert len(list(tmp_path.iterdir())) > 3
    assert killed == here
    assert rows(other) == rows(one)


def test_a_text_that_kills_its_process_each_time_costs_no_other() -> None:
    good: tuple[Proposal, ...] = propose(QUOTE, None)
    with workers(2) as some:
        first = some.begin([(QUOTE, None), (DIES, None), ("explode", None), (QUOTE, None)])
        second = some.begin([(QUOTE, None)])
        assert first() == [good, KILLED, "ValueError: no root", good]
        assert second() == [good]


def test_one_batch_starts_no_process() -> None:
    with workers(2) as some:
        assert some.begin([("Nothing.", None)])() == [()]
        assert some.begin([])() == []
        assert some.pids() == []


def test_an_extractor_that_cannot_be_loaded_is_told() -> None:
    with workers(1, load_broken) as some:
        some.begin([("a", None)])
        second = some.begin([("b", None)])
        with pytest.raises(ExtractorLostError, match="OSError: no model of that name"):
            second()


def test_processes_that_are_at_work_end_at_once() -> None:
    with workers(2) as some:
        some.begin([(WAITS, None)])
        some.begin([(WAITS, None)])
        some.begin([(WAITS, None)])
        while len(some.pids()) < 2:
            os.sched_yield()
        ended = some.pids()
    assert [pid for pid in ended if _runs(pid)] == []


ALONE = """
from claims.ingest.workers import Workers
from tests.ingest.stub_extractor import load
workers = Workers(1, load)
workers.begin([("a", None)])
workers.begin([("b", None)])()
print(*workers.pids(), flush=True)
input()
"""


def test_no_process_outlives_the_one_that_started_it() -> None:
    command = [sys.executable, "-c", ALONE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert _runs(pid)
        parent.send_signal(signal.SIGKILL)
    # The child's end of the pipe was the last thing that the parent held: it reads its end.
    while _runs(pid):
        os.sched_yield()


def _runs(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
