"""Pages are asked for politely and within limits; whatever a server does is told in one line."""

import gzip
import socket
import time
from datetime import timedelta

import pytest

from claims.fetch.client import Fetcher
from claims.fetch.connect import PublicBackend
from claims.fetch.page import FailedFetch, FetchedPage, UnchangedPage, Validators, validators_of
from tests.fetch.conftest import NOW, Clock, Site, Sockets, dripping, guarded

PAGE = b"<html><p>He said so.</p></html>"
HTML = ("Content-Type", "text/html; charset=utf-8")


def test_a_page_comes_with_where_and_when(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", PAGE, 200, HTML)
    page = fetcher.fetch(url + "#top")
    assert isinstance(page, FetchedPage)
    assert (page.body, page.media_type, page.charset) == (PAGE, "text/html", "utf-8")
    assert (page.capture.uri, page.capture.retrieved_at) == (url, NOW)
    assert (page.capture.http_status, page.capture.redirects) == (200, ())
    assert HTML in page.capture.http_headers
    assert site.agents == {"claims/0"}


def test_robots_txt_is_asked_once_and_obeyed(site: Site, fetcher: Fetcher) -> None:
    site.put(
        "/robots.txt", b"User-agent: *\nDisallow: /private\n\nUser-agent: other\nDisallow: /\n"
    )
    assert isinstance(fetcher.fetch(site.put("/a", PAGE)), FetchedPage)
    refused = fetcher.fetch(site.put("/private/b", PAGE))
    assert isinstance(refused, FailedFetch)
    assert (refused.refused, refused.detail) == (True, "the site's robots.txt does not allow it")
    assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)]
)
def test_a_missing_robots_txt_allows_and_a_broken_one_does_not(
    site: Site, fetcher: Fetcher, status: int, *, allowed: bool
) -> None:
    site.put("/robots.txt", b"", status)
    assert isinstance(fetcher.fetch(site.put("/a", PAGE)), FetchedPage) is allowed
    assert ("/a" in site.asked) is allowed


def test_a_host_is_asked_once_a_second_or_as_slowly_as_it_asks(
    site: Site, fetcher: Fetcher, clock: Clock
) -> None:
    for path in ("/a", "/b", "/c"):
        fetcher.fetch(site.put(path, PAGE))
    assert clock.waits == [1.0, 1.0, 1.0]


def test_a_crawl_delay_is_honoured(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    for path in ("/a", "/b"):
        fetcher.fetch(site.put(path, PAGE))
    assert clock.waits[-1] == 7.0


def test_what_would_wait_longer_than_a_run_is_left_for_later(
    site: Site, fetcher: Fetcher, clock: Clock
) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 90\n")
    site.put("/moved", b"", 301, ("Location", "/a"))
    # The hop to where it has moved is asked after the longest pause: it could never be read else.
    assert isinstance(fetcher.fetch(site.put("/a", PAGE)), FetchedPage)
    clock.seconds += 90
    assert isinstance(fetcher.fetch(site.url("/moved")), FetchedPage)
    assert clock.waits == [1.0, 30.0]
    left = fetcher.fetch(site.url("/a"))
    assert isinstance(left, FailedFetch)
    assert left.is_postponed
    assert (left.detail, left.again_at) == (
        "the site asks to wait for 90 seconds",
        NOW + timedelta(seconds=90),
    )
    assert fetcher.seconds_ahead(site.url("/a")) == 90.0


def test_no_crawl_delay_is_longer_than_an_hour(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 86400\n")
    fetcher.fetch(site.put("/a", PAGE))
    assert fetcher.seconds_ahead(site.url("/b")) == 3600.0


def test_a_page_is_asked_for_only_if_it_has_changed(site: Site, fetcher: Fetcher) -> None:
    tagged = (HTML, ("ETag", '"1"'), ("Last-Modified", "Mon, 04 May 2026 08:00:00 GMT"))
    url = site.put("/a", PAGE, 200, *tagged)
    first = fetcher.fetch(url)
    assert isinstance(first, FetchedPage)
    known = validators_of(first.capture.http_headers)
    assert known == Validators('"1"', "Mon, 04 May 2026 08:00:00 GMT")
    site.put("/moved", b"", 308, ("Location", "/a"))
    again = fetcher.fetch(site.url("/moved"), {url: known}.get)
    assert isinstance(again, UnchangedPage)
    assert (again.capture.uri, again.capture.redirects) == (url, (site.url("/moved"),))
    assert site.conditions[-2:] == [("/moved", None, None), ("/a", known.etag, known.last_modified)]
    site.put("/a", PAGE, 200, HTML, ("ETag", '"2"'))
    assert isinstance(fetcher.fetch(url, {url: known}.get), FetchedPage)
    # Who was asked without conditions and answers so is no server to believe.
    failed = fetcher.fetch(site.put("/b", b"", 304))
    assert isinstance(failed, FailedFetch)
    assert failed.detail == "HTTP status 304"


@pytest.mark.parametrize("value", ["", "a" * 1001, "\x01", "“1”"])
def test_a_validator_that_cannot_be_sent_is_none(value: str) -> None:
    assert validators_of([("etag", value)]) is None


def test_a_page_says_whether_it_has_moved_for_good(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", b"", 301, ("Location", "/b"))
    site.put("/b", b"", 302, ("Location", "/c"))
    site.put("/d", b"", 308, ("Location", "/c"))
    site.put("/c", PAGE, 200, HTML)
    pages = [fetcher.fetch(site.url(path)) for path in ("/a", "/d", "/c")]
    assert [isinstance(page, FetchedPage) and page.moved for page in pages] == [False, True, False]


def test_redirects_are_followed_and_noted(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", b"", 301, ("Location", "/b"))
    site.put("/b", b"", 302, ("Location", site.url("/c#x")))
    site.put("/c", PAGE, 200, HTML)
    page = fetcher.fetch(site.url("/a"))
    assert isinstance(page, FetchedPage)
    assert page.capture.uri == site.url("/c")
    assert page.capture.redirects == (site.url("/a"), site.url("/b"))


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("/a", "it redirects in a circle"),
        ("http://127.0.0.2:8000/", "127.0.0.2 is at 127.0.0.2, which is not public"),
        ("http://169.254.169.254/latest/meta-data", "which is not public"),
        ("file:///etc/passwd", "it redirects to an address that is refused: file: is not fetched"),
        ("http://2130706433/", "a number in disguise"),
    ],
)
def test_a_redirect_is_checked_like_any_address(
    site: Site, fetcher: Fetcher, location: str, said: str
) -> None:
    failed = fetcher.fetch(site.put("/a", b"", 302, ("Location", location)))
    assert isinstance(failed, FailedFetch)
    assert said in failed.detail


def test_more_than_five_redirects_are_too_many(site: Site, fetcher: Fetcher) -> None:
    for number in range(8):
        site.put(f"/{number}", b"", 302, ("Location", f"/{number + 1}"))
    failed = fetcher.fetch(site.url("/0"))
    assert isinstance(failed, FailedFetch)
    assert failed.detail == "it redirects more than 5 times"
    assert site.asked == ["/robots.txt", "/0", "/1", "/2", "/3", "/4", "/5"]


def test_a_packed_page_is_unpacked_within_limits(site: Site, fetcher: Fetcher) -> None:
    packed = ("Content-Encoding", "gzip")
    page = fetcher.fetch(site.put("/a", gzip.compress(PAGE), 200, HTML, packed))
    assert isinstance(page, FetchedPage)
    assert page.body == PAGE
    bomb = gzip.compress(bytes(300 << 20), 1)
    failed = fetcher.fetch(site.put("/bomb", bomb, 200, HTML, packed))
    assert isinstance(failed, FailedFetch)
    assert "unpacks to more than 16777216 bytes" in failed.detail


def test_a_page_that_is_too_large_is_left(site: Site, fetcher: Fetcher) -> None:
    failed = fetcher.fetch(site.put("/a", bytes((16 << 20) + 1), 200, HTML))
    assert isinstance(failed, FailedFetch)
    assert failed.detail == "more than 16 MiB"


def test_the_rules_of_a_site_that_a_redirect_leads_to_hold_too(
    site: Site, other_site: Site, fetcher: Fetcher
) -> None:
    other_site.put("/robots.txt", b"User-agent: *\nDisallow: /secret\n")
    other_site.put("/secret/x", PAGE)
    # Its robots.txt was asked for by the first site's, and still is the second site's rule.
    site.put("/robots.txt", b"", 302, ("Location", other_site.url("/robots.txt")))
    failed = fetcher.fetch(site.put("/a", b"", 302, ("Location", other_site.url("/secret/x"))))
    assert isinstance(failed, FailedFetch)
    assert failed.detail == "the site's robots.txt does not allow it"
    assert "/secret/x" not in other_site.asked


def test_a_robots_txt_at_a_refused_address_forbids_every_time(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", b"", 302, ("Location", "http://10.0.0.1/robots.txt"))
    for _ in range(2):
        failed = fetcher.fetch(site.put("/a", PAGE))
        assert isinstance(failed, FailedFetch)
        assert failed.refused
    assert "/a" not in site.asked


def test_one_host_has_one_pace_whatever_the_port(
    site: Site, other_site: Site, fetcher: Fetcher, clock: Clock
) -> None:
    fetcher.fetch(site.put("/a", PAGE))
    fetcher.fetch(other_site.put("/a", PAGE))
    assert clock.waits == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "sent", [b"HTTP/1.1 200 OK\r\nA: b\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n"]
)
def test_an_answer_that_drips_ends_by_its_deadline(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.fetch.client.DEADLINE", 0.5)
    with dripping(sent) as port:
        fetcher = Fetcher(
            agent="claims/0",
            now=lambda: NOW,
            clock=time.monotonic,
            wait=lambda _: None,
            backend=PublicBackend(frozenset({("127.0.0.1", port)})),
        )
        begun = time.monotonic()
        failed = fetcher.fetch(f"http://127.0.0.1:{port}/a")
        fetcher.close()
    assert isinstance(failed, FailedFetch)
    assert "the answer takes too long" in failed.detail
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("99999999999", 30 * 86400),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 30 * 86400),
        ("120", 120),
        ("Mon, 04 May 2026 12:10:00 GMT", 600),
        ("soon", None),
    ],
)
def test_a_server_that_wants_to_be_left_alone_is(
    site: Site, fetcher: Fetcher, value: str, seconds: int | None
) -> None:
    failed = fetcher.fetch(site.put("/a", b"", 429, ("Retry-After", value)))
    assert isinstance(failed, FailedFetch)
    assert failed.status == 429
    assert failed.again_at == (NOW + timedelta(seconds=seconds) if seconds else None)
    again = fetcher.fetch(site.put("/b", PAGE, 200, HTML))
    assert isinstance(again, FailedFetch if seconds else FetchedPage)
    assert ("/b" in site.asked) is (seconds is None)


@pytest.mark.parametrize("status", [404, 410, 451, 500])
def test_a_status_is_told(site: Site, fetcher: Fetcher, status: int) -> None:
    failed = fetcher.fetch(site.put("/a", b"gone", status))
    assert isinstance(failed, FailedFetch)
    assert (failed.status, failed.detail) == (status, f"HTTP status {status}")


def test_a_host_without_an_address_is_told() -> None:
    def resolve(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    failed = guarded(Sockets(), resolve).fetch("http://no-such-host.example/")
    assert isinstance(failed, FailedFetch)
    assert not failed.refused
    assert failed.detail == (
        "its robots.txt cannot be had: the host has no address: Name or service not known"
    )
