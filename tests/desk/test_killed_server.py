"""The server is killed in the middle of what a form asks for, as when its machine loses power."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from starlette.testclient import TestClient

from claims.cli.context import fresh_id
from claims.database.address import parse_url
from claims.database.engine import Database
from claims.database.migrations import upgrade
from claims.database.server import start, status, stop
from claims.desk.desk import Desk
from claims.desk.entrance import Entrance
from tests.conftest import memory_folder
from tests.desk.conftest import ORIGIN, client_of, entrance_of
from tests.desk.editor import Editor
from tests.review.conftest import Room

LEDGER = "SELECT action, reason FROM claims.decision ORDER BY no"


@dataclass
class Server:
    """An embedded server of the test's own, with a database that keeps its connections."""

    home: Path
    database: Database

    def kill(self) -> None:
        """End it as a crash does: nothing more is written, and what it was asked is cut off."""
        process = status(self.home).pid
        assert process is not None
        os.kill(process, signal.SIGQUIT)
        deadline = time.monotonic() + 30
        while status(self.home).pid is not None:
            assert time.monotonic() < deadline, "it did not end"
            time.sleep(0.01)

    @contextmanager
    def counted(self, fatal: int = 0) -> Iterator[list[str]]:
        """The statements and commits that are sent; before the fatal one, from 1, it is killed."""
        sent: list[str] = []

        def note(statement: str) -> None:
            sent.append(statement)
            if len(sent) == fatal:
                self.kill()

        def executes(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
            note(statement)

        def commits(_c: Connection) -> None:
            note("COMMIT")

        engine = self.database.engine
        event.listen(engine, "before_cursor_execute", executes)
        event.listen(engine, "commit", commits)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", executes)
            event.remove(engine, "commit", commits)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="claims-killed-", dir=memory_folder()))
    home.chmod(0o755)
    try:
        database = Database(parse_url(start(home).url or ""), keep=True)
        upgrade(database.engine)
        yield Server(home, database)
        database.close()
    finally:
        directory = status(home).directory.resolve()
        stop(home)
        shutil.rmtree(directory, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def client(own_server: Server) -> Iterator[TestClient]:
    entrance = Entrance(ORIGIN, lambda _address: None)
    desk = Desk(own_server.database, ORIGIN, fresh_id, entrance)
    with client_of(desk) as client:
        ann = Editor(client)
        ann.open(entrance_of(desk))
        token = ann.find("//input[@name='token']/@value")[0]
        assert client.post("/enter", data={"token": token, "name": "Ann"}).status_code == 303
        yield client


def test_a_server_killed_in_the_middle_of_a_form_is_one_page_that_keeps_it(
    own_server: Server, client: TestClient
) -> None:
    """Wherever it happens: sent again, the form is carried out once, also if it was already."""
    room, ann = Room(own_server.database), Editor(client)
    [claim, *_] = room.store()
    ann.open(f"/review/{claim}")
    card = str(ann.page.url)  # with the tab that it is open in
    with own_server.counted() as sent:
        assert ann.send("note", note="nothing happens").status_code == 303
    expected, saved = [("note", "nothing happens")], []
    commits = [number for number, one in enumerate(sent, 1) if one == "COMMIT"]
    for fatal in (1, *commits, len(sent)):
        ann.open(card)
        words = f"killed at {fatal}\nof <i>several</i>"
        with own_server.counted(fatal):
            ann.page = ann.send("note", note=words)
        assert ann.page.status_code == 503
        assert "The database does not answer" in ann.page.text
        assert "Traceback" not in ann.page.text
        assert ann.find("//main//textarea/text()") == [" ".join(words.split())]
        assert client.get(f"/review/{claim}").status_code == 503
        start(own_server.home)
        saved.append(len(room.sql(LEDGER)) - len(expected))
        expected.append(("note", " ".join(words.split())))
        assert ann.send_again().status_code == 200
        assert room.sql(LEDGER) == expected
    assert set(saved) == {0, 1}, "killed before the decision was saved, and after"
