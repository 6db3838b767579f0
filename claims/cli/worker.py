"""claims worker."""

import os
import socket
import time
from datetime import UTC
from typing import TYPE_CHECKING

import click

from claims.cli import engines
from claims.cli.compare import compare_articles
from claims.cli.context import open_database
from claims.cli.engines import open_workers, workers_option
from claims.cli.ingest import report
from claims.cli.output import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.database.engine import Database
    from claims.ingest.articles import Outcome
    from claims.ingest.worker import Worker

LEASE = 300
"""Seconds that a worker has for what it took: some batches of articles, of which each takes
seconds."""

POLL = 1.0
"""Seconds between two looks into a queue that is empty."""


@click.command()
@workers_option
@click.option("--once", is_flag=True, help="End as soon as nothing is left to take.")
@click.option(
    "--idle-exit",
    type=click.IntRange(1),
    metavar="SECONDS",
    help="End after so many seconds in which there was nothing to do.",
)
@click.option(
    "--lease",
    type=click.IntRange(1),
    metavar="SECONDS",
    default=LEASE,
    show_default=True,
    help="After how many seconds others may take what this worker took and did not end.",
)
@click.option("--status", is_flag=True, help="Show what is in the queue, and end.")
def worker(
    *,
    workers: int,
    once: bool,
    idle_exit: int | None,
    lease: int,
    status: bool,
) -> int:
    """Extract and store the articles that wait in the queue.

    `claims ingest --queue` puts them there. Any number of workers, on any number of machines, may
    work on one database. A worker that is killed loses nothing: after its lease others take what it
    had. What is stored is the same for any number of workers. Without --once or --idle-exit it
    works until Ctrl-C.
    """
    if once and idle_exit:
        raise click.UsageError("--once and --idle-exit say the same thing twice: give one of them.")
    with open_database(keep=True) as database:
        if status:
            click.echo(_status(database))
            return 0
        return _work(database, workers, lease, 0 if once else idle_exit)


def _status(database: "Database") -> str:
    from claims.ingest.queue import count_queue

    with database.reader() as session:
        counts = count_queue(session)
    if counts.oldest is None:
        return "The queue is empty."
    again = f", {counts.taken_again} of all were taken again" if counts.taken_again else ""
    return (
        f"{counted(counts.waiting, 'record')} to be taken; {counts.extracting} with"
        f" {counted(counts.workers, 'worker')}; {counts.extracted} extracted, to be stored in their"
        f" turn{again}; the oldest was read {counts.oldest.astimezone(UTC):%Y-%m-%d %H:%M} UTC."
    )


def _work(database: "Database", workers: int, lease: int, idle: int | None) -> int:
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.ingest.worker import Worker, WorkerOptions

    options = WorkerOptions(f"{socket.gethostname()}:{os.getpid()}", lease, __version__, VERSION)
    with open_workers(workers, engines.load_extractor, always=True) as extraction:
        one = Worker(database, extraction, options)
        try:
            return report(_until_idle(one, idle, lambda: compare_articles(database)), "stored")
        finally:
            one.end()


def _until_idle(
    one: "Worker", idle: int | None, compare: "Callable[[], int]"
) -> "Iterator[Outcome]":
    """What is stored, until there was nothing to do for some seconds; None if without end."""
    since = time.monotonic()
    while True:
        is_stored = False
        for outcome in one.work():
            is_stored = True
            yield outcome
        if is_stored:
            compare()
            since = time.monotonic()
        if idle is not None and time.monotonic() - since >= idle:
            return
        time.sleep(POLL)
