"""Articles into a database, beside bare extraction and bare COPY of the same rows in one run.

Articles are made from a seed number, about 450 words and eight claims each, of people and agencies
who come back in other articles. Each round runs, in turn and each in processes of its own:

- `claims extract`, which stores nothing: what ingest is compared with;
- `claims ingest --workers 1` and `--workers 2`, each into a new database;
- `claims ingest --queue`, then one and two of `claims worker --workers 1`;
- `claims ingest --engine ray`, if Ray is installed, on a cluster of this machine that
  starts and ends with it;
- COPY of the rows of such a database into tables without keys, then every key and index.

Seconds depend on what else the machine does; processor seconds, of the program with its workers and
of the server, much less. A machine that is busy is told by its load.

    python -m bench.ingest [articles] [rounds] [seed]     200, 3 and 1 unless given
    python -m bench.ingest FILE [rounds]                  articles of a file instead
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import psycopg

from bench.home import own_home
from bench.load import Bench, copy_bare, copy_out, high_water
from bench.processor import server_seconds, status_of
from bench.resolve import SYLLABLES

AGENCIES = ("Reuters", "AP", "the Harbour Agency", "the Coast Office", "Interfax", "the council")
OFFICES = ("Mayor", "Minister", "spokesman", "Senator", "the engineer", "President")
SUBJECTS = ("the bridge", "the ferry", "a new school", "the budget", "the old pier", "the river")
DEEDS = (
    "will be closed in the spring", "has been safe for years", "costs more than the city has",
    "was never inspected", "needs a second lane", "could be sold before the election",
)  # fmt: skip
FILLERS = (
    "It rained for most of the day, and few people came to see the work at the harbour.",
    "The first stone was laid a century ago, when the town had one street and a mill.",
    "Two of the three lanes have been closed since the winter, and the third is narrow.",
    "A report of forty pages lies in the town hall, where anybody may read it.",
)  # fmt: skip
REPORTS = (
    "{office} {name} said on {day} that {subject} {deed}.",
    '"{Subject} {deed}," said {name}, {office} since last year.',
    "{Subject} {deed}, according to {agency}.",
    "{name} told {agency} that {subject} {deed}.",
    '{family} added: "{Subject} {deed}."',
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PEOPLE = 400
PARAGRAPHS = 8


@dataclass(frozen=True)
class Run:
    """What a command took.

    Attributes:
        seconds: By the clock.
        client: Processor seconds of the program with its workers.
        server: Processor seconds of the database.
        megabytes: The most memory that one of its processes had.
    """

    seconds: float
    client: float
    server: float
    megabytes: float

    @property
    def processor(self) -> float:
        """Processor seconds of all."""
        return self.client + self.server


def make_articles(
    count: int, chance: random.Random, paragraphs: int = PARAGRAPHS
) -> Iterator[dict[str, str]]:
    """Articles as JSON lines have them, of paragraphs of 30 words or so."""
    people = [(_word(chance, 2), _word(chance, 3)) for _ in range(PEOPLE)]
    weights = [1 / (rank + 1) for rank in range(PEOPLE)]
    for number in range(count):
        quoted = chance.choices(people, weights, k=3)
        reports = [
            f"{_report(quoted, chance)} {' '.join(chance.sample(FILLERS, 3))}"
            for _ in range(paragraphs)
        ]
        yield {
            "doc_id": str(number),
            "url": f"https://pier.example/{number}",
            "published": f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
            "outlet": "The Pier",
            "text": "\n".join([f"Report {number}", *reports]),
        }


def _word(chance: random.Random, parts: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def _report(people: Sequence[tuple[str, str]], chance: random.Random) -> str:
    given, family = chance.choice(people)
    subject = chance.choice(SUBJECTS)
    return chance.choice(REPORTS).format(
        office=chance.choice(OFFICES), name=f"{given} {family}", family=family,
        day=chance.choice(DAYS), subject=subject, Subject=subject.capitalize(),
        deed=chance.choice(DEEDS), agency=chance.choice(AGENCIES),
    )  # fmt: skip


def run_claims(url: str, *commands: Sequence[str]) -> Run:
    """Run commands of the program at once, each in processes of its own."""
    server, begun, peak = server_seconds(url), time.perf_counter(), 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", "from claims.cli import main; main()", *arguments],
            env=os.environ | {"DATABASE_URL": url},
            stdout=subprocess.DEVNULL,
        )
        for arguments in commands
    ]
    while any(process.poll() is None for process in processes):
        pids = [pid for process in processes for pid in _family(process.pid)]
        peak = max(peak, *(high_water(pid) for pid in pids))
        time.sleep(0.1)
    assert all(process.returncode == 0 for process in processes), commands
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    client = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds = time.perf_counter() - begun
    return Run(seconds, client, server_seconds(url) - server, peak / 1024)


def run_queue(url: str, path: Path, workers: int) -> Run:
    """Put articles into the queue, and have workers empty it."""
    put = run_claims(url, ("ingest", "--queue", str(path)))
    worker = ("worker", "--workers", "1", "--idle-exit", "2")
    work = run_claims(url, *[worker] * workers)
    return Run(
        put.seconds + work.seconds,
        put.client + work.client,
        put.server + work.server,
        max(put.megabytes, work.megabytes),
    )


def _family(pid: int) -> list[int]:
    """A process and those that it started."""
    others = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid, *(one for one in others if status_of(one)[1:2] == [str(pid)])]


def run_copy(bench: Bench, full: str, bare: str, home: Path) -> float:
    """Seconds of COPY of all rows, with keys and indexes."""
    copies = home / "copies"
    copies.mkdir()
    copy_out(full, copies)
    seconds = sum(copy_bare(bench.make(bare), copies).values())
    shutil.rmtree(copies)
    return seconds


def count_claims(url: str) -> tuple[int, int]:
    """Articles and claims of a database."""
    with psycopg.connect(url) as connection:
        query = "SELECT (SELECT count(*) FROM claims.document), (SELECT count(*) FROM claims.claim)"
        row = connection.execute(query).fetchone()
        assert row
        return row[0], row[1]


def sides(path: Path) -> dict[str, Callable[[str], Run]]:
    """What is compared, by name."""
    ingest = ("ingest", str(path))
    ray = {"ray": lambda url: run_claims(url, (*ingest, "--engine", "ray"))}
    return {
        "extract": lambda url: run_claims(url, ("extract", str(path))),
        "ingest, 1 worker": lambda url: run_claims(url, (*ingest, "--workers", "1")),
        "ingest, 2 workers": lambda url: run_claims(url, (*ingest, "--workers", "2")),
        **(ray if find_spec("ray") else {}),
        "queue, 1 worker": lambda url: run_queue(url, path, 1),
        "queue, 2 workers": lambda url: run_queue(url, path, 2),
    }


def measure(path: Path, rounds: int, home: Path) -> None:
    """Measure all, and print a table."""
    bench = Bench(home)
    runs: dict[str, list[Run]] = {}
    copies: list[float] = []
    for number in range(rounds):
        print(f"round {number + 1}, load {os.getloadavg()[0]:.1f}", flush=True)
        for side, run in sides(path).items():
            url = bench.make(f"{''.join(filter(str.isalnum, side))}_{number}")
            runs.setdefault(side, []).append(run(url))
        copies.append(run_copy(bench, url, f"bare_{number}", home))
    articles, stored = count_claims(url)
    show(runs, median(copies), articles, stored)


def show(runs: dict[str, list[Run]], copy: float, articles: int, stored: int) -> None:
    """Print a table of medians."""
    print(f"\n{articles} articles, {stored} claims; medians\n")
    print("| | s | articles/s | claims/s | processor s: program | server | MB a process |")
    print("|--|--|--|--|--|--|--|")
    for side, of_side in runs.items():
        seconds = median(one.seconds for one in of_side)
        print(
            f"| {side} | {seconds:.1f} | {articles / seconds:.1f} | {stored / seconds:.0f} |"
            f" {median(one.client for one in of_side):.1f} |"
            f" {median(one.server for one in of_side):.1f} |"
            f" {max(one.megabytes for one in of_side):.0f} |"
        )
    print(f"| COPY, then keys and indexes | {copy:.1f} | {articles / copy:.0f} |"
          f" {stored / copy:.0f} | | | |\n")  # fmt: skip
    one = runs["ingest, 1 worker"]
    others = (side for side in runs if side != "ingest, 1 worker")
    for side in others:
        pairs = list(zip(one, runs[side], strict=True))
        clock = median(x.seconds / y.seconds for x, y in pairs)
        processor = median(x.processor / y.processor for x, y in pairs)
        print(
            f"ingest with 1 worker to {side}: {clock:.2f} by the clock,"
            f" {processor:.2f} in processor seconds"
        )


def main() -> None:
    """Measure on a server of its own, which is removed afterwards."""
    first, *rest = *sys.argv[1:], *(["200"] if len(sys.argv) == 1 else [])
    rounds = int(rest[0]) if rest else 3
    with own_home(), tempfile.TemporaryDirectory(prefix="claims-ingest-") as folder:
        path = Path(first)
        if first.isdigit():
            path = Path(folder) / "articles.jsonl"
            chance = random.Random(rest[1] if len(rest) > 1 else "1")  # noqa: S311 - repeatable on purpose
            lines = (json.dumps(one) + "\n" for one in make_articles(int(first), chance))
            path.write_text("".join(lines), "utf-8")
        measure(path, rounds, Path(os.environ["CLAIMS_HOME"]))


if __name__ == "__main__":
    main()
