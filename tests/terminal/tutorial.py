"""The screens of docs/review.md: `python -m tests.terminal.tutorial` does its keys and draws them.

Each screen of the document stands under a comment with its size and the keys that lead to it from
the one before; what stands in quotation marks is typed. Times are replaced by one that stays.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bench.home import own_home
from claims.cli.context import open_database
from claims.database.engine import Database
from claims.extraction.pipeline import load_parser, propose
from claims.ingest.articles import ingest_articles
from claims.ingest.run import make_run
from claims.model.proposal import Proposal
from claims.readers.options import ReadOptions
from claims.readers.plain import read_plain
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import OWN
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from claims.terminal.state import State
from tests.review.conftest import Room

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/review.md"
SEED = ROOT / "seeds/000_3401827eaba227a0.txt"
SCREEN = re.compile(r"(<!-- (\d+)x(\d+):(.*?) -->\n```text\n)(.*?)(```\n)", re.DOTALL)
KEY = re.compile(r'"([^"]*)"|(\S+)')
AT = datetime(2026, 5, 4, 14, 3, 18, tzinfo=UTC)


def store_seed(database: Database) -> None:
    """Read the seed article as `claims ingest --published 2018-07-14` does."""
    stated = ReadOptions(published=date(2018, 7, 14))
    records = read_plain("seed", SEED.read_bytes(), stated)
    run = make_run("ingest", ["seed"], "0", "x")
    parser = load_parser()

    def found(text: str, published: date | None) -> tuple[Proposal, ...]:
        return propose(parser, text, published)

    for _ in ingest_articles(database, records, found, run=run, clock=lambda: AT):
        pass


def screens(database: Database, document: str) -> Iterator[str]:
    """Each screen of a document, as its keys come to it."""
    seat = ReviewController(Room(database).sitting("mira"), OWN)
    now = 100.0
    seat.start(now)
    for _, width, height, keys, _, _ in SCREEN.findall(document):
        seat.size = (int(width), int(height))
        for typed, key in KEY.findall(keys):
            now += 1.0
            seat.painted(now - 0.5)
            seat.press(key, now) if key else seat.type(typed, now)
        seat.painted(now)
        seat.tick(now)
        lines = draw_screen(timeless(seat.state), OWN, *seat.size)
        yield "".join(f"{words_in(made).rstrip()}\n" for made in lines)


def timeless(state: State) -> State:
    """A state whose times are always the same."""
    saved = replace(state.saved, at=AT) if state.saved else None
    acts = tuple(replace(act, at=AT) for act in state.acts)
    return replace(state, saved=saved, acts=acts, lease=599.0, rate=0.0)


def redrawn(database: Database, document: str) -> str:
    """A document with its screens drawn anew."""
    drawn = screens(database, document)
    return SCREEN.sub(lambda match: f"{match[1]}{next(drawn)}{match[6]}", document)


def main() -> None:
    """Draw the document's screens anew, on a database of their own."""
    with own_home(), open_database() as database:
        store_seed(database)
        DOCUMENT.write_text(redrawn(database, DOCUMENT.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
