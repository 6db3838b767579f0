"""A host is asked once a second by all processes together, however they come to it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.ingest.pace import reserve_turns
from tests.feeds.conftest import page_of
from tests.fetch.conftest import serve

COMMAND = str(Path(sys.executable).with_name("claims"))
ARTICLES, TOLERATED = 3, 0.1
"""Pages that each process is sent on for; seconds that a machine may be late."""


@pytest.fixture
def third() -> Iterator[tuple[int, list[float]]]:
    """A host that notes when it is asked: its port, and those moments."""
    asked: list[float] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(time.monotonic())
            found = not self.path.endswith("robots.txt")
            body = page_of(f"The page is {self.path}.") if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.3", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()


def test_two_processes_that_are_led_to_one_host_keep_its_pace_together(
    database: Database, third: tuple[int, list[float]]
) -> None:
    port, asked = third
    with serve("127.0.0.1") as one, serve("127.0.0.2") as other:
        hosts = [(f"127.0.0.1:{one.port}", one), (f"127.0.0.2:{other.port}", other)]
        allowed = ",".join([*(host for host, _ in hosts), f"127.0.0.3:{port}"])
        address = database.url.render_as_string(hide_password=False)
        environment = os.environ | {"DATABASE_URL": address, "CLAIMS_FETCH_ALLOW": allowed}
        running = []
        for host, site in hosts:
            pages = [f"/{number}-{site.port}" for number in range(ARTICLES)]
            for page in pages:
                site.put(page, b"", 302, ("Location", f"http://127.0.0.3:{port}{page}"))
            command = [COMMAND, "fetch", *(f"http://{host}{page}" for page in pages)]
            running.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
        assert [process.wait(120) for process in running] == [0, 0]
    apart = [after - before for before, after in pairwise(asked)]
    assert len(asked) >= 2 * ARTICLES
    assert min(apart) > 1 - TOLERATED, apart


def test_turns_are_a_pause_apart_and_a_ban_is_not_pushed_on(database: Database) -> None:
    reserve = reserve_turns(database)
    assert reserve("news.example", 1.0) == 0
    assert 0 < reserve("news.example", 5.0) <= 1
    assert 5 < reserve("news.example", 1.0) <= 6
    banned = "UPDATE claims.feed_host SET not_before = now() + interval '2 hours'"
    with database.writer() as session:
        session.execute(text(banned))
    for _ in range(2):
        assert 7100 < reserve("news.example", 1.0) <= 7200
