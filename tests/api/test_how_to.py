"""docs/how-to/api.md: its Python blocks are run against a server and print what they show."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

import httpx
import pytest
import uvicorn
from sqlalchemy import URL
from starlette.applications import Starlette
from starlette.routing import Mount

from claims.api.app import create_api
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.desk.serve import listen
from claims.ingest import extractor
from tests.api.conftest import add_token
from tests.conftest import cloned
from tests.in_process import connected, load_parser, run

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/how-to/api.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def served(server: URL, template: str) -> Iterator[dict[str, str]]:
    """The README's article with five claims accepted, served; where, and a token for all of it."""
    with (
        cloned(server, template) as database,
        connected(database),
        chdir(ROOT),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(extractor, "_parser", load_parser)
        run("ingest", "seeds/000_3401827eaba227a0.txt", "--published", "2018-07-14")
        run("review", "accept", "355f", "c150", "ae32", "aff0", "7b33", "--as", "Ann")
        app = Starlette(routes=[Mount("/api/v1", create_api(Server(database, fresh_id)))])
        with listen("127.0.0.1", 0) as listening, _running(app, listening) as port:
            token = add_token(database, *Scope)
            yield {"API": f"http://127.0.0.1:{port}/api/v1", "TOKEN": token}


@contextmanager
def _running(app: Starlette, listening: socket.socket) -> Iterator[int]:
    """The port at which an application is served."""
    uvicorn_server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=uvicorn_server.run, args=([listening],))
    thread.start()
    while not uvicorn_server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    uvicorn_server.should_exit = True
    thread.join()


def test_each_block_prints_what_it_shows(served: dict[str, str]) -> None:
    assert len(BLOCKS) == PAGE.count("```python")
    names: dict[str, object] = dict(served)
    for code, expected in BLOCKS:
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(code, "api.md", "exec"), names)  # noqa: S102 - the page's own block
        assert printed.getvalue() == expected


def test_what_curl_asks_is_answered(served: dict[str, str]) -> None:
    [(header, address)] = re.findall(r'^curl -H "(.*?)" "(.*?)"$', PAGE, re.MULTILINE)
    name, _, value = header.replace("$TOKEN", served["TOKEN"]).partition(": ")
    answer = httpx.get(address.replace("$API", served["API"]), headers={name: value})
    assert answer.status_code == 200
    assert answer.json()["rows"] == []  # Ada Quill said nothing in that article


def test_every_scope_is_explained() -> None:
    assert re.findall(r"^\| `(\w+)` \| ", PAGE, re.MULTILINE)[: len(Scope)] == list(Scope)
