"""A desk over a database of the test's own, and people with browsers at it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from claims.cli.context import fresh_id
from claims.database.engine import Database
from claims.desk.app import create_app
from claims.desk.desk import Desk
from claims.desk.entrance import Entrance
from tests.desk.editor import Editor
from tests.desk.visitors import CHROMIUM, Visit, served
from tests.review.conftest import Room

ORIGIN = "http://127.0.0.1:8311"
OWN = {"sec-fetch-site": "same-origin"}
"""What a browser says of a form that stands on the desk's own page."""

Sit = Callable[..., Editor]


def client_of(desk: Desk) -> TestClient:
    """A browser that meets no exception of the application."""
    return TestClient(
        create_app(desk),
        base_url=desk.origin,
        headers=OWN,
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def entrance_of(desk: Desk) -> str:
    """The path of an address that is announced now."""
    assert desk.entrance is not None
    announced: list[str] = []
    desk.entrance.announce = announced.append
    desk.entrance.open()
    return announced[0].removeprefix(ORIGIN)


@pytest.fixture
def room(database: Database) -> Room:
    """An empty database with nobody in it yet."""
    return Room(database)


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk that may change things."""
    return Desk(database, ORIGIN, fresh_id, Entrance(ORIGIN, lambda _address: None))


@pytest.fixture
def stranger(desk: Desk) -> Iterator[TestClient]:
    """The browser of somebody whom nobody knows."""
    with client_of(desk) as client:
        yield client


@pytest.fixture
def sit(desk: Desk) -> Iterator[Sit]:
    """Somebody signs in and opens the queue."""
    with ExitStack() as stack:

        def begin(name: str = "Ann", path: str = "/review") -> Editor:
            editor = Editor(stack.enter_context(client_of(desk)))
            editor.open(entrance_of(desk))
            editor.page = editor.client.post(
                "/enter",
                data={"token": editor.find("//input[@name='token']/@value")[0], "name": name},
            )
            assert editor.page.status_code == 303, editor.page.text
            editor.open(path)
            return editor

        yield begin


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a file: its loop must not run while others begin one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(database: Database, browser: Browser) -> Iterator[Visit]:
    """Somebody opens the printed address and enters a name."""
    with served(database, browser) as desk:
        yield desk.visit
