"""No address that is not public is ever connected to, however it is written."""

import socket
import sys

import httpcore
import pytest

from claims.fetch.page import FailedFetch
from claims.fetch.public import is_public
from claims.fetch.url import BadUrlError, parse_url
from tests.fetch.conftest import Resolve, Sockets, guarded, read_number

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.1", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::",
    "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1",
    "fe80::1", "fe80::1%eth0", "168.63.129.16", "4000::1",
    "e000::1", "2001:4860::5efe:7f00:1", "2001:4860::200:5efe:a00:1", "febf::1",
    "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:800::200e"]
NUMBERS = [
    "2130706433", "0x7f000001", "017700000001", "0x7f.1", "127.1", "0177.0.0.1", "0x7f.0.0.1",
    "127.0.1", "0", "00", "0.0", "3232235777", "0xc0a80101", "0xa9fea9fe", "2852039166", "10.1",
    "0x8.0x8.0x8.0x8", "134744072", "127.0.0.1.", "127.000.000.001",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_these_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_these_are(address: str) -> None:
    assert is_public(address)


Corpus = list[tuple[str, list[str]]]


def corpus() -> Corpus:
    """Addresses, each with what its host resolves to."""
    literal: Corpus = [
        (f"{scheme}://{f'[{one}]' if ':' in one else one}{port}/x", [])
        for one in PRIVATE
        for scheme, port in (("http", ""), ("https", ":8443"))
    ]
    numbers: Corpus = [(f"http://{one}/", []) for one in NUMBERS]
    names: Corpus = [("http://news.example/a", [one]) for one in PRIVATE]
    mixed: Corpus = [("https://news.example/a", ["8.8.8.8", one]) for one in PRIVATE]
    odd: Corpus = [
        ("http://user@news.example/", ["8.8.8.8"]),
        ("http://user:secret@127.0.0.1/", []),
        ("http://news.example@127.0.0.1/", []),
        ("http://127.0.0.1\\@news.example/", ["8.8.8.8"]),
        ("file:///etc/passwd", []),
        ("gopher://127.0.0.1:6379/_x", []),
        ("ftp://127.0.0.1/", []),
        ("http://127.0.0.1 .news.example/", []),
        ("http://news.example\r\nHost: x/", ["8.8.8.8"]),
        ("http:///etc/passwd", []),
        ("http://[::1", []),
        ("http://①②⑦.⓪.⓪.①/", ["127.0.0.1"]),
        ("http://localhost/", ["127.0.0.1", "::1"]),
        ("//127.0.0.1/", []),
        ("news.example", ["8.8.8.8"]),
        ("http://" + "a" * 3000 + ".example/", ["8.8.8.8"]),
    ]
    return [*literal, *numbers, *names, *mixed, *odd]


def test_none_of_two_hundred_addresses_reaches_a_socket() -> None:
    """Counted where Python hands a connection to the system, below every backend of ours."""
    connected: list[object] = []
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
            connected.append(arguments[-1])

    sys.addaudithook(watch)  # it cannot be taken away, and ends with `watching`
    try:
        addresses = corpus()
        assert len(addresses) >= 200
        # What one host's name was found to be would answer for the next of that name.
        literal = guarded(httpcore.SyncBackend(), read_number)
        for url, answers in addresses:
            named = answers and guarded(httpcore.SyncBackend(), _resolver(answers))
            failed = (named or literal).fetch(url)
            assert isinstance(failed, FailedFetch)
            assert connected == [], url
            assert "secret" not in failed.detail
        # The count counts: a connection that is allowed is seen.
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            socket.create_connection(("127.0.0.1", port)).close()
        assert connected == [("127.0.0.1", port)]
    finally:
        watching = False


def _resolver(answers: list[str]) -> Resolve:
    return lambda *_: answers


def test_a_host_that_answers_otherwise_the_second_time_gains_nothing() -> None:
    answers = iter((["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"]))
    sockets = Sockets()
    fetcher = guarded(sockets, lambda *_: next(answers))
    assert isinstance(fetcher.fetch("http://news.example/"), FailedFetch)
    assert isinstance(fetcher.fetch("http://news.example/b"), FailedFetch)
    assert set(sockets.made) == {"8.8.8.8"}


def test_a_public_host_is_connected_to_at_the_address_that_was_checked() -> None:
    sockets = Sockets()
    fetcher = guarded(sockets, lambda *_: ["93.184.216.34", "2606:4700::1111"])
    failed = fetcher.fetch("https://news.example/")
    assert isinstance(failed, FailedFetch)
    assert sockets.made[:2] == ["93.184.216.34", "2606:4700::1111"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("HTTP://News.Example:80/a b".replace(" ", "%20") + "#top", "http://news.example/a%20b"),
        ("https://bücher.example/ä?q=ö", "https://xn--bcher-kva.example/%C3%A4?q=%C3%B6"),
        ("https://news.example", "https://news.example/"),
        ("https://a_b.news.example/", "https://a_b.news.example/"),
        ("https://news.example.:8443/", "https://news.example:8443/"),
    ],
)
def test_an_address_is_asked_for_in_one_form(text: str, asked: str) -> None:
    assert parse_url(text).text == asked


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("news.example/a", "it has no scheme"),
        ("file:///x", "file: is not fetched"),
        ("http://a@b.example/", "it has a user in it"),
        ("http://[::1]evil.example/", "its host cannot be read"),
        ("http://[v1.x]/", "its host cannot be read"),
        ("http://１２７.０.０.１/", "a number in disguise"),
        ("http://a.example:0/", "port 0 is another service's"),
        ("http://a.example:25/", "port 25 is another service's"),
        ("http://0x7f.1/", "a number in disguise"),
        ("http://-a.example/", "its host is no name"),
    ],
)
def test_a_refusal_says_why(text: str, why: str) -> None:
    with pytest.raises(BadUrlError, match=why):
        parse_url(text)
