"""What holds for every page in a real browser: it is for everybody, and text is text."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ViewportSize

from claims.database.engine import Database
from claims.model.kinds import Role
from claims.model.proposal import Proposal
from tests.desk.every_page import ids_of, pages_of
from tests.desk.payloads import BUNDLES, PAYLOADS
from tests.desk.test_source_pairs import SUGGEST
from tests.desk.visitors import NARROW, WIDE, Served, Visitor, needs_chromium, served
from tests.makers import proposal, store
from tests.review.conftest import Room
from tests.sources.test_merges import add_source
from tests.utterances.conftest import Press

pytestmark = needs_chromium


ZOOMED: ViewportSize = {"width": 640, "height": 400}
"""What is left of 1280 × 800 at 200 %."""

MOVES = """() => getComputedStyle(document.documentElement).scrollBehavior === "smooth"
  || document.getAnimations().length > 0"""


@pytest.fixture
def alone(database: Database, browser: Browser) -> Iterator[Served]:
    """A desk for one."""
    with served(database, browser) as desk:
        yield desk


@pytest.fixture
def shared(database: Database, browser: Browser) -> Iterator[Served]:
    """A desk with accounts."""
    with served(database, browser, accounts=True) as desk:
        yield desk


def hostile(text: str, words: str, name: str) -> Proposal:
    """A claim whose words and speaker are hostile."""
    one = proposal(text, words)
    return replace(one, chain=(replace(one.chain[0], name=name), one.chain[1]))


def fill(room: Room, words: str, other: str, *, name: str = "Ada Quill") -> uuid.UUID:
    """Two reports of one utterance, decided, corrected and noted; a pair of sources; a release."""
    claims = []
    for number, outlet in enumerate((f"The Pier {words}", f"The Quay {words}")):
        text = f"Mayor Ada Quill said {words} on Monday, the Harbour Agency reported.\n"
        text += f"She denied that money was lost {number}.\n"
        place = uuid.uuid5(uuid.NAMESPACE_URL, text)
        claims += store(
            room.database, hostile(text, words, name), text=text, title=words, outlet=outlet,
            place=f"{number}.txt", url=f"https://pier.example/{place}?{other}",
        )  # fmt: skip
    Press(room.database).compare()
    room.act("Ann", claims[0], "accept", {"statement": words, "venue": words}, reason=words)
    room.act("Ann", claims[0], "note", reason=words)
    ann = room.reviewer("Ann")
    add_source(room.database, ann, f"{name} II")
    values = {"one": name, "other": f"{name} II", "score": 0.9, "reason": words}
    with room.database.engine.begin() as connection:
        connection.execute(SUGGEST, values)
    return claims[0]


def look(visitor: Visitor, path: str) -> Iterator[str]:
    """What is wrong with the page that is open, in light and dark, at three widths."""
    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme)
        yield from (f"{path}, {scheme}: {one}" for one in visitor.violations())
    visitor.page.emulate_media(reduced_motion="reduce")
    if visitor.page.evaluate(MOVES):
        yield f"{path} moves for who asked for no motion"
    for name, size in (("at 320 pixels", NARROW), ("at 200 %", ZOOMED)):
        visitor.page.set_viewport_size(size)
        if not visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            yield f"{path} is too wide {name}"
    visitor.page.set_viewport_size(WIDE)


def open_and_look(visitor: Visitor, path: str) -> list[str]:
    visitor.open(path)
    return list(look(visitor, path))


def test_every_page_is_for_everybody(room: Room, alone: Served) -> None:
    ids = ids_of(room, fill(room, "the bridge is safe", "x"))
    ann = alone.visit("Ann")
    pages = pages_of(alone, ann, ids)
    assert len(pages) > 28
    problems = [one for path in pages for one in open_and_look(ann, path.format_map(ids))]
    assert problems == []
    assert ann.complaints == []


def test_pages_of_accounts_are_for_everybody(room: Room, shared: Served) -> None:
    ids = ids_of(room, fill(room, "the bridge is safe", "x"))
    nobody, reader, admin = shared.visit(), *map(shared.visit_as, (Role.READER, Role.ADMIN))
    problems = open_and_look(nobody, "/login")
    nobody.page.fill("#name", "nobody")
    nobody.page.fill("#password", "not the password")
    nobody.page.click("main button.main")
    problems += look(nobody, "a login that is refused")
    problems += open_and_look(reader, "/password?changed=yes")
    for field in ("password", "new", "again"):
        reader.page.fill(f"#{field}", "not the password")
    reader.page.click("main button.main")
    problems += look(reader, "a password that is refused")
    problems += open_and_look(admin, "/users")
    for path in ("/claims/{claim}", "/documents/{document}", "/sources/{source}", "/review"):
        problems += open_and_look(reader, path.format_map(ids))
        problems += open_and_look(nobody, path.format_map(ids))
    assert problems == []
    assert [one for visitor in (nobody, reader, admin) for one in visitor.complaints] == []


ALIVE = """() => [...document.querySelectorAll("*")].flatMap((one) => [
    ...[...one.attributes].filter((a) => /^on/i.test(a.name)).map((a) => a.name),
    ...["href", "src", "action", "xlink:href"].filter((name) => one.hasAttribute(name))
      .map((name) => new URL(one.getAttribute(name), location))
      .filter((to) => !/^https?:$/.test(to.protocol) || /evil/.test(to.hostname)).map(String),
    ...(one.matches("script:not([src]):not([type='application/ld+json']), iframe, object, embed,"
      + " base, style, img, video, math, template, plaintext, meta[http-equiv]")
      ? [one.outerHTML] : []),
  ])"""
"""What of a page could run, load or lead elsewhere; no page of the desk has any of it."""

SHOWN = {
    "/claims/{claim}": ".text .this", "/review/{claim}?tab={tab}": ".text .this",
    "/documents/{document}": "h1", "/documents/{document}/text": ".text p:first-child",
    "/sources/{source}": "h1", "/claims/{claim}/comparison": "h1",
}  # fmt: skip
"""Where a page shows hostile words whole."""


def inspect(visitor: Visitor, path: str, ids: Mapping[str, str], words: str) -> Iterator[str]:
    """What of hostile words is more than text on a page."""
    visitor.open(path.format_map(ids))
    yield from (f"{path}: {one[:200]}" for one in visitor.page.evaluate(ALIVE))
    yield from (f"{path}: {one}" for one in visitor.complaints)
    visitor.errors.clear()
    if path in SHOWN:
        shown = " ".join((visitor.page.text_content(SHOWN[path]) or "").split())
        if " ".join(words.split()) not in shown:
            yield f"{path} shows {shown[:300]}"


def test_hostile_words_are_text_on_every_page(room: Room, alone: Served) -> None:
    """Three hundred: as words, statement, headline, outlet, speaker, note, reason, address."""
    assert len({*PAYLOADS}) == 300
    filled = [ids_of(room, fill(room, words, words, name=words)) for words in BUNDLES]
    ann = alone.visit(f"Ann {PAYLOADS[0]}")
    pages = pages_of(alone, ann, filled[0])
    assert {*SHOWN} <= {*pages}
    problems = [one for path in pages for one in inspect(ann, path, filled[0], BUNDLES[0])]
    by_id = [path for path in pages if "{" in path]
    for ids, words in zip(filled[1:], BUNDLES[1:], strict=True):
        problems += [one for path in by_id for one in inspect(ann, path, ids, words)]
    assert problems == []


FIELDS = (
    "words", "outlet", "title", "status", "since", "filter", "order", "by", "action", "kind",
    "subject", "source", "from", "to", "address", "url", "base", "version", "onward", "as_of",
)  # fmt: skip


def test_hostile_addresses_are_text_on_every_page(room: Room, alone: Served) -> None:
    ids = ids_of(room, fill(room, "the bridge is safe", "x"))
    ann = alone.visit("Ann")
    problems: list[str] = []
    for number, path in enumerate(pages_of(alone, ann, ids)):
        words = quote(BUNDLES[number % len(BUNDLES)][:400])
        for fields in (FIELDS[:9], FIELDS[9:-1], FIELDS[-1:]):
            query = "&".join(f"{name}={words}" for name in fields)
            joined = f"{path}{'&' if '?' in path else '?'}{query}"
            problems += inspect(ann, joined, ids, "")
    assert problems == []
