"""Gzip is read within limits; what comes before a fault is kept."""

import gzip
import io

import pytest

from claims.model.article import Article
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream

LINES = b'{"text": "first"}\n{"text": "last"}\n'


def packed(raw: bytes) -> bytes:
    """Gzip without the time of day, so that each worker collects the same tests."""
    return gzip.compress(raw, mtime=0)


def read(raw: bytes, name: str = "a.jsonl.gz") -> list[str]:
    records = read_stream(name, io.BufferedReader(io.BytesIO(raw)), None, ReadOptions())
    return [r.text if isinstance(r, Article) else r.reason for r in records]  # type: ignore[union-attr]


def test_packed_files_are_read_as_what_they_hold() -> None:
    assert read(packed(LINES)) == ["first", "last"]
    assert read(packed(b"He said so."), "-") == ["He said so."]
    assert read(packed(packed(LINES))) == ["first", "last"]
    assert read(packed(b"%PDF-1.7"), "a.gz") == ["unsupported-format"]
    assert read(packed(b"")) == ["empty"]


def test_members_follow_each_other_and_padding_is_no_member() -> None:
    first, last = LINES.splitlines(keepends=True)
    assert read(packed(first) + packed(last)) == ["first", "last"]
    assert read(packed(LINES) + bytes(100_000)) == ["first", "last"]


def test_what_is_kept_can_be_read_again() -> None:
    stream = io.BufferedReader(io.BytesIO(packed(LINES)))
    first, _ = read_stream("a.jsonl.gz", stream, None, ReadOptions())  # type: ignore[arg-type]
    assert isinstance(first, Article)
    assert first.archived == b'{"text": "first"}\n'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (packed(LINES)[:-9], ["first", "truncated"]),
        (packed(LINES) + b"rubbish", ["first", "last", "damaged"]),
        (packed(LINES)[:10] + b"\xff" * 30, ["damaged"]),
        (packed(packed(packed(LINES))), ["too-large"]),
        (packed(LINES + b"\n" * (8 << 20)), ["first", "last", "too-large"]),
        (packed(b"a " * (9 << 20)), ["too-large"]),
    ],
)
def test_what_is_no_whole_gzip_says_so(raw: bytes, expected: list[str]) -> None:
    assert read(raw) == expected
