"""The commands of docs/how-to/a-year-of-archives.md, with workers of which some are killed."""

import json
import random
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from bench.ingest import make_articles
from claims.database.engine import Database
from tests.conftest import wait_until
from tests.journeys.conftest import COMMAND, Claims

PAGE = Path(__file__).parents[2] / "docs/how-to/a-year-of-archives.md"
MONTHS = 12
PATIENCE = 4 * 3600
"""Seconds for 20,000 articles."""

WORKER = "claims worker --idle-exit 600"


class Year(NamedTuple):
    """So many articles, of so many paragraphs each, and how many workers are killed."""

    articles: int
    paragraphs: int
    kills: int


def write_year(folder: Path, articles: int, paragraphs: int) -> None:
    """A file for each month, of which the last has a line that is no article."""
    folder.mkdir()
    made = list(make_articles(articles, random.Random("a year"), paragraphs))
    for month in range(MONTHS):
        lines = [json.dumps(one) for one in made[month::MONTHS]]
        broken = ["{"] if month == MONTHS - 1 else []
        (folder / f"{month + 1:02}.jsonl").write_text("\n".join([*lines, *broken, ""]))


def count(database: Database, table: str) -> int:
    with database.reader() as session:
        return int(session.scalar(text(f"SELECT count(*) FROM claims.{table}")) or 0)


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Starts a worker whose lease ends soon, as nobody waits five minutes here."""
    begun = []

    def run() -> "subprocess.Popen[bytes]":
        words = ("worker", "--workers", "1", "--idle-exit", "4", "--lease", "3")
        begun.append(subprocess.Popen([*COMMAND, *words], env=environment, stdout=-3, stderr=-3))
        return begun[-1]

    yield run
    for one in begun:
        one.kill()
        one.wait()


def work_through_the_night(
    database: Database, start: Callable[[], "subprocess.Popen[bytes]"], *, kills: int
) -> None:
    """Two workers, of which one is killed and started again so often, while articles are stored."""
    workers = [start(), start()]
    for _ in range(kills):
        wait_until(grows_or_ended(database, workers), PATIENCE)
        workers[-1].send_signal(signal.SIGKILL)
        workers.append(start())
    wait_until(lambda: all_ended(workers), PATIENCE)
    # The last one that is there when nothing is left.
    assert start().wait() == 0


def grows_or_ended(
    database: Database, workers: "list[subprocess.Popen[bytes]]"
) -> Callable[[], bool]:
    """Whether more articles are stored than now, or nobody is left to store any."""
    before = count(database, "document")
    return lambda: count(database, "document") > before or all_ended(workers)


def all_ended(workers: "list[subprocess.Popen[bytes]]") -> bool:
    return all(one.poll() is not None for one in workers)


@pytest.mark.parametrize(
    "year", [Year(50, 8, 1), pytest.param(Year(20_000, 1, 10), marks=pytest.mark.long)]
)
def test_a_year_is_read_over_night_though_workers_are_killed(
    *,
    year: Year,
    database: Database,
    claims: Claims,
    start: Callable[[], "subprocess.Popen[bytes]"],
    figure: Callable[[str], None],
) -> None:
    """The long form reads articles of a paragraph: it shows what grows with their number."""
    articles, paragraphs, kills = year
    write_year(Path("archive"), articles, paragraphs)
    began = time.monotonic()
    for command in re.findall(r"^\$ (.+)$", PAGE.read_text("utf-8"), re.MULTILINE):
        if command == WORKER:
            work_through_the_night(database, start, kills=kills)
            continue
        ended = claims(*shlex.split(command)[1:])
        # The one line that is no article is said where it is met.
        assert ended.code == 0 or "--queue" in command, (command, ended.err)
    assert count(database, "document") == articles
    assert count(database, "queued_record") == 0
    assert count(database, "claim") > articles * paragraphs * 3 // 4
    with database.reader() as session:
        texts = text("SELECT count(DISTINCT sha256) FROM claims.document_version")
        assert session.scalar(texts) == count(database, "document_version") == articles
    problems = json.loads(claims("problems", "list", "--format", "json").out)
    assert [Path(one["place"]).name for one in problems] == [f"12.jsonl:{articles // MONTHS + 1}"]
    spent = time.monotonic() - began
    figure(
        f"a year of archives: {articles} articles, paragraphs each: {paragraphs}, {kills} kills,"
        f" {spent:.0f} s by the clock"
    )
