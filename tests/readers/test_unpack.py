"""Gzip is read within limits; what comes before a fault is kept."""

import gzip
import io

import pytest

from claims.model.article import Article
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream

LINES = b'{"text": "first"}\n{"text": "last"}\n'


def read(raw: bytes, name: str = "a.jsonl.gz") -> list[str]:
    records = read_stream(name, io.BufferedReader(io.BytesIO(raw)), None, ReadOptions())
    return [r.text if isinstance(r, Article) else r.reason for r in records]  # type: ignore[union-attr]


def test_packed_files_are_read_as_what_they_hold() -> None:
    assert read(gzip.compress(LINES, mtime=0)) == ["first", "last"]
    assert read(gzip.compress(b"He said so.", mtime=0), "-") == ["He said so."]
    assert read(gzip.compress(gzip.compress(LINES), mtime=0)) == ["first", "last"]
    assert read(gzip.compress(b"%PDF-1.7", mtime=0), "a.gz") == ["unsupported-format"]
    assert read(gzip.compress(b"", mtime=0)) == ["empty"]


def test_members_follow_each_other_and_padding_is_no_member() -> None:
    first, last = LINES.splitlines(keepends=True)
    assert read(gzip.compress(first, mtime=0) + gzip.compress(last, mtime=0)) == ["first", "last"]
    assert read(gzip.compress(LINES, mtime=0) + bytes(100_000)) == ["first", "last"]


def test_what_is_kept_can_be_read_again() -> None:
    stream = io.BufferedReader(io.BytesIO(gzip.compress(LINES, mtime=0)))
    first, _ = read_stream("a.jsonl.gz", stream, None, ReadOptions())  # type: ignore[arg-type]
    assert isinstance(first, Article)
    assert first.archived == b'{"text": "first"}\n'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (gzip.compress(LINES, mtime=0)[:-9], ["first", "cut-short"]),
        (gzip.compress(LINES, mtime=0) + b"rubbish", ["first", "last", "damaged"]),
        (gzip.compress(LINES, mtime=0)[:10] + b"\xff" * 30, ["damaged"]),
        (gzip.compress(gzip.compress(gzip.compress(LINES), mtime=0)), ["too-large"]),
        (gzip.compress(LINES + b"\n" * (8 << 20), mtime=0), ["first", "last", "too-large"]),
        (gzip.compress(b"a " * (9 << 20), mtime=0), ["too-large"]),
    ],
)
def test_what_is_no_whole_gzip_says_so(raw: bytes, expected: list[str]) -> None:
    assert read(raw) == expected
