"""The desk in a real browser: keys, two at once, stray input, selections, access, hostile text."""

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

from claims.cli.context import fresh_id
from claims.desk.app import create_app
from claims.desk.desk import Desk, origin_of
from claims.desk.entrance import Entrance
from claims.desk.serve import listen, server_of
from tests.makers import proposal, store
from tests.review.conftest import Room

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: `make browser`")

CARDS = 20
TEXT = "🌊 The pier.\n" + "".join(
    f'Mayor Ada Quill said "bridge {n} is safe for now", the Harbour Agency reported.\n'
    for n in range(100, 100 + CARDS)
)
STAYING = frozenset("sSXnh")
"""Keys that lead to no other page."""

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))


@dataclass
class Visitor:
    """Somebody with a browser at the desk.

    Attributes:
        errors: What the browser complained of: scripts, the policy, dialogs.
    """

    page: Page
    origin: str
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the browser says."""
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note_message)
        self.page.on("dialog", self._note_dialog)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_dialog(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    @property
    def claim(self) -> str:
        """The claim on the card; empty where there is none."""
        return self.page.url.partition("/review/")[2].partition("?")[0]

    @property
    def words(self) -> str:
        """The words on the card."""
        return self.page.inner_text("blockquote.words")

    def press(self, *keys: str) -> None:
        """Press keys, each once the page that the one before led to takes keys."""
        for key in keys:
            self.look()
            self.page.evaluate("document.body.dataset.pressed = 1")
            self.page.keyboard.press(key)
            if key not in STAYING:
                self.page.wait_for_selector("body.ready:not([data-pressed])", state="attached")

    def look(self) -> None:
        """Wait until the card has been on the screen for long enough to be decided."""
        self.page.wait_for_selector("body.ready", state="attached")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def room(database: object) -> Room:
    return Room(database)  # type: ignore[arg-type]


@contextmanager
def served(room: Room) -> Iterator[tuple[str, list[str]]]:
    """A desk that listens, and the addresses that it has printed."""
    printed: list[str] = []
    with listen("127.0.0.1", 0) as listening:
        origin = origin_of("127.0.0.1", listening.getsockname()[1])
        entrance = Entrance(origin, printed.append)
        server = server_of(create_app(Desk(room.database, origin, fresh_id, entrance)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        entrance.open()
        yield origin, printed
        server.should_exit = True
        thread.join(30)


Visit = Callable[[str], Visitor]


@pytest.fixture
def visit(room: Room, browser: Browser) -> Iterator[Visit]:
    """Somebody opens the printed address and enters a name."""
    with ExitStack() as stack:
        origin, printed = stack.enter_context(served(room))

        def begin(name: str) -> Visitor:
            context = browser.new_context()
            context.set_default_timeout(15_000)
            stack.callback(context.close)
            visitor = Visitor(context.new_page(), origin)
            visitor.page.goto(printed[-1])
            visitor.page.fill("#name", name)
            visitor.page.click("main button.main")
            visitor.page.wait_for_load_state("load")
            return visitor

        yield begin


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    contents = [f'"bridge {n} is safe for now"' for n in range(100, 100 + CARDS)]
    proposals = [proposal(TEXT, content) for content in contents]
    proposals = [replace(one, chain=one.chain[:1], said_on=None) for one in proposals]
    return store(room.database, *proposals, text=TEXT)


def statuses(room: Room, claims: list[uuid.UUID]) -> list[str]:
    return [room.standing(claim).status.value for claim in claims]


def test_an_editor_works_through_twenty_cards_with_keys(
    room: Room, claims: list[uuid.UUID], visit: Visit
) -> None:
    ann = visit("Ann")
    ann.press("a", "x", "Space", "X", "3")  # accepted, rejected, put aside, rejected for a reason
    ann.press("s", "1", "a", "S", "1", "=")  # a speaker, then accepted; both at once; as the last
    ann.press("a")
    ann.press("ArrowLeft", "t", "a")  # the end a word earlier, another form
    ann.press("j", "k", "a", "u", "U")
    ann.press("z", "a", *"aaa", *"xx")
    states = statuses(room, claims)
    assert ann.errors == []
    assert states[:4] == ["accepted", "rejected", "later", "rejected"]
    assert room.standing(claims[8]).state.text.endswith("for")
    assert (states.count("accepted"), states.count("rejected")) == (10, 4)
    undone = room.sql("SELECT count(*) FROM claims.decision WHERE undoes IS NOT NULL")
    assert undone == [(2,)]


@pytest.mark.usefixtures("claims")
def test_two_at_once_decide_each_card_once(room: Room, visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    seen = []
    for _ in range(3):
        for one in (ann, bob):
            seen.append(one.claim)
            one.press("a")
    assert len(set(seen)) == len(seen) == 6
    assert room.sql("SELECT count(*), count(DISTINCT subject) FROM claims.decision") == [(6, 6)]
    assert ann.errors == bob.errors == []


@pytest.mark.usefixtures("claims")
def test_a_key_held_down_and_a_paste_decide_at_most_once(room: Room, visit: Visit) -> None:
    ann = visit("Ann")
    ann.look()
    for _ in range(30):
        ann.page.keyboard.down("a")
    ann.page.keyboard.up("a")
    ann.page.wait_for_timeout(500)
    ann.look()
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]
    ann.page.keyboard.insert_text("ax" * 1000)
    ann.page.wait_for_timeout(500)
    assert room.sql("SELECT count(*) FROM claims.decision") == [(1,)]


@pytest.mark.usefixtures("claims")
def test_selected_words_become_the_claim(visit: Visit) -> None:
    # A wave stands before them that is two units of UTF-16 and one code point.
    ann = visit("Ann")
    ann.page.evaluate(
        """() => {
            const span = document.querySelector("#text .this").firstChild;
            const range = document.createRange();
            range.setStart(span, 8); range.setEnd(span, 19);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    ann.page.click("button[value=selection]")
    ann.page.wait_for_load_state("load")
    assert ann.words == "100 is safe"


@pytest.mark.usefixtures("claims")
def test_what_is_typed_survives_a_closed_tab(visit: Visit) -> None:
    ann = visit("Ann")
    address = ann.page.url
    ann.press("n")
    ann.page.keyboard.type("half a thought a x u")
    with ann.page.expect_response("**/draft"):
        pass
    ann.page.close()
    page = visit("Ann").page
    page.goto(address)
    assert page.input_value("#note") == "half a thought a x u"


PATHS = (
    "/review",
    "/review/empty",
    "/about",
    "/search?words=bridge",
    "/claims/{claim}",
    "/claims/{claim}@0",
    "/claims/{claim}/comparison",
    "/claims/{claim}/embed",
    "/ledger",
    "/releases",
    "/progress",
    "/links",
    "/add",
    "/sources",
    "/sources/{source}",
    "/pairs",
    "/documents",
    "/documents/{document}",
    "/documents/{document}/text",
    "/documents/{document}/changes",
    "/nothing",
)


def test_pages_are_for_everybody(room: Room, claims: list[uuid.UUID], visit: Visit) -> None:
    room.act("Ann", claims[0], "accept")
    [(document,)] = room.sql("SELECT id FROM claims.document")
    [(source,)] = room.sql("SELECT DISTINCT speaker FROM claims.claim")
    ann = visit("Ann")
    problems = []
    for path in PATHS:
        ann.page.set_viewport_size({"width": 1280, "height": 800})
        ann.page.goto(ann.origin + path.format(claim=claims[0], document=document, source=source))
        ann.page.evaluate(AXE.read_text("utf-8"))
        for scheme in ("light", "dark"):
            ann.page.emulate_media(color_scheme=scheme)
            found = ann.page.evaluate("axe.run().then((run) => run.violations.map((v) => v.id))")
            problems += [f"{path} {scheme}: {one}" for one in found]
        ann.page.set_viewport_size({"width": 320, "height": 800})
        if not ann.page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            problems.append(f"{path} is wider than 320 pixels")
    assert problems == []
    refused = [error for error in ann.errors if "404" not in error]
    assert refused == []


def test_hostile_words_of_an_article_are_text(room: Room, visit: Visit) -> None:
    hostile = (
        '<img src=x onerror=alert(1)> </span><script>alert(2)</script> &amp; {{ 7*7 }} "><svg>'
    )
    text = f"Mayor Ada Quill said {hostile} on Monday, the Harbour Agency reported.\n"
    [claim] = store(
        room.database, proposal(text, hostile), text=text, title=hostile, outlet=hostile
    )
    room.act("Ann", claim, "accept", {"statement": hostile, "venue": hostile}, reason=hostile)
    ann = visit(f"Ann {hostile}")
    for path in (f"/review/{claim}", f"/claims/{claim}"):
        ann.page.goto(ann.origin + path)
        shown = ann.page.text_content(".text .this")
        assert shown == hostile
        assert ann.page.locator("img, svg:not(.chain), .text script").count() == 0
    assert ann.errors == []
