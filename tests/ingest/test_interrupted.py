"""`claims ingest` ends cleanly at Ctrl-C and goes on; its archive is the same for any workers."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from claims.database.engine import Database
from claims.ingest.batches import ingest_batches
from claims.ingest.extraction import Here
from claims.ingest.workers import Workers
from claims.model.article import Article
from tests.conftest import cloned
from tests.exchange.histories import write
from tests.ingest.stub_extractor import load, load_mortal
from tests.ingest.test_batches import clock, made, told
from tests.makers import RUN

ARTICLES = 200
PATIENCE = 120.0
"""Seconds after which nothing will come any more."""
# The rules take three seconds to load: what is interrupted here is the command.
INGEST = """
import signal
# Whoever runs the tests in the background has it ignored, by all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
import claims.cli.engines as engines
from tests.ingest.stub_extractor import load_slow
engines.load_extractor = load_slow
from claims.cli import main
main()
"""
MOMENT = re.compile(rb'"20\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d[^"]*"')
"""A moment as an archive has it: when a row was stored differs between two runs."""


def archive_of(database: Database) -> list[bytes]:
    """The lines of an archive without moments, and without the digest of all at its end."""
    return [MOMENT.sub(b"moment", line) for line in write(database).splitlines()[:-1]]


@pytest.mark.parametrize("count", [2, 5])
def test_an_archive_is_the_same_for_any_number_of_workers(
    server: URL, template: str, tmp_path: Path, count: int
) -> None:
    chance = random.Random(count)
    records = [
        replace(one, text=f"{one.text} dies once {tmp_path}/{number}")
        if isinstance(one, Article) and chance.random() < 0.05
        else one
        for number, one in enumerate(made(80, chance))
    ]
    with cloned(server, template) as alone, cloned(server, template) as shared:
        here = told(ingest_batches(alone, records, Here(load), run=RUN, clock=clock()))
        workers = Workers(count, load_mortal)
        try:
            there = told(ingest_batches(shared, records, workers, run=RUN, clock=clock()))
        finally:
            workers.close()
        assert len(list(tmp_path.iterdir())) > 1, "processes were killed"
        assert there == here
        assert archive_of(shared) == archive_of(alone)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_interrupted_goes_on_with_the_same_command(
    database: Database, tmp_path: Path, workers: int
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(map(article_line, range(ARTICLES))), "utf-8")
    with start(database, path, workers) as process:
        wait_for_articles(database, process)
        # As a terminal does it: to the command and to all that it started.
        os.killpg(process.pid, signal.SIGINT)
        _, printed = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, printed
    assert "interrupted" in printed
    assert "Traceback" not in printed
    deadline = time.monotonic() + PATIENCE
    while running(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stored = count(database, "document")
    assert 0 < stored < ARTICLES
    assert count(database, "claim") == stored, "an article is stored with its claim or not at all"
    with start(database, path, workers) as again:
        out, printed = again.communicate(timeout=PATIENCE)
    assert (again.returncode, printed) == (0, "")
    assert f"{ARTICLES} articles read, {stored} already stored" in out
    assert (count(database, "document"), count(database, "claim")) == (ARTICLES, ARTICLES)


def running(group: int) -> list[int]:
    """The processes of a group that run."""
    pids = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            pids.append(int(path.parent.name))
    return pids


def article_line(number: int) -> str:
    """An article with one claim, as JSON lines have it."""
    printed = f'Report {number}. Ada Quill said "the pier moved {number}".'
    return json.dumps({"doc_id": str(number), "text": printed}) + "\n"


def start(database: Database, path: Path, workers: int) -> "subprocess.Popen[str]":
    """`claims ingest` with processes of its own, as a terminal starts it."""
    address = database.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-c", INGEST, "ingest", str(path), "--workers", str(workers)],
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_articles(database: Database, process: "subprocess.Popen[str]") -> None:
    """Wait until some are stored."""
    deadline = time.monotonic() + PATIENCE
    while count(database, "document") == 0:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def count(database: Database, table: str) -> int:
    """How many rows a table has."""
    with database.engine.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM claims.{table}")) or 0
