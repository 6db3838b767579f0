"""Pictures and screens of docs/desk.md: `python -m tests.desk.pictures` makes them anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.home import own_home
from claims.cli.context import open_database
from claims.database.engine import Database
from tests.desk.visitors import CHROMIUM, Visitor, served
from tests.in_process import connected, run
from tests.review.conftest import Room
from tests.terminal.tutorial import store_seed

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/desk.md"
FOLDER = ROOT / "docs/pictures"
HARBOUR = ROOT / "tests/journeys/harbour.jsonl"
SCREEN = re.compile(r"(<!-- screen: (\w+) -->\n```text\n)(.*?)(```\n)", re.DOTALL)
SIZE = {"width": 1000, "height": 620}
MOST_LINES = 30

STILL = r"""() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const today = new RegExp(new Date().toISOString().slice(0, 10) + "( \\d\\d:\\d\\d)?", "g");
  while (texts.nextNode()) {
    const day = (_, time) => "2026-05-04" + (time ? " 14:03" : "");
    const text = texts.currentNode.data.replace(today, day);
    texts.currentNode.data = text.replace(/\b\d\d:\d\d:\d\d\b/g, "14:03:18");
  }
}"""
"""What the clock says is another each time."""

READ = """(selector) => {
  const shown = document.querySelector(selector);
  for (const button of shown.querySelectorAll("button, .button")) button.style.display = "inline";
  for (const hidden of shown.querySelectorAll("[aria-hidden]")) hidden.style.display = "none";
  for (const number of shown.querySelectorAll(".row kbd")) number.after(" ");
  return shown.innerText;
}"""
"""The words in their order, with each button in its line."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What is on the screen.

    Attributes:
        name: The picture's file, without its ending.
        picture: As PNG.
        text: Its words, as they are read.
    """

    name: str
    picture: bytes
    text: str


def fill(database: Database) -> None:
    """The article of the tutorial, and five reports of what a minister said of a harbour."""
    store_seed(database)
    with connected(database):
        assert run("ingest", str(HARBOUR)).code == 0


def id_of(room: Room, words: str) -> str:
    """The first claim with some words, by the outlet's name."""
    [(claim, *_), *_] = room.sql(
        "SELECT c.id FROM claims.claim c JOIN claims.document_version v ON v.id = c.version"
        " JOIN claims.document d ON d.id = v.document WHERE c.text LIKE :words"
        " ORDER BY d.published_at, c.content_spans",
        words=f"%{words}%",
    )
    return str(claim)


def shots(database: Database, browser: Browser) -> Iterator[Shot]:
    """The editor's first minutes, from the first card to who said what when."""
    room = Room(database)
    with served(database, browser) as desk:
        mira = desk.visit("mira", viewport=SIZE, color_scheme="light")
        tab = mira.page.url.partition("?")[2]
        mira.open(f"/review/{id_of(room, 'very constructive')}?{tab}")
        yield shot("card", mira.page)
        decide(mira, "a")
        yield shot("saved", mira.page)
        harbour = id_of(room, "up to 50 million")
        mira.open(f"/claims/{harbour}")
        yield shot("claim", mira.page)
        mira.open(f"/claims/{harbour}/comparison")
        yield shot("comparison", mira.page)


def decide(visitor: Visitor, key: str) -> None:
    """Press a key on a card, which leads to the next one."""
    visitor.look()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)
    visitor.look()


def shot(name: str, page: Page) -> Shot:
    """The page as it is."""
    page.evaluate(STILL)
    picture = page.screenshot(animations="disabled")
    read = page.evaluate(READ, "section.card" if page.query_selector("section.card") else "main")
    lines = [" ".join(line.split()) for line in read.splitlines()]
    return Shot(name, picture, "".join(f"{one}\n" for one in [*filter(None, lines)][:MOST_LINES]))


def redrawn(document: str, texts: dict[str, str]) -> str:
    """The document with its screens anew."""
    return SCREEN.sub(lambda match: f"{match[1]}{texts[match[2]]}{match[4]}", document)


def main() -> None:
    """Make all, on a database of their own."""
    FOLDER.mkdir(exist_ok=True)
    texts = {}
    with own_home(), open_database() as database, sync_playwright() as playwright:
        fill(database)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for one in shots(database, browser):
            (FOLDER / f"desk-{one.name}.png").write_bytes(one.picture)
            texts[one.name] = one.text
        browser.close()
    DOCUMENT.write_text(redrawn(DOCUMENT.read_text("utf-8"), texts), "utf-8")


if __name__ == "__main__":
    main()
