"""Inputs that make much out of little, each as bytes or as a stream of bytes that nobody stores.

`python -m tests.readers.bombs NAME` reads one and prints what it gave, the processor's seconds and
the peak of memory in MiB: it has a process of its own, so that the peak is its own.
"""

import gzip
import io
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from claims.model.problem import Problem
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream
from tests.readers.archives import answer, by_hand, page

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MIB = 1 << 20
NAMES = b"".join(b"a%d='' " % number for number in range(500_000))
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item>'
ADDRESS = b"<url><loc>https://a.example/1</loc></url>"
RSS_END = b"<link>https://a.example/1</link></item></channel></rss>"
LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)


class Endless(io.RawIOBase):
    """A start, then the same bytes over and over, up to a size."""

    def __init__(self, start: bytes, again: bytes = b" ", size: int | None = None) -> None:
        self._start, self._at = memoryview(start), 0
        self._again = memoryview(again * (64 * 1024 // len(again)))
        self._size = len(start) if size is None else size

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Some of it; 0 at the end."""
        view = memoryview(buffer)
        rest = self._start[self._at :] if self._at < len(self._start) else self._again
        some = rest[: min(len(view), self._size - self._at)]
        view[: len(some)] = some
        self._at += len(some)
        return len(some)


def _item(inside: bytes) -> bytes:
    return RSS + inside + RSS_END


def _packed(again: bytes, mebibytes: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        for _ in range(mebibytes):
            file.write(again * (MIB // len(again)))
    return packed.getvalue()


def _page(inside: bytes) -> bytes:
    return b"<!DOCTYPE html><html><body><article>" + inside + b"</article></body></html>"


def _newsml(inside: bytes) -> bytes:
    start = b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:a" version="1">'
    return start + b"<contentSet><inlineXML>" + inside + b"</inlineXML></contentSet></newsItem>"


def _ninjs(page: bytes) -> bytes:
    return b'{"uri": "urn:a", "type": "text", "body_html": "' + page + b'"}'


def _described(page: bytes) -> bytes:
    return _item(b"<description><![CDATA[" + page + b"]]></description>")


def _dated(date: bytes) -> bytes:
    return _item(b"<pubDate>" + date + b"</pubDate>")


def _json_feed(count: int) -> bytes:
    items = [{"id": str(n), "content_text": "He said so."} for n in range(count)]
    return json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode()


WARC = by_hand("https://a.example/1", answer(page("one")))
ARC_ADDRESSES = b"\na:" + b" 1.1.1.1 20260504000000 " * 40_000
HEADERS = b"WARC/1.0\r\n" + b"a: b\r\n" * 170_000


BOMBS: Mapping[str, tuple[str, Callable[[], bytes | Endless]]] = {
    "gzip of a gigabyte": ("a.txt.gz", lambda: _packed(b"a ", 1024)),
    "gzip in gzip": ("a.txt.gz", lambda: gzip.compress(_packed(b"a ", 1024))),
    "gzip in gzip in gzip": ("a.gz", lambda: gzip.compress(gzip.compress(_packed(b"a", 64)))),
    "gzip of one long line": ("a.jsonl.gz", lambda: _packed(b"a", 300)),
    "gzip of a feed": ("f.xml.gz", lambda: gzip.compress(_item(b"<a/>" * 8_000_000))),
    "gzip members without end": ("a.txt.gz", lambda: gzip.compress(b"") * 1_000_000),
    "a line of a gigabyte": ("a.jsonl", lambda: Endless(b'{"text": "', b"a", 1 << 30)),
    "JSON without line breaks": ("a.json", lambda: Endless(b'{"text": "', b"a", 1 << 30)),
    "a text of a gigabyte": ("-", lambda: Endless(b"He said. ", b"so ", 1 << 30)),
    "a page of a gigabyte": ("a.html", lambda: Endless(b"<html>", b"<p>x</p>", 1 << 30)),
    "JSON of deep arrays": ("a.json", lambda: b"[" * 8_000_000),
    "JSON lines of deep arrays": ("a.jsonl", lambda: b'{"text": ' + b"[" * 8_000_000),
    "JSON of deep objects": ("a.json", lambda: b'{"a":' * 2_000_000),
    "JSON of empty arrays": ("a.json", lambda: b'{"text": [' + b"[]," * 5_000_000 + b"[]]}"),
    "JSON lines of empty arrays": ("a.jsonl", lambda: b'{"a": [' + b"[]," * 5_000_000 + b"[]]}"),
    "JSON of a long number": ("a.json", lambda: b'{"text": ' + b"9" * 8_000_000 + b"}"),
    "JSON of escapes": ("a.json", lambda: b'{"text": "' + b"\\ud83d\\ude00" * 1_300_000 + b'"}'),
    "JSON Feed of many items": ("f.json", lambda: _json_feed(2000)),
    "XML entities in entities": (
        "f.xml",
        lambda: b'<!DOCTYPE rss [<!ENTITY l0 "ha">' + LAUGHS + b"]>" + _item(b"<t>&l9;</t>"),
    ),
    "XML entity of a file": (
        "f.xml", lambda: b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///dev/zero">]>' + _item(b"&x;"),
    ),
    "XML of one long entity": (
        "s.xml",
        lambda: b'<!DOCTYPE urlset [<!ENTITY a "%s">]><urlset>%s</urlset>'
        % (b"a" * 100_000, b"&a;" * 100_000),
    ),
    "XML of deep elements": ("f.xml", lambda: _item(b"<a>" * 2_000_000)),
    "XML of many attributes": (
        "f.xml", lambda: _item(b"<a " + NAMES + b"/>"),
    ),
    "XML of one long attribute": ("f.xml", lambda: _item(b"<a b='" + b"x" * (15 * MIB) + b"'/>")),
    "XML of many namespaces": (
        "f.xml", lambda: _item(b"".join(b"<a xmlns:n%d='u:%d'/>" % (n, n) for n in range(60_000))),
    ),
    "NewsML of deep elements": ("n.xml", lambda: _newsml(b"<a>" * 2_000_000)),
    "NewsML of many elements": ("n.xml", lambda: _newsml(b"<a/>" * 3_000_000)),
    "NewsML of many paragraphs": ("n.xml", lambda: _newsml(b"<p>So.</p>" * 100_000)),
    "NewsML of many attributes": ("n.xml", lambda: _newsml(b"<a %s/>" % NAMES)),
    "NewsML of entities": (
        "n.xml", lambda: b'<!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]>" + _newsml(b"&l9;"),
    ),
    "NITF of many elements": ("a.nitf", lambda: b"<nitf><body>" + b"<p/>" * 3_000_000),
    "ninjs of a deep page": ("n.json", lambda: _ninjs(b"<div>" * 500_000)),
    "ninjs of a wide page": ("n.json", lambda: _ninjs(b"<p>x" * 240_000)),
    "a feed of many items": (
        "f.xml", lambda: RSS + b"<guid>1</guid></item><item>" * 5_000 + RSS_END,
    ),
    "a feed of a deep page": ("f.xml", lambda: _described(b"<div>" * 150_000)),
    "a feed of a wide page": ("f.xml", lambda: _described(b"<p>x" * 240_000)),
    "a feed of a long date": ("f.xml", lambda: _dated(b"1" * 200_000)),
    "a feed of a spaced date": ("f.xml", lambda: _dated(b"Mon, 04 May" + b" " * 200_000 + b"x")),
    "a feed of a long title": (
        "f.xml", lambda: _item(b"<title>" + b"&lt;" * 2_000_000 + b"</title>"),
    ),
    "a feed of ellipses": ("f.xml", lambda: _described(b"<p>x ... " * 100_000)),
    "a feed that is broken": ("f.xml", lambda: _item(b"&nbsp;" * 1_000_000)),
    "a feed of half tags": ("f.xml", lambda: _item(b"<" * 300_000)),
    "a feed of half comments": ("f.xml", lambda: _item(b"<!--" * 300_000)),
    "a feed of half DTDs": ("f.xml", lambda: _item(b"<!DOCTYPE " * 200_000)),
    "a sitemap of other elements": (
        "s.xml", lambda: b"<urlset>" + b"<a/>" * 3_000_000 + b"</urlset>",
    ),
    "a sitemap of deep elements": ("s.xml", lambda: b"<urlset>" + b"<a>" * 3_000_000),
    "a sitemap of many addresses": ("s.xml", lambda: b"<urlset>" + ADDRESS * 10_000 + b"</urlset>"),
    "a head of comments": ("a.xml", lambda: b"<?xml version='1.0'?>" + b"<!---->" * 2_000_000),
    "a text of marks": ("a.txt", lambda: b"e" + "\u0301".encode() * 4_000_000),
    "a text of lines": ("a.txt", lambda: b"\n" * (15 * MIB) + b"x"),
    "a page of deep elements": ("a.html", lambda: _page(b"<div>" * 1_000_000)),
    "a page of half comments": ("a.html", lambda: _page(b"<!--" * 1_000_000)),
    "a page of half tags": ("a.html", lambda: _page(b"<a " * 300_000)),
    "a page of tables": ("a.html", lambda: _page(b"<table><tr><td>" * 20_000)),
    "WARC of empty members": ("a.warc", lambda: gzip.compress(b"") * 1_000_000),
    "WARC of other members": (
        "a.warc", lambda: gzip.compress(WARC) + gzip.compress(bytes(MIB // 64))[:-8] * 300_000,
    ),
    "WARC of what looks packed": (
        "a.warc", lambda: gzip.compress(WARC) + b"\x1f\x8b\x08" * 5_000_000,
    ),
    "WARC of blank lines": ("a.warc", lambda: gzip.compress(WARC + b"\n" * (64 * MIB), 1)),
    "WARC of empty records": (
        "a.warc", lambda: WARC + b"WARC/1.0\r\nContent-Length: 0\r\n" * 400_000,
    ),
    "WARC of one record again": ("a.warc", lambda: gzip.compress(WARC * 40_000)),
    "WARC of header lines": ("a.warc", lambda: gzip.compress(HEADERS) * 200),
    "WARC of first lines": ("a.warc", lambda: WARC + b"x\n" + b"WARC/1.0\n" * 2_000_000),
    "WARC of addresses of ARC": ("a.warc", lambda: WARC + b"x\n" + ARC_ADDRESSES * 20),
}  # fmt: skip
"""Each with the name of its file."""


def _read(file: str, bomb: bytes | Endless) -> Iterator[str]:
    raw = Endless(bomb) if isinstance(bomb, bytes) else bomb
    stream: io.BufferedReader = io.BufferedReader(raw)
    for record in read_stream(file, stream, None, ReadOptions()):
        yield record.reason if isinstance(record, Problem) else type(record).__name__


def _peak() -> float:
    """MiB. Where there is /proc: what `getrusage` says begins with the parent's peak."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def main() -> None:
    """Read the bomb that the command line names."""
    # What libraries take to load is no bomb's fault.
    for warm in (_page(b"<p>He said so.</p>"), RSS + RSS_END, b"<urlset/>", b"{}"):
        list(read_stream("-", io.BufferedReader(io.BytesIO(warm)), None, ReadOptions()))
    file, make = BOMBS[sys.argv[1]]
    bomb = make()
    begun = time.process_time()
    records = Counter(_read(file, bomb))
    seconds = time.process_time() - begun
    print(json.dumps({"records": records, "seconds": seconds, "peak": _peak()}))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
