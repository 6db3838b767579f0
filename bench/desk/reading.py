"""Pages that are read: one reader, fifty requests a second, thousands in a row."""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from statistics import linear_regression

from sqlalchemy import text

from bench.desk.deciding import postmaster
from bench.desk.figures import Steps, summary
from bench.desk.served import Browser, Served, children, served
from claims.cli.context import open_database

RUNS, WARM = 300, 30
RATE, READERS = 50, 16
SECONDS = int(os.environ.get("BENCH_SECONDS", "60"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "20000"))
LOOKED, TOGETHER = 500, 4
"""Requests after which the memory is looked at; readers who ask at once."""
SAMPLE = "SELECT {} FROM claims.claim TABLESAMPLE SYSTEM (1) ORDER BY md5(id::text) LIMIT 2000"


def _sample(column: str) -> list[str]:
    with open_database() as database, database.reader() as session:
        return [str(one) for one in session.scalars(text(SAMPLE.format(column)))]


def _paths() -> Sequence[str]:
    """Pages that people read: of ten, six are of claims, the others of speakers and searches."""
    claims = [f"/claims/{one}" for one in _sample("id")]
    speakers = [f"/sources/{one}" for one in _sample("speaker")]
    others = ["/search?words=said", "/documents", "/sources", "/about"]
    mixed = [*claims[:1200], *speakers[:400], *(others * 100)]
    random.Random(1).shuffle(mixed)  # noqa: S311 - an order, no secret
    return mixed


def claim_pages() -> None:
    """The page of one claim after another, each asked for once."""
    claims = _sample("id")[: WARM + RUNS]
    with served() as desk:
        reader, server = desk.enter("bench"), postmaster()
        steps = Steps(lambda: desk.processor(server))
        for number, claim in enumerate(claims):
            if number == WARM:
                steps = Steps(lambda: desk.processor(server))
            with steps.step("claim page"):
                answer = reader.ask(f"/claims/{claim}")
            assert answer.status == 200, answer.text[:300]  # noqa: PLR2004 - it is there
        steps.tell()


def hold_load() -> None:
    """Requests that come fifty a second, whether the last ones were answered or not."""
    paths = _paths()
    with served() as desk:
        readers = [desk.enter(f"reader {number}") for number in range(READERS)]
        _on_one_core(desk)
        told: Counter[int] = Counter()
        spent: list[float] = []
        numbers, lock = count(), threading.Lock()
        began = time.perf_counter()

        def read(reader: Browser) -> None:
            while (number := next(numbers)) < RATE * SECONDS:
                due = began + number / RATE
                time.sleep(max(0.0, due - time.perf_counter()))
                answer = reader.ask(paths[number % len(paths)])
                with lock:
                    told[answer.status] += 1
                    # From when it was due: one that waits for a free reader has waited, too.
                    spent.append(1000 * (time.perf_counter() - due))

        busy = desk.processor(postmaster())
        threads = [threading.Thread(target=read, args=(reader,)) for reader in readers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        busy = (desk.processor(postmaster()) - busy) / seconds
        print(
            f"{sum(told.values()) / seconds:.1f} requests/s for {seconds:.0f} s on one core,"
            f" answered {dict(told)}; {summary(spent)}; {busy:.2f} of the core"
        )


def _on_one_core(desk: Served) -> None:
    """The desk, its threads and its server on one core; the readers on the others."""
    first, *rest = sorted(os.sched_getaffinity(0))
    server = postmaster()
    for process in (desk.process.pid, server, *children(server)):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {first})
    os.sched_setaffinity(0, set(rest) or {first})


def watch_memory() -> None:
    """Memory after so many requests; it should not grow once all is loaded."""
    paths = _paths()
    with served() as desk:
        readers = [desk.enter(f"reader {number}") for number in range(TOGETHER)]
        sizes, told = [desk.resident()], Counter[int]()
        with ThreadPoolExecutor(TOGETHER) as pool:
            for begun in range(0, REQUESTS, LOOKED):
                shares = [
                    [
                        paths[number % len(paths)]
                        for number in range(begun + own, begun + LOOKED, TOGETHER)
                    ]
                    for own in range(TOGETHER)
                ]
                for answered in pool.map(_read_all, readers, shares):
                    told.update(answered)
                sizes.append(desk.resident())
        slope = linear_regression(range(len(sizes) // 2), sizes[-(len(sizes) // 2) :]).slope
        print(
            f"{sum(told.values()):,} requests, answered {dict(told)};"
            f" MB after every {LOOKED}: {' '.join(f'{one:.0f}' for one in sizes)};"
            f" in the second half {1000 * slope / LOOKED:+.2f} MB a thousand requests"
        )


def _read_all(reader: Browser, paths: Sequence[str]) -> Counter[int]:
    """Ask for each page in turn: how often which status was answered."""
    return Counter(reader.ask(path).status for path in paths)
