"""Every input becomes articles and problems; none stops the others, none raises."""

import io
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.cli.reading import FORMATS
from claims.model.article import Article
from claims.model.problem import Problem
from claims.readers.detect import detect
from claims.readers.formats import Format
from claims.readers.options import ReadOptions
from claims.readers.source import find_files, read_path, read_stream

PAGE = (
    b"<!DOCTYPE html><html lang='en'><head><title>Bridge is safe</title>"
    b"<meta property='og:site_name' content='The Pier'>"
    b"<meta property='article:published_time' content='2026-05-04T08:00:00Z'></head><body><article>"
    b"<h1>Bridge is safe</h1>"
    b"<p>Mayor Ada Quill said the old bridge over the harbour is safe again after the works.</p>"
    b"<p>The Harbour Agency reported that two lorries had crossed it on Monday without harm.</p>"
    b"<p>Nobody was hurt, and the ferry goes on running until the summer, the mayor added.</p>"
    b"</article></body></html>"
)


def read(raw: bytes, name: str = "-", form: Format | None = None) -> list[Article | Problem]:
    stream = io.BufferedReader(io.BytesIO(raw))
    return list(read_stream(name, stream, form, ReadOptions()))  # type: ignore[arg-type]


PRETTY = b"""[
  {
    "doc_id": "a",
    "text": "first"
  },
  {"doc_id": "b"},
  {"text": "last"}
]
"""


def told(records: list[Article | Problem]) -> list[str]:
    return [r.text if isinstance(r, Article) else f"{r.line}:{r.field}:{r.reason}" for r in records]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "None:None:empty"),
        (b" \n\t\n", "None:None:empty"),
        (b"one\ntw\xff", "2:None:bad-encoding"),
        (b"\x00\x01\x02\x03" * 50, "None:None:binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(80), "None:None:unsupported-format"),
        (b"a" * (16 * 1024 * 1024 + 1), "None:None:too-large"),
    ],
)
def test_a_text_that_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    assert told(read(raw)) == [reason]


def test_good_lines_go_in_and_bad_ones_are_named() -> None:
    lines = [
        b'{"doc_id": "a", "text": "first"}',
        b"{broken",
        b'{"doc_id": "b"}',
        b'{"text": "   "}',
        b'{"text": 5}',
        b"",
        b'{"text": "x", "published": "yesterday"}',
        b"[1, 2]",
        b'{"text": "bad \xff"}',
        b'{"text": "nul \\u0000 and \\ud800 lone"}',
        b'{"text": "last"}',
    ]
    assert told(read(b"\n".join(lines), "a.jsonl")) == [
        "first",
        "2:None:bad-json",
        "3:text:missing-text",
        "4:text:missing-text",
        "5:text:bad-field",
        "7:published:bad-field",
        "x",
        "8:None:bad-field",
        "9:None:bad-encoding",
        "nul \ufffd and \ufffd lone",
        "last",
    ]


def test_a_json_lines_record_keeps_what_it_states() -> None:
    fields = {
        "doc_id": "n1", "url": "https://example.org/1", "title": "A\nB", "published": "2026-05-04",
        "outlet": "The Pier", "language": "en", "text": "He said so.", "licence": "unknown field",
    }  # fmt: skip
    [article] = read(json.dumps(fields).encode(), "a.jsonl")
    assert isinstance(article, Article)
    assert (article.external_id, article.title, article.outlet) == ("n1", "A B", "The Pier")
    assert str(article.published_at) == "2026-05-04 00:00:00+00:00"
    assert article.place == "a.jsonl:1"


@pytest.mark.parametrize("name", ["a.json", "-"])
def test_json_is_read_however_it_is_printed(name: str) -> None:
    assert told(read(PRETTY, name)) == ["first", "6:text:missing-text", "last"]
    one = b'\n{\n "text": "alone",\n "title": "T"}\n'
    assert told(read(one, name)) == ["alone"]
    assert told(read(b'{"text": "x"}\n{"text": "y"}\n', name)) == ["x", "y"]
    assert told(read(b'{"text":\n"x"}{"text":\n"y"}', name)) == ["x", "y"]


def test_an_object_of_an_array_keeps_its_own_bytes_and_line() -> None:
    first, _, last = read(PRETTY, "a.json")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert first.archived == b'{\n    "doc_id": "a",\n    "text": "first"\n  }'
    assert (first.place, last.place) == ("a.json:2", "a.json:7")
    assert told(read(first.archived, "a.json")) == ["first"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'[\n{"text": "x"},\n{"text": \n', ["x", "3:None:bad-json"]),
        (b'{\n"text": "x"', ["1:None:bad-json"]),
        (b'{broken\n{"text": "x"}\n{"text": "y"}\n', ["1:None:bad-json", "x", "y"]),
        (b"[]", ["None:None:empty"]),
        (b"[\n[\n5]]\n", ["3:None:bad-field"]),
        (b"{" + b'"a":\n{' * 90_000, ["1:None:bad-json"]),
    ],
)
def test_broken_json_is_one_problem_and_the_records_before_it_are_kept(
    raw: bytes, expected: list[str]
) -> None:
    assert told(read(raw, "a.json")) == expected


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"%PDF-1.7\n%", "a PDF"),
        (b"PK\x03\x04" + bytes(30) + b"word/document.xml", "a Word document"),
        (b"PK\x03\x04" + bytes(30) + b"xl/workbook.xml", "an Excel sheet"),
        (b"PK\x03\x04" + bytes(30) + b"notes.txt", "a zip file"),
        (b"{\\rtf1\\ansi", "a rich text file"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"SQLite format 3\x00", "a SQLite database"),
    ],
)
def test_a_format_that_is_not_read_is_named(head: bytes, name: str) -> None:
    for ending in (".txt", ".html", ""):
        [problem] = read(head, f"a{ending}")
        assert isinstance(problem, Problem)
        assert problem.reason == "unsupported-format"
        assert problem.detail.startswith(f"it is {name}, which is not read: ")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    [problem] = read_path(str(pipe), None, ReadOptions())
    assert isinstance(problem, Problem)
    assert problem.reason == "unreadable"
    assert problem.detail == "it is a pipe or a device, not a file; with - standard input is read"


def test_a_pipe_in_a_folder_costs_no_other(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    tmp_path.joinpath("b.txt").write_text("He said so.")
    read_of = {
        Path(path).name: [type(one) for one in read_path(str(path), None, ReadOptions())]
        for path in find_files([str(tmp_path)])
    }
    assert read_of.pop("b.txt") == [Article]
    assert [one for types in read_of.values() for one in types] in ([], [Problem])


def test_a_file_was_seen_when_it_last_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("He said so.")
    os.utime(path, (1_780_000_000, 1_780_000_000))
    [article] = read_path(str(path), None, ReadOptions())
    assert isinstance(article, Article)
    assert article.seen_at == datetime(2026, 5, 28, 20, 26, 40, tzinfo=UTC)


def test_a_date_that_has_not_come_is_kept_and_reported() -> None:
    raw = b'{"text": "x", "published": "2026-05-05"}\n{"text": "y", "published": "2099-01-01"}'
    options = ReadOptions(now=datetime(2026, 5, 4, 12, tzinfo=UTC))
    records = list(read_stream("a.jsonl", io.BufferedReader(io.BytesIO(raw)), None, options))
    assert told(records) == ["x", "y", "None:published:future-date"]  # type: ignore[arg-type]
    assert isinstance(records[2], Problem)
    assert (records[2].detail, records[2].value) == (
        "a.jsonl:2 is dated in the future", "2099-01-01T00:00:00+00:00",
    )  # fmt: skip


def test_the_command_line_offers_every_format() -> None:
    assert set(FORMATS) == set(Format)


def test_deep_nesting_is_a_problem_and_no_crash() -> None:
    assert told(read(b'{"text": ' + b"[" * 100_000, "a.jsonl")) == ["1:None:bad-json"]


def test_a_byte_order_mark_is_no_text() -> None:
    assert told(read(b"\xef\xbb\xbfHello there")) == ["Hello there"]
    assert told(read("Hello ✓".encode("utf-16"))) == ["Hello ✓"]
    assert told(read(b'\xef\xbb\xbf{"text": "x"}')) == ["x"]


def test_a_saved_page_gives_its_article_and_what_it_states() -> None:
    [article] = read(PAGE)
    assert isinstance(article, Article)
    assert "the old bridge over the harbour is safe" in article.text
    assert (article.outlet, str(article.published_at)[:10]) == ("The Pier", "2026-05-04")
    assert article.archived == PAGE


def test_a_page_without_an_article_is_a_problem() -> None:
    assert told(read(b"<html><body></body></html>")) == ["None:None:no-article"]


def test_fifty_megabytes_of_noise_are_refused_at_once() -> None:
    noise = bytes(range(256)) * (50 * 4096)
    begun = time.perf_counter()
    assert told(read(noise)) == ["None:None:binary"]
    assert time.perf_counter() - begun < 5


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        [problem] = read_path(str(path), None, ReadOptions())
        assert isinstance(problem, Problem)
        assert problem.reason == "unreadable"


def test_a_name_that_is_no_utf8_can_be_told() -> None:
    [problem] = read_path("no-\udcff-such", None, ReadOptions())
    assert problem.place.encode() == rb"no-\xff-such"


def test_folders_are_read_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [str(Path(path).relative_to(tmp_path)) for path in find_files([str(tmp_path)])]
    assert found == ["a.txt", "b.txt", "sub/c.txt"]


@pytest.mark.parametrize(
    ("name", "head", "form"),
    [
        ("a.TXT", b"{", "plain"),
        ("a.html", b"hello", "html"),
        ("a.json", b"[1]", "json"),
        ("a.jsonl", b"[1]", "jsonl"),
        ("-", b"  <!DOCTYPE HTML>", "html"),
        ("-", b'\xef\xbb\xbf{"text"', "json"),
        ("article", b"He said", "plain"),
    ],
)
def test_the_format_is_found_by_name_then_content(name: str, head: bytes, form: str) -> None:
    assert detect(name, head) == form


@given(st.binary(max_size=400), st.sampled_from([*Format, None]))
def test_no_bytes_raise_and_each_gives_something(raw: bytes, form: Format | None) -> None:
    records = read(raw, "-", form)
    assert records
    for record in records:
        if isinstance(record, Article):
            assert record.text.strip()
            assert "\x00" not in record.text


@given(st.lists(st.sampled_from([b'{"text": "ok"}', b"{", b'{"a": 1}', b"\xff", b"5"]), min_size=1))
def test_every_line_is_an_article_or_a_problem(lines: list[bytes]) -> None:
    records = read(b"\n".join(lines), form=Format.JSONL)
    good = sum(isinstance(record, Article) for record in records)
    assert (len(records), good) == (len(lines), lines.count(b'{"text": "ok"}'))
