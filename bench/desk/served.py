"""A desk in a process of its own, its processor and memory, and people whose browsers ask it."""

import gzip
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from pathlib import Path
from queue import Queue
from urllib.parse import urlencode, urlsplit

from bench.processor import TICK

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FORM = re.compile(r'<form method="post" action="([^"]*)" id="card">(.*?)</form>', re.DOTALL)
PAGE = os.sysconf("SC_PAGE_SIZE")
SEE_OTHER = 303


@dataclass(frozen=True)
class Answer:
    """An answer: its status, where it leads, its text, and the bytes of that on its way."""

    status: int
    location: str
    text: str
    sent: int


@dataclass
class Browser:
    """Somebody at the desk, with a connection that stays open."""

    origin: str
    cookie: str = ""
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        """Open the connection."""
        parts = urlsplit(self.origin)
        self.connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Ask for a page, or send a form."""
        headers = {"cookie": self.cookie, "sec-fetch-site": "same-origin"}
        headers["accept-encoding"] = "gzip"  # as every browser does
        body = None
        if form is not None:
            body = urlencode(form)
            headers["content-type"] = "application/x-www-form-urlencoded"
        answer = self._ask("POST" if body is not None else "GET", path, body, headers)
        sent = answer.read()
        packed = answer.headers["content-encoding"] == "gzip"
        text = (gzip.decompress(sent) if packed else sent).decode()
        if given := answer.headers["set-cookie"]:
            self.cookie = given.partition(";")[0]
        return Answer(answer.status, answer.headers["location"] or "", text, len(sent))

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> HTTPResponse:
        """Send a request; a page once more if the connection was closed, as it is after idling."""
        self.connection.request(method, path, body, headers)
        try:
            return self.connection.getresponse()
        except RemoteDisconnected:
            if method != "GET":
                raise
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()

    def follow(self, answer: Answer) -> Answer:
        """The page that an answer leads to in the end."""
        while answer.status == SEE_OTHER:
            answer = self.ask(answer.location)
        return answer

    def sign_in(self, address: str, name: str) -> None:
        """Come in by a printed address."""
        entered = self.ask(urlsplit(address).path + "?" + urlsplit(address).query)
        fields = dict(HIDDEN.findall(entered.text))
        answer = self.ask("/enter", {**fields, "name": name})
        assert answer.status == SEE_OTHER, answer.text[:500]

    def press(self, page: Answer, button: str) -> Answer:
        """What follows a button of a card: the first answer, not yet the card it leads to."""
        match = FORM.search(page.text)
        assert match, page.text[:500]
        fields = {name: unescape(value) for name, value in HIDDEN.findall(match[2])}
        return self.ask(unescape(match[1]), {**fields, "do": button})


@dataclass
class Served:
    """A desk that listens.

    Attributes:
        process: Its process.
        addresses: The addresses that it prints, each for one browser.
        origin: Where it is.
    """

    process: subprocess.Popen[str]
    addresses: "Queue[str]"
    origin: str = ""

    def enter(self, name: str) -> Browser:
        """Somebody who comes in."""
        address = self.addresses.get(timeout=60)
        parts = urlsplit(address)
        browser = Browser(f"{parts.scheme}://{parts.netloc}")
        browser.sign_in(address, name)
        return browser

    def processor(self, postmaster: int) -> float:
        """Processor seconds until now, of the desk and of the server's processes for it."""
        return sum(_seconds(one) for one in (self.process.pid, *children(postmaster)))

    def resident(self) -> float:
        """MB that the desk's process has in memory."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * PAGE / 2**20


def children(postmaster: int) -> list[int]:
    """The server's processes."""
    listed = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text("ascii")
    return [int(one) for one in listed.split()]


def _seconds(process: int) -> float:
    try:
        stat = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return 0.0
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICK


@contextmanager
def served() -> Iterator[Served]:
    """`claims desk`, as a newsroom runs it, until the block ends."""
    command = [sys.executable, "-uc", "from claims.cli import main; main()", "desk", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    desk = Served(process, Queue())
    reading = threading.Thread(target=_read_addresses, args=(desk,), daemon=True)
    reading.start()
    try:
        yield desk
    finally:
        process.terminate()
        process.wait(30)


def _read_addresses(desk: Served) -> None:
    assert desk.process.stdout is not None
    for line in desk.process.stdout:
        if match := re.search(r"https?://\S+", line):
            desk.addresses.put(match[0])
