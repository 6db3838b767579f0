"""The desk as a newsroom runs it: a process of its own, asked on connections that stay open.

Without a home databases are made and removed again: an archive of 100,000 claims that wait
(bench/archive.py), imported as everybody imports one, and a million claims that SQL made
(bench/timeline.py), for the pages that are read.

- `cards`: the next card, from the form that decides to the last byte of the page that follows,
  each step on its own; where there is a Chromium, also from the key to the paint of that page.
- `pages`: the page of a claim, one reader.
- `load`: 50 requests a second of pages that are read, desk and server on one core together.
- `editors`: 8 editors at once, 500 decisions each; what the ledger holds, and if it verifies.
- `views`: pages of the seeds and of an article of 10,000 words in a desk that has just begun, and
  what they weigh; in a third database.
- `memory`: what the desk's process has in memory after every 500 of 20,000 requests.

Beside the clock stands the processor's time of the desk and of the server's processes: of a busy
machine only that says anything.

    python -m bench.desk [--home DIR] [--claims N] [cards|pages|load|editors|memory|views …]
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from bench.archive import write
from bench.desk.deciding import decide_at_once, next_cards
from bench.desk.painting import paint_cards
from bench.desk.reading import claim_pages, hold_load, watch_memory
from bench.desk.viewing import ingest_articles, view_pages
from bench.home import own_home
from bench.review.next_card import QUEUE
from bench.timeline import fill
from claims.cli.context import open_database

WAITING, CLAIMS = 100_000, 1_000_000
PARTS = {
    "cards": (next_cards, paint_cards),
    "editors": (decide_at_once,),
    "pages": (claim_pages,),
    "load": (hold_load,),
    "memory": (watch_memory,),
    "views": (view_pages,),
}


def import_waiting() -> None:
    """Claims that wait, imported from an archive."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "bench.jsonl"
        write(archive, WAITING, 1)
        command = [sys.executable, "-c", "from claims.cli import main; main()"]
        subprocess.run([*command, "import", str(archive)], check=True, stdout=subprocess.DEVNULL)


def make_claims(claims: int) -> None:
    """Claims for the pages that are read, made by SQL."""
    with open_database() as database, database.engine.begin() as connection:
        fill(connection, claims)
        connection.execute(text(QUEUE))


@contextmanager
def home_for(fill: Callable[[], None], home: str | None) -> Iterator[None]:
    """A home with claims: one that is there, or one made and filled for these parts."""
    if home:
        os.environ["CLAIMS_HOME"] = home
        yield
        return
    with own_home():
        fill()
        yield


def main() -> None:
    """Measure the parts that are asked for, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", help="a home that has such claims already")
    parser.add_argument("--claims", type=int, default=CLAIMS, help="how many to make for reading")
    parser.add_argument("parts", nargs="*")
    asked = parser.parse_args()
    parts = [one for one in PARTS if one in asked.parts or not asked.parts]
    fills = (
        (import_waiting, {"cards", "editors"}),
        (lambda: make_claims(asked.claims), {"pages", "load", "memory"}),
        (ingest_articles, {"views"}),
    )
    for fill_home, filled in fills:
        mine = [one for one in parts if one in filled]
        if not mine:
            continue
        with home_for(fill_home, asked.home):
            for part in mine:
                for measure in PARTS[part]:
                    print(f"load {os.getloadavg()[0]:.0f}: ", end="", flush=True)
                    measure()


if __name__ == "__main__":
    main()
