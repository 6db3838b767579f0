"""Web archives: each page is an article or a problem, whatever is broken between them."""

import base64
import gzip
import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from claims.model.article import Article, ReaderRecord
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem
from claims.readers.detect import detect
from claims.readers.formats import Format
from claims.readers.options import ReadOptions
from claims.readers.source import read_path
from claims.readers.wacz import read_wacz
from claims.readers.warc import read_warc
from tests.readers.archives import (
    DAY,
    HTML,
    Archive,
    answer,
    by_hand,
    chunked,
    members,
    page,
    zipped,
)

A, B, C = (f"https://paper.example/{name}" for name in "abc")


def read(raw: bytes, read: Callable[..., object] = read_warc) -> list[ReaderRecord]:
    records = read("f", io.BytesIO(raw), ReadOptions())
    return list(records)  # type: ignore[call-overload, no-any-return]


def articles(records: Sequence[ReaderRecord]) -> list[Article]:
    return [record for record in records if isinstance(record, Article)]


def said(records: Sequence[ReaderRecord]) -> list[str]:
    """What is between the quotation marks of each article."""
    return [article.text.split("“")[1].split("”")[0] for article in articles(records)]


def problems(records: Sequence[ReaderRecord]) -> list[str]:
    return [record.reason.value for record in records if isinstance(record, Problem)]


def sha1(body: bytes) -> str:
    """In base 32, as WARC files have it."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_page_is_an_article_with_its_capture(*, packed: bool, version: str) -> None:
    raw = Archive(packed=packed, version=version).add(A, page("yes"), WARC_Record_ID="<urn:1>").raw
    [article] = read(raw)
    assert isinstance(article, Article)
    assert article.capture is not None
    assert (article.url, article.capture.uri, article.capture.retrieved_at) == (A, A, DAY)
    assert (article.capture.http_status, article.capture.warc_record) == (200, "<urn:1>")
    assert article.capture.http_headers == HTML
    assert (article.archived, article.media_type, article.seen_at) == (
        page("yes"),
        "text/html",
        DAY,
    )
    assert (article.title, said([article])) == ("Bridge", ["yes"])


def test_an_arc_file_is_read() -> None:
    block = answer(page("in ARC"))
    head = b"filedesc://a.arc 0.0.0.0 20260504103000 text/plain 77\n1 0 Made by hand\n"
    head += b"URL IP-address Archive-date Content-type Archive-length\n\n"
    head = head.replace(b" 77\n", b" %d\n" % (len(head) - head.index(b"\n") - 1), 1)
    record = f"{A} 192.0.2.1 20260504103000 text/html {len(block)}\n".encode() + block + b"\n"
    records = read(head + record)
    assert (said(records), problems(records)) == (["in ARC"], [])
    assert articles(records)[0].seen_at == DAY


def test_what_is_no_page_is_passed_over_and_told_only_if_there_is_no_page() -> None:
    picture = (("Content-Type", "image/png"),)
    archive = Archive().add(A, b"\x89PNG", headers=picture)
    assert problems(read(archive.raw)) == ["no-article"]
    archive.add(
        "https://paper.example/robots.txt", b"Allow", headers=(("Content-Type", "text/plain"),)
    )
    archive.add("urn:log", b"asked", "resource", None, (("Content-Type", "text/plain"),))
    archive.add(B, page("here"))
    records = read(archive.raw)
    assert (said(records), problems(records)) == (["here"], [])


def test_plain_text_and_resources_are_read() -> None:
    text = (("Content-Type", "text/plain"),)
    archive = Archive().add(A, "Ada Quill said “plain”.".encode(), headers=text)
    archive.add(B, page("kept"), "resource", None, (("Content-Type", "text/html"),))
    records = read(archive.raw)
    assert said(records) == ["plain", "kept"]
    assert [article.reader.partition("/")[0] for article in articles(records)] == ["plain", "html"]


def test_a_conversion_is_read_unless_its_page_was() -> None:
    text = (("Content-Type", "text/plain"),)
    body = "Ada Quill said “converted”.".encode()
    archive = Archive().add(A, page("page"), WARC_Record_ID="<urn:1>")
    archive.add(A, body, "conversion", None, text, WARC_Refers_To="<urn:1>")
    archive.add(B, body, "conversion", None, text, WARC_Refers_To="<urn:2>")
    assert said(read(archive.raw)) == ["page", "converted"]


def test_chunks_and_compression_are_undone() -> None:
    body = page("packed")
    archive = by_hand(A, answer(chunked(zipped(body)), "Transfer-Encoding: chunked",
                                "Content-Encoding: gzip"))  # fmt: skip
    archive += by_hand(B, answer(body, "Content-Encoding: gzip"))  # the crawler had unpacked it
    records = read(archive)
    assert [article.archived for article in articles(records)] == [body, body]
    assert problems(read(by_hand(A, answer(zipped(body)[:-20], "Content-Encoding: gzip")))) == [
        "damaged"
    ]
    assert problems(read(by_hand(A, answer(body, "Content-Encoding: br")))) == ["damaged"]


def test_a_redirect_gives_the_page_its_other_addresses() -> None:
    archive = Archive().add(C, b"", status="302 Found", headers=(("Location", "/b"),))
    archive.add(B, b"", status="301 Moved", headers=(("Location", f"{A}#top"),))
    archive.add(A, page("moved"))
    [article] = articles(read(archive.raw))
    assert article.capture is not None
    assert (article.url, article.other_urls, article.capture.redirects) == (A, (C, B), (C, B))


def test_a_feed_gives_its_items_their_own_addresses() -> None:
    words = "The bridge over the old harbour is safe again. " * 30
    feed = (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        "<title>The Pier</title><item><title>Bridge</title><link>https://paper.example/a</link>"
        f"<content:encoded>&lt;p&gt;{words}&lt;/p&gt;</content:encoded></item></channel></rss>"
    ).encode()
    raw = Archive().add(C, feed, headers=(("Content-Type", "application/rss+xml"),)).raw
    [article] = articles(read(raw))
    assert article.capture is not None
    assert (article.url, article.capture.uri, article.archived) == (A, C, feed)
    assert C not in article.other_urls
    assert article.media_type == "application/rss+xml"


def test_a_page_that_is_gone_is_a_notice() -> None:
    archive = Archive().add(A, b"x", status="410 Gone").add(B, b"x", status="404 Not Found")
    archive.add(f"{A}.css", b"x", status="404 Not Found", headers=(("Content-Type", "text/css"),))
    archive.add(C, page("stays")).add(C, b"x", status="500 Oops")
    notices = [notice for notice in read(archive.raw) if isinstance(notice, Notice)]
    assert [(notice.kind, notice.signal, notice.words, notice.url) for notice in notices] == [
        (NoticeKind.WITHDRAW, "http-410", "410 Gone", A),
        (NoticeKind.WITHDRAW, "http-404", "404 Not Found", B),
    ]
    assert notices[0].issued_at == DAY


# Revisits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False])
def test_an_unchanged_page_is_the_same_article_with_another_capture(*, packed: bool) -> None:
    archive = Archive(packed=packed).add(A, page("same"), WARC_Record_ID="<urn:1>")
    archive.add(A, b"", "revisit", "304 Not Modified", (), WARC_Refers_To="<urn:1>",
                WARC_Date="2026-05-06T10:30:00Z", WARC_Record_ID="<urn:2>")  # fmt: skip
    archive.add(B, page("between"))
    records = read(archive.raw)
    assert said(records) == ["same", "same", "between"]
    again = articles(records)[1]
    assert again.capture is not None
    assert again.capture.warc_record == "<urn:2>"
    assert (again.archived, again.seen_at) == (page("same"), DAY + timedelta(days=2))


def test_a_revisit_is_resolved_by_its_payload_digest_too() -> None:
    digest = "sha1:" + sha1(page("same"))
    archive = Archive().add(A, page("same"))
    archive.add(B, b"", "revisit", None, HTML, WARC_Payload_Digest=digest)
    assert [article.url for article in articles(read(archive.raw))] == [A, B]


def test_a_revisit_of_what_is_elsewhere_is_a_problem() -> None:
    archive = Archive().add(A, page("here"))
    archive.add(B, b"", "revisit", "200 OK", HTML, WARC_Refers_To="<urn:elsewhere>")
    archive.add(f"{B}.png", b"", "revisit", "200 OK", (("Content-Type", "image/png"),),
                WARC_Refers_To="<urn:elsewhere>")  # fmt: skip
    assert problems(read(archive.raw)) == ["unresolved-revisit"]


# Broken files -------------------------------------------------------------------------------------


def three(*, packed: bool) -> bytes:
    archive = Archive(packed=packed)
    for url, words in ((A, "one"), (B, "two"), (C, "three")):
        archive.add(url, page(words))
    return archive.raw


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("missing", [4, 9, 200])
def test_a_cut_file_is_read_up_to_the_cut_and_told(*, packed: bool, missing: int) -> None:
    raw = three(packed=packed)[: -missing - (0 if packed else 4)]
    records = read(raw)
    assert (said(records), problems(records)) == (["one", "two"], ["truncated"])


def test_after_a_damaged_member_the_next_is_read() -> None:
    first, second, third = members(three(packed=True))
    second = second[:100] + bytes(byte ^ 255 for byte in second[100:140]) + second[140:]
    records = read(first + second + third)
    assert (said(records), problems(records)) == (["one", "three"], ["damaged"])
    [problem] = [record for record in records if isinstance(record, Problem)]
    assert problem.place == f"f byte {len(first)}"


def test_a_length_that_lies_costs_one_record() -> None:
    one, three = by_hand(A, answer(page("one"))), by_hand(C, answer(page("three")))
    for length, reason in (("20", "damaged"), ("-1", "damaged"), ("many", "damaged")):
        two = by_hand(B, answer(page("two")), f"Content-Length: {length}")
        records = read(one + two + three)
        assert (said(records), problems(records)) == (["one", "three"], [reason])
        records = read(b"".join(map(gzip.compress, (one, two, three))))
        assert (said(records), problems(records)) == (["one", "three"], [reason])
    too_long = by_hand(B, answer(page("two")), "Content-Length: 99999999")
    assert problems(read(one + too_long + three)) == ["truncated"]
    records = read(b"".join(map(gzip.compress, (one, too_long, three))))
    assert (said(records), problems(records)) == (["one", "three"], ["truncated"])


def test_a_file_that_was_packed_whole_is_read_and_told_once() -> None:
    records = read(gzip.compress(three(packed=False)))
    assert (said(records), problems(records)) == (["one", "two", "three"], ["not-seekable"])


def test_a_wrong_digest_is_told_and_the_page_is_read() -> None:
    for digest in ("sha1:" + "A" * 32, "sha1:" + "0" * 40, "sha1:odd", "sha1:" + "!" * 50, "odd"):
        archive = Archive().add(A, page("changed"), WARC_Payload_Digest=digest)
        records = read(archive.raw)
        assert (said(records), problems(records)) == (["changed"], ["digest-failed"])


def test_a_digest_may_be_of_the_body_with_or_without_its_chunks() -> None:
    body = page("either")
    for digested in (body, chunked(body)):
        digest = sha1(digested)
        raw = by_hand(A, answer(chunked(body), "Transfer-Encoding: chunked"),
                      f"WARC-Payload-Digest: sha1:{digest}")  # fmt: skip
        assert problems(read(raw)) == []


def bombs() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """By name: the reason that is given, and what makes the record."""
    return {
        "body": (
            "damaged",
            lambda: by_hand(B, answer(zipped(bytes(80 << 20)), "Content-Encoding: gzip")),
        ),
        "member": ("damaged", lambda: by_hand(B, answer(bytes(300 << 20)))),
        "chunks": (
            "damaged",
            lambda: by_hand(B, answer(b"1\r\na\r\n" * 600_000, "Transfer-Encoding: chunked")),
        ),
        "headers": ("damaged", lambda: b"WARC/1.0\r\n" + b"a: b\r\n" * 3_000_000 + b"\r\n"),
        "line": ("damaged", lambda: b"WARC/1.0\r\na: " + bytes(50 << 20)),
        "status line": ("damaged", lambda: by_hand(B, b"HTTP/1.1 200 " + b"y" * (50 << 20))),
        "blank lines": ("damaged", lambda: b"\n" * (30 << 20)),
        "length": ("truncated", lambda: by_hand(B, answer(b""), "Content-Length: 1000000000000")),
    }


@pytest.mark.parametrize("name", sorted(bombs()))
def test_a_bomb_is_stopped_and_the_rest_is_read(name: str) -> None:
    reason, make = bombs()[name]
    bomb = make()
    first, _, third = members(three(packed=True))
    records = read(first + gzip.compress(bomb, 1) + third)
    assert (said(records), problems(records)) == (["one", "three"], [reason])


def test_what_only_looks_like_a_member_is_passed_over_quickly() -> None:
    first, _, third = members(three(packed=True))
    records = read(first + b"\x1f\x8b\x08" * 50_000 + third)
    assert (said(records), problems(records)) == (["one", "three"], ["damaged"])


def test_a_record_without_a_type_is_told_and_a_thousand_in_a_row_end_the_file() -> None:
    one, three = by_hand(A, answer(page("one"))), by_hand(C, answer(page("three")))
    bare = b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    records = read(one + bare + three)
    assert (said(records), problems(records)) == (["one", "three"], ["damaged"])
    records = read(one + bare * 2000 + three)
    assert (said(records), problems(records)) == (["one"], ["damaged"] * 1001)
    assert "1,000 records are broken; what follows was not read." in str(records[-1])


def test_dates_of_both_versions_are_read_and_others_are_problems() -> None:
    for date, moment in (
        ("2026-05-04T10:30:00.123456789Z", datetime(2026, 5, 4, 10, 30, 0, 123456, UTC)),
        ("2026-05", datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
    ):
        [article] = articles(read(Archive().add(A, page("x"), WARC_Date=date).raw))
        assert article.seen_at == moment
    assert problems(read(Archive().add(A, page("x"), WARC_Date="Tuesday").raw)) == ["bad-field"]


# How it is found, and packages --------------------------------------------------------------------


def test_formats_are_told_by_content_whatever_the_name() -> None:
    assert detect("x", three(packed=True)) is Format.WARC
    assert detect("x.txt", three(packed=False)) is Format.WARC
    assert detect("crawl.warc", b"?") is Format.WARC
    assert detect("x.bin", wacz({"archive/a.warc.gz": b""})) is Format.WACZ


def test_a_file_of_any_name_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "crawl.dat"
    path.write_bytes(three(packed=True))
    assert said(list(read_path(str(path), None, ReadOptions()))) == ["one", "two", "three"]


def wacz(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def listed(content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    return f'{{"resources": [{{"path": "archive/a.warc.gz", "hash": "sha256:{digest}"}}]}}'.encode()


def test_all_web_archives_of_a_package_are_read() -> None:
    raw, other = three(packed=True), Archive().add(A, page("more")).raw
    files = {"archive/a.warc.gz": raw, "archive/b.warc.gz": other, "datapackage.json": listed(raw)}
    records = read(wacz(files), read_wacz)
    assert (said(records), problems(records)) == (["one", "two", "three", "more"], [])
    assert articles(records)[0].place.startswith("f/archive/a.warc.gz byte 0 ")


def test_a_package_is_checked() -> None:
    raw = three(packed=True)
    wrong = {"archive/a.warc.gz": raw, "datapackage.json": listed(b"other")}
    records = read(wacz(wrong), read_wacz)
    assert (len(articles(records)), problems(records)) == (3, ["digest-failed"])
    assert problems(read(wacz({"archive/../../a.warc.gz": raw}), read_wacz)) == ["damaged"]
    assert problems(read(wacz({"/archive/a.warc.gz": raw}), read_wacz)) == ["damaged"]
    assert problems(read(wacz({"archive/a.warc": bytes(4 << 20)}), read_wacz)) == ["too-large"]
    assert problems(read(wacz({"pages/pages.jsonl": b""}), read_wacz)) == ["no-article"]
    assert problems(read(b"PK\x03\x04archive/", read_wacz)) == ["damaged"]


def test_a_damaged_file_of_a_package_is_told_and_the_others_are_read() -> None:
    raw = wacz({"archive/a.warc": three(packed=False), "archive/b.warc": three(packed=False)})
    broken = raw[:80] + bytes(30) + raw[110:]
    records = read(broken, read_wacz)
    assert problems(records)[0] == "damaged"
    assert said(records)[-3:] == ["one", "two", "three"]
