"""Asks for pages: politely, within limits, each redirect checked anew."""

import math
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeAlias
from urllib.parse import urlsplit

import httpcore
from protego import Protego

from claims.fetch.connect import PublicBackend, RefusedAddressError
from claims.fetch.page import (
    Answer,
    FailedFetch,
    FetchedPage,
    FindValidators,
    UnchangedPage,
    Validators,
)
from claims.fetch.url import BadUrlError, Url, parse_url
from claims.model.capture import Capture
from claims.readers.http_body import UnreadableBodyError, content_type, decode_body

LARGEST = 16 * 1024 * 1024
"""Bytes of a page, packed or not."""
LARGEST_ROBOTS = 500 * 1024
"""Bytes of robots.txt that are read, the least that RFC 9309 asks for."""
MOST_REDIRECTS = 5
PAUSE = 1.0
"""Seconds between two requests to one host."""
LONGEST_PAUSE = 30.0
"""Seconds that a site may make us wait within one run; it is asked later otherwise."""
LONGEST_DELAY = 3600.0
"""Seconds: the longest Crawl-delay that is honoured; a longer one counts as this."""
LONGEST_BAN = 30 * 86400.0
"""Seconds: a server that names a later moment, by mistake or not, is asked after these."""
TIMEOUTS = {"connect": 10.0, "read": 20.0, "write": 10.0, "pool": 10.0}
DEADLINE = 60.0
"""Seconds from a request to the end of its answer, however slowly it drips."""

ACCEPT_PAGE = b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPT_FEED = (
    b"application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,"
    b"*/*;q=0.5"
)
"""Some sites have a page for browsers at the address of a feed."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
OK, NOT_MODIFIED, SERVER_ERROR_FROM = 200, 304, 500


class LargeAnswerError(Exception):
    """An answer that is too large; the message says how large it may be."""


FAILURES = (
    LargeAnswerError,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
)
"""What may go wrong between two machines."""


@dataclass(slots=True)
class _Origin:
    """What the robots.txt of one scheme, host and port says; it is asked once a run."""

    rules: Protego | None = None
    failure: str = ""
    refused: bool = False


@dataclass(slots=True)
class _Pace:
    """How often a host may be asked, and when next, whatever the port.

    Attributes:
        banned_until: When the server wants to be asked again: nothing is asked before.
    """

    pause: float = field(default_factory=lambda: PAUSE)
    next_at: float = -math.inf
    banned_until: float = -math.inf


ReserveTurn: TypeAlias = Callable[[str, float], float]
"""Takes the next turn at a host, and so many seconds behind it; returns the seconds until then."""


class _LeftAloneError(Exception):
    """A host that another process was told to leave alone.

    Attributes:
        url: What would have been asked.
        seconds: For how long.
    """

    def __init__(self, url: Url, seconds: float) -> None:
        super().__init__(url.text)
        self.url, self.seconds = url, seconds


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header; None if the answer lacks it."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(slots=True)
class Fetcher:
    """Fetches pages for one run.

    Attributes:
        agent: How we name ourselves; the first word is looked for in robots.txt.
        now: The time of day, with a time zone.
        clock: Seconds that never go back.
        wait: Waits so many seconds.
        backend: Makes the connections.
        reserve: Keeps the pace of hosts with other processes; by default there are none.
    """

    agent: str
    now: Callable[[], datetime]
    clock: Callable[[], float]
    wait: Callable[[float], None]
    backend: PublicBackend = field(default_factory=PublicBackend)
    reserve: ReserveTurn = lambda _host, _pause: 0.0
    _pool: httpcore.ConnectionPool = field(init=False)
    _origins: dict[tuple[str, str, int], _Origin] = field(default_factory=dict)
    _paces: dict[str, _Pace] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Every certificate is checked against the system's, as ssl does by default; no proxy, no
        # netrc, no cookies: httpcore knows none of them by itself.
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=self.backend,
            # A host is asked once a second: a connection of its own for each request costs little.
            max_keepalive_connections=0,
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def fetch(
        self,
        text: str,
        validators: FindValidators = lambda _: None,
        *,
        accept: bytes = ACCEPT_PAGE,
    ) -> Answer:
        """Fetch a page.

        Args:
            text: Its address.
            validators: Those of the address, or of one that it redirects to, as it is asked for.
            accept: The media types that we would rather have.

        Returns:
            The page, that it has not changed, or why there is none; nothing that a server does is
            raised.
        """
        try:
            return self._follow(text, validators, accept)
        except BadUrlError as error:
            return FailedFetch(text, str(error), refused=True)
        except RefusedAddressError as error:
            return FailedFetch(text, str(error), refused=True)
        except _LeftAloneError as error:
            return self._postponed_for(error.url, error.seconds)
        except FAILURES as error:
            return FailedFetch(text, _in_words(error))

    def seconds_ahead(self, text: str) -> float:
        """How long the host of an address wants to be left alone from now on.

        Raises:
            BadUrlError: It is no address.
        """
        pace = self._pace(parse_url(text))
        return max(pace.next_at - self.clock(), pace.banned_until - self.clock(), 0.0)

    def _follow(self, text: str, find_validators: FindValidators, accept: bytes) -> Answer:
        """Ask for an address and those that it redirects to."""
        url, redirects, moved = parse_url(text), list[str](), True
        while True:
            refusal = self._may_ask(url, redirected=bool(redirects))
            if refusal:
                return refusal
            validators = find_validators(url.text)
            answer = self._ask(url, LARGEST, [(b"Accept", accept), *_conditions(validators)])
            location = answer.header("location")
            if answer.status == NOT_MODIFIED and validators:
                capture = Capture(
                    url.text, self.now(), answer.status, answer.headers, tuple(redirects)
                )
                return UnchangedPage(capture)
            if answer.status not in REDIRECTS or location is None:
                return self._page(url, answer, tuple(redirects), moved=moved and bool(redirects))
            redirects.append(url.text)
            moved = moved and answer.status in PERMANENT
            try:
                url = parse_url(location, url.text)
            except BadUrlError as error:
                raise BadUrlError(f"it redirects to an address that is refused: {error}") from error
            if url.text in redirects:
                return FailedFetch(text, "it redirects in a circle")
            if len(redirects) > MOST_REDIRECTS:
                return FailedFetch(text, f"it redirects more than {MOST_REDIRECTS} times")

    def _page(
        self, url: Url, answer: _Answer, redirects: tuple[str, ...], *, moved: bool
    ) -> FetchedPage | FailedFetch:
        if answer.status != OK:
            again_at = self._again_at(url, answer)
            asked = redirects[0] if redirects else url.text
            return FailedFetch(
                asked, f"HTTP status {answer.status}", status=answer.status, again_at=again_at
            )
        try:
            body = decode_body(answer.body, answer.headers, LARGEST)
        except UnreadableBodyError as error:
            return FailedFetch(url.text, f"its body cannot be read: {error}", status=answer.status)
        media_type, charset = content_type(answer.headers)
        capture = Capture(url.text, self.now(), answer.status, answer.headers, redirects)
        return FetchedPage(capture, media_type, charset, body, moved)

    def _may_ask(self, url: Url, *, redirected: bool) -> FailedFetch | None:
        """Whether the host may be asked for a page now; its robots.txt is asked once a run.

        A redirect is followed after the longest pause at most: a site that asks for a minute
        between two requests could never be read otherwise.
        """
        pace = self._pace(url)
        if refusal := self._postponed(url, pace.banned_until):
            return refusal
        key = (url.scheme, url.host, url.port)
        if key not in self._origins:
            self._origins[key] = self._read_rules(url)
        origin = self._origins[key]
        if origin.failure:
            return FailedFetch(url.text, origin.failure, refused=origin.refused)
        if origin.rules and not origin.rules.can_fetch(url.text, self.agent):
            return FailedFetch(url.text, "the site's robots.txt does not allow it", refused=True)
        return None if redirected else self._postponed(url, pace.next_at)

    def _postponed(self, url: Url, until: float) -> FailedFetch | None:
        """The answer for an address whose host is to be left alone for longer than a run waits."""
        ahead = until - self.clock()
        return self._postponed_for(url, ahead) if ahead > LONGEST_PAUSE else None

    def _postponed_for(self, url: Url, ahead: float) -> FailedFetch:
        again_at = self.now() + timedelta(seconds=ahead)
        detail = f"the site asks to wait for {math.ceil(ahead)} seconds"
        return FailedFetch(url.text, detail, again_at=again_at)

    def _pace(self, url: Url) -> _Pace:
        return self._paces.setdefault(url.host, _Pace())

    def _read_rules(self, url: Url) -> _Origin:
        """Read robots.txt as RFC 9309 says: 4xx allows everything, 5xx and silence nothing yet."""
        origin, robots = _Origin(), parse_url("/robots.txt", url.text)
        try:
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._ask(robots, LARGEST_ROBOTS, [(b"Accept", b"*/*")], cut=True)
                location = answer.header("location")
                if answer.status not in REDIRECTS or location is None:
                    break
                robots = parse_url(location, robots.text)
            if answer.status >= SERVER_ERROR_FROM:
                origin.failure = f"its robots.txt answers with HTTP status {answer.status}"
            elif answer.status == OK:
                body = decode_body(answer.body, answer.headers, LARGEST)
                text = body.decode("utf-8", "replace")
                origin.rules = Protego.parse(text)
                asked = origin.rules.crawl_delay(self.agent) or 0.0
                self._pace(url).pause = min(max(PAUSE, asked), LONGEST_DELAY)
        except UnreadableBodyError:
            origin.failure = "its robots.txt cannot be read"
        except BadUrlError:
            pass  # a robots.txt that leads nowhere is none
        except RefusedAddressError as error:
            origin.failure, origin.refused = str(error), True
        except FAILURES as error:
            origin.failure = f"its robots.txt cannot be had: {_in_words(error)}"
        return origin

    def _ask(
        self, url: Url, largest: int, more: Iterable[tuple[bytes, bytes]], *, cut: bool = False
    ) -> _Answer:
        """Ask for an address when its host may be asked, and read the answer within the limits."""
        pace = self._pace(url)
        ahead = max(pace.next_at, pace.banned_until) - self.clock()
        if ahead > 0:
            self.wait(min(ahead, LONGEST_PAUSE))
        turn = self.reserve(url.host, pace.pause)
        if turn > LONGEST_DELAY:  # no pause is as long: it was said by Retry-After
            raise _LeftAloneError(url, turn)
        if turn > 0:
            self.wait(min(turn, LONGEST_PAUSE))
        end = self.clock() + DEADLINE
        self.backend.left = lambda: end - self.clock()
        headers = [
            (b"Host", urlsplit(url.text).netloc.encode()),
            (b"User-Agent", self.agent.encode()),
            (b"Accept-Encoding", b"gzip"),
            *more,
        ]
        extensions = {"timeout": TIMEOUTS}
        try:
            with self._pool.stream("GET", url.text, headers=headers, extensions=extensions) as raw:
                return _read(raw, largest, cut=cut)
        finally:
            pace.next_at = max(pace.next_at, self.clock() + pace.pause)

    def _again_at(self, url: Url, answer: _Answer) -> datetime | None:
        """When the server wants to be asked again; until then this run leaves its host alone."""
        value = (answer.header("retry-after") or "").strip()
        if not value:
            return None
        now = self.now()
        try:
            if value.isdecimal():
                seconds = float(value)
            else:
                moment = parsedate_to_datetime(value)
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                seconds = (moment - now).total_seconds()
        except (ValueError, OverflowError):
            return None
        seconds = min(max(seconds, 0.0), LONGEST_BAN)
        pace = self._pace(url)
        pace.banned_until = max(pace.banned_until, self.clock() + seconds)
        return now + timedelta(seconds=seconds)


def _conditions(validators: Validators | None) -> Iterator[tuple[bytes, bytes]]:
    """The headers that ask for a page only if it has changed."""
    if validators and validators.etag:
        yield b"If-None-Match", validators.etag.encode("ascii")
    if validators and validators.last_modified:
        yield b"If-Modified-Since", validators.last_modified.encode("ascii")


def _read(raw: httpcore.Response, largest: int, *, cut: bool) -> _Answer:
    """Read an answer of at most so many bytes; what is longer is cut, or refused."""
    body = bytearray()
    for chunk in raw.iter_stream():
        body += chunk
        if len(body) > largest and not cut:
            raise LargeAnswerError(f"more than {largest >> 20} MiB")
        if len(body) > largest:
            break
    pairs = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in raw.headers
        # httpcore has undone the chunks.
        if name.lower() != b"transfer-encoding"
    )
    return _Answer(raw.status, pairs, bytes(body[:largest]))


def _in_words(error: Exception) -> str:
    text = " ".join(str(error).split())
    if isinstance(error, httpcore.ConnectTimeout):
        return "the server does not answer"
    if isinstance(error, httpcore.TimeoutException):
        return "the answer takes too long"
    return text or type(error).__name__
