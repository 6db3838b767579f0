"""Screens and keys of docs/review.md: `python -m tests.terminal.tutorial` draws them.

Each screen of the document stands under a comment with its size and the keys that lead to it from
the one before; what stands in quotation marks is typed. Times are replaced by one that stays. The
tables of keys stand between two comments, and are those of `claims.terminal.keys.table`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
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
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.keys.table import (
    BINDINGS,
    MODE_TITLES,
    InputMode,
    KeyBinding,
    KeyClass,
)
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from claims.terminal.state import State
from tests.review.conftest import Room

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/review.md"
SEED = ROOT / "seeds/000_3401827eaba227a0.txt"
SCREEN = re.compile(r"(<!-- (\d+)x(\d+):(.*?) -->\n```text\n)(.*?)(```\n)", re.DOTALL)
TABLE = re.compile(r"(<!-- keys -->\n).*?(<!-- end of keys -->\n)", re.DOTALL)
KEY = re.compile(r'"([^"]*)"|(\S+)')
AT = datetime(2026, 5, 4, 14, 3, 18, tzinfo=UTC)


def store_seed(database: Database) -> None:
    """Read the seed article as `claims ingest --published 2018-07-14` does."""
    options = ReadOptions(published=date(2018, 7, 14))
    records = read_plain("seed", SEED.read_bytes(), options)
    run = make_run("ingest", ["seed"], "0", "x")
    parser = load_parser()

    def find(text: str, published: date | None) -> tuple[Proposal, ...]:
        return propose(parser, text, published)

    for _ in ingest_articles(database, records, find, run=run, clock=lambda: AT):
        pass


def screens(database: Database, document: str) -> Iterator[str]:
    """Each screen of a document, as its keys come to it."""
    controller = ReviewController(Room(database).sitting("mira"), DEFAULT_KEYMAP)
    now = 100.0
    controller.start(now)
    for _, width, height, keys, _, _ in SCREEN.findall(document):
        controller.size = (int(width), int(height))
        for typed, key in KEY.findall(keys):
            now += 1.0
            controller.screen_shown(now - 0.5)
            controller.press(key, now) if key else controller.type(typed, now)
        controller.screen_shown(now)
        controller.tick(now)
        lines = draw_screen(timeless(controller.state), DEFAULT_KEYMAP, *controller.size)
        yield "".join(f"{words_in(row).rstrip()}\n" for row in lines)


def timeless(state: State) -> State:
    """A state whose times are always the same."""
    last_saved = replace(state.last_saved, at=AT) if state.last_saved else None
    decisions = tuple(replace(one, at=AT) for one in state.last_decisions)
    return replace(state, last_saved=last_saved, last_decisions=decisions, lease=599.0, rate=0.0)


def key_table() -> str:
    """All keys as a table, mode by mode; keys that do the same stand together."""
    lines = ["| key | what it does | name |", "|--|--|--|"]
    for mode in (*InputMode, None):
        lines.append(f"| **{MODE_TITLES[mode] if mode else 'everywhere'}** | | |")
        rows = [row for row in BINDINGS if row.mode is mode]
        for same, group in groupby(rows, lambda row: (row.help, row.action, row.fixed)):
            keys = ", ".join(_as_code(row) for row in group)
            about, action, fixed = same
            lines.append(f"| {keys} | {about} | {'' if fixed else f'`{action}`'} |")
    return "\n".join(lines) + "\n"


def _as_code(binding: KeyBinding) -> str:
    name = binding.key_name
    return name if isinstance(binding.key, KeyClass) and not name[0].isdigit() else f"`{name}`"


def redrawn(database: Database, document: str) -> str:
    """A document with its screens and tables drawn anew."""
    drawn = screens(database, document)
    document = SCREEN.sub(lambda match: f"{match[1]}{next(drawn)}{match[6]}", document)
    return TABLE.sub(lambda match: f"{match[1]}{key_table()}{match[2]}", document)


def main() -> None:
    """Draw the document's screens anew, on a database of their own."""
    with own_home(), open_database() as database:
        store_seed(database)
        DOCUMENT.write_text(redrawn(database, DOCUMENT.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
