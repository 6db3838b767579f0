"""A small site on this machine, and a fetcher that may reach it."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore
import pytest

from claims.fetch.client import Fetcher
from claims.fetch.connect import PublicBackend

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
Headers = tuple[tuple[str, str], ...]


@dataclass
class Site:
    """Answers by path: status, headers, body; what was asked is noted, and under which conditions.

    An answer with an ETag or a Last-Modified that the request names is HTTP 304, without its body.
    """

    port: int
    answers: dict[str, tuple[int, Headers, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    conditions: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    accepted: dict[str, str] = field(default_factory=dict)

    def put(
        self, path: str, body: bytes = b"", status: int = 200, *headers: tuple[str, str]
    ) -> str:
        """Serve an answer; returns its address."""
        self.answers[path] = (status, headers, body)
        return self.url(path)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with serve() as served:
        yield served


@pytest.fixture
def other_site() -> Iterator[Site]:
    """Another one, on another port."""
    with serve() as served:
        yield served


@contextmanager
def serve(host: str = "127.0.0.1") -> Iterator[Site]:
    """Serve a site; with no host, on all addresses of this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.agents.add(self.headers["User-Agent"])
            served.accepted[self.path] = self.headers["Accept"].partition(",")[0]
            etag, since = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
            served.conditions.append((self.path, etag, since))
            status, headers, body = served.answers.get(self.path, (404, (), b"no such page"))
            if status == HTTPStatus.OK and {("ETag", etag), ("Last-Modified", since)} & {*headers}:
                status, body = HTTPStatus.NOT_MODIFIED, b""
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Answers)
    served = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def dripping(sent: bytes) -> Iterator[int]:
    """A server that sends the same bytes again and again, slowly; gives its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def drip() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            while not stopped.wait(0.05):
                connection.sendall(sent)
                if sent.startswith(b"HTTP/1.1 200"):
                    while not stopped.wait(0.05):
                        connection.sendall(b"A: b\r\n")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    stopped.set()
    thread.join()
    listening.close()


@dataclass
class Clock:
    """A clock that only waiting moves."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        """Move it."""
        self.waits.append(seconds)
        self.seconds += seconds


@dataclass
class Sockets(httpcore.NetworkBackend):
    """Counts connections instead of making them."""

    made: list[str] = field(default_factory=list)

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        """Note the address."""
        self.made.append(host)
        raise httpcore.ConnectError("nobody is there")


Resolve = Callable[[str, int], Iterable[str]]
MakeFetcher = Callable[..., Fetcher]


@pytest.fixture
def clock() -> Clock:
    """The fetcher's clock."""
    return Clock()


@pytest.fixture
def fetcher(site: Site, other_site: Site, clock: Clock) -> Iterator[Fetcher]:
    """A fetcher that may reach the sites, and nothing else on this machine."""
    made = Fetcher(
        agent="claims/0",
        now=lambda: NOW,
        clock=lambda: clock.seconds,
        wait=clock.wait,
        backend=PublicBackend(
            frozenset({("127.0.0.1", site.port), ("127.0.0.1", other_site.port)})
        ),
    )
    yield made
    made.close()


def guarded(sockets: httpcore.NetworkBackend, resolve: Resolve) -> Fetcher:
    """A fetcher without a network."""
    return Fetcher(
        agent="claims/0",
        now=lambda: NOW,
        clock=lambda: 0.0,
        wait=lambda _: None,
        backend=PublicBackend(frozenset(), resolve, sockets),
    )


def read_number(host: str, port: int) -> list[str]:
    """Addresses as the system reads numbers; a name has none."""
    flags = socket.AI_NUMERICHOST
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return [str(one[4][0]) for one in answers]
