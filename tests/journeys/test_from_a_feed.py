"""The commands of docs/how-to/from-a-feed-to-a-published-claim.md, run as they stand."""

import re
import shlex
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.journeys.conftest import Claims

PAGE = Path(__file__).parents[2] / "docs/how-to/from-a-feed-to-a-published-claim.md"
ID = re.compile(r"\b[0-9a-f]{8}\b")


def steps() -> Iterator[tuple[str, str]]:
    """Each command of the page, and what the page says it prints."""
    for session in re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, printed = step.partition("\n")
            yield command, printed


class Quiet(SimpleHTTPRequestHandler):
    """Serves files as `python3 -m http.server` does."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[str]:
    """Where the folder of the outlet is served."""
    answers = partial(Quiet, directory=str(tmp_path / "pier"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield str(server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_page_prints_what_it_shows(
    claims: Claims, tmp_path: Path, port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the program, but that a host is asked more often than once a second.
    monkeypatch.setattr("claims.fetch.client.PAUSE", 0.02)
    ids: dict[str, str] = {}
    ran = 0
    for step, printed in steps():
        # Ids are made from addresses, and the port is another one here.
        command, expected = (part.replace("8000", port) for part in (step, printed))
        words = [_ours(word, ids) for word in shlex.split(command)]
        if words[0] == "printf":
            path = tmp_path / words[-1]
            path.write_text(words[1].replace("\\n", "\n"), "utf-8")
        elif words[0] == "mkdir":
            (tmp_path / words[1]).mkdir()
        elif words[0] == "export":
            monkeypatch.setenv(*words[1].split("="))
        elif words[0] == "claims":
            ended = claims(*words[1:])
            assert ended.code == 0, ended.err
            ids |= dict(zip(ID.findall(expected), ID.findall(ended.out), strict=True))
            assert ended.out == _with_ids(expected, ids), command
            ran += 1
        else:
            assert words[0] == "python3"
    assert ran == 7


def _ours(word: str, ids: dict[str, str]) -> str:
    """A word of a command; the start of an id of the page is that of the one here."""
    return next((ours[: len(word)] for id_, ours in ids.items() if id_.startswith(word)), word)


def _with_ids(printed: str, ids: dict[str, str]) -> str:
    return ID.sub(lambda id_: ids[id_[0]], printed)
