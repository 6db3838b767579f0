"""People with a real browser at a desk that listens."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, ViewportSize

from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.desk.access import cookie_name
from claims.desk.app import create_app
from claims.desk.desk import Desk, origin_of
from claims.desk.entrance import Entrance
from claims.desk.serve import listen, server_of
from claims.ledger.accounts import save_account
from claims.ledger.append import sign_in
from claims.ledger.reviewers import change_reviewer
from claims.ledger.signed_in import begin_session
from claims.model.kinds import Role

# The shell has no windows of its own to draw: a page opens in a third of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: `make browser`")

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 800}

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
    def complaints(self) -> list[str]:
        """The same, but for statuses: a page that is not there is a page."""
        return [error for error in self.errors if "the server responded with a status" not in error]

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

    def open(self, path: str) -> int:
        """Open an address of the desk; the status of the answer."""
        answer = self.page.goto(self.origin + path)
        return answer.status if answer else 0

    def is_page(self, path: str) -> bool:
        """Whether an address answers with a page, and not with a file or a redirect."""
        answer = self.page.request.get(self.origin + path, max_redirects=0)
        return answer.headers.get("content-type", "").startswith("text/html")

    def violations(self) -> list[str]:
        """What axe finds on the page that is open."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found: list[str] = self.page.evaluate(
            "axe.run().then((run) => run.violations.map((v) =>"
            " v.id + ' ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')))"
        )
        return found


@dataclass
class Served:
    """A desk that listens, and the browsers at it.

    Attributes:
        desk: The desk.
        printed: The addresses that it has printed.
    """

    desk: Desk
    browser: Browser
    stack: ExitStack
    printed: list[str]

    def visit(self, name: str = "", **context: object) -> Visitor:
        """Somebody opens the printed address and enters a name; without one, just a browser."""
        visitor = self._browser(**context)
        if name:
            visitor.page.goto(self.printed[-1])
            visitor.page.fill("#name", name)
            visitor.page.click("main button.main")
            visitor.page.wait_for_load_state("load")
        return visitor

    def visit_as(self, role: Role, **context: object) -> Visitor:
        """Somebody of a role, who has signed in before."""
        database = self.desk.database
        with database.writer() as session:
            reviewer = sign_in(session, f"The {role}", fresh_id())
            save_account(session, reviewer, f"The {role}", None)
            change_reviewer(session, f"The {role}", role=role)
            token = begin_session(session, reviewer)
        visitor = self._browser(**context)
        cookie = {"name": cookie_name(self.desk), "value": token, "url": self.desk.origin}
        visitor.page.context.add_cookies([cookie])  # type: ignore[list-item]
        return visitor

    def _browser(self, **context: object) -> Visitor:
        opened = self.browser.new_context(**context)  # type: ignore[arg-type]
        opened.set_default_timeout(30_000)
        self.stack.callback(opened.close)
        return Visitor(opened.new_page(), self.desk.origin)


@contextmanager
def served(database: Database, browser: Browser, *, accounts: bool = False) -> Iterator[Served]:
    """A desk that listens: of one person, or with accounts."""
    printed: list[str] = []
    with listen("127.0.0.1", 0) as listening, ExitStack() as stack:
        origin = origin_of("127.0.0.1", listening.getsockname()[1])
        entrance = None if accounts else Entrance(origin, printed.append)
        desk = Desk(database, origin, fresh_id, entrance, accounts=accounts)
        server = server_of(create_app(desk))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        if entrance:
            entrance.open()
        yield Served(desk, browser, stack, printed)
        stack.close()
        server.should_exit = True
        thread.join(30)


Visit = Callable[..., Visitor]
