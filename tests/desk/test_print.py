"""Pages on paper: what was said, by whom, through whom and where; nothing to press."""

import uuid
from dataclasses import replace

import pytest

from tests.desk.every_page import ids_of
from tests.desk.visitors import Visit, needs_chromium
from tests.makers import proposal, store
from tests.review.conftest import Room

pytestmark = needs_chromium

TEXT = 'Mayor Ada Quill said "the bridge is safe", the Harbour Agency reported.\n'
SOURCE = "https://pier.example/bridge"

TO_PRESS = """() => [...document.querySelectorAll("nav, button, input, select, textarea, .bar")]
    .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def claim(room: Room) -> uuid.UUID:
    one = replace(proposal(TEXT, '"the bridge is safe"'), said_on=None)
    [claim] = store(room.database, one, text=TEXT, url=SOURCE, outlet="The Pier", title="Bridge")
    return claim


@pytest.mark.parametrize(
    "page",
    [
        ("/review/{claim}", ("the bridge is safe", "Ada Quill", "The Pier", SOURCE)),
        ("/claims/{claim}", ("the bridge is safe", "Ada Quill", "Harbour Agency", SOURCE,
                             "/claims/{claim}", "The Pier")),
        ("/documents/{document}", ("Bridge", "The Pier", SOURCE)),
        ("/documents/{document}/text", (TEXT.strip(),)),
        ("/sources/{source}", ("Ada Quill", "the bridge is safe")),
        ("/ledger", ("Ann", "accept")),
    ],
)  # fmt: skip
def test_a_page_on_paper(
    room: Room, claim: uuid.UUID, visit: Visit, page: tuple[str, tuple[str, ...]]
) -> None:
    path, told = page
    if not path.startswith("/review"):
        room.act("Ann", claim, "accept")
    ids = ids_of(room, claim)
    ann = visit("Ann")
    ann.open(path.format_map(ids))
    assert ann.page.evaluate(TO_PRESS) != []
    ann.page.emulate_media(media="print")
    assert ann.page.evaluate(TO_PRESS) == []
    shown = ann.page.inner_text("main")
    printed = ann.page.evaluate(
        """() => [...document.querySelectorAll("main a")].map((one) =>
            getComputedStyle(one, "::after").content.replaceAll('"', "")).join(" ")"""
    )
    for words in told:
        assert words.format_map(ids) in f"{shown} {printed}", words
    assert ann.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
