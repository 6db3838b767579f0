"""What a terminal shows while articles are ingested."""

from pathlib import Path

import pytest

from claims.cli.ingest_progress import Counts, Input, rates_line
from claims.cli.reading import read_inputs


@pytest.mark.parametrize(
    ("counts", "seconds", "share", "line"),
    [
        (Counts(), 0, None, "0 articles, 0.0/s · 0 claims, 0.0/s · 0 problems"),
        (
            Counts(3, 1, 9, 2),
            4,
            0.5,
            "1 article, 0.2/s · 9 claims, 2.2/s · 2 problems · 4 s left",
        ),
        (
            Counts(90, 90, 900, 1),
            9,
            0.1,
            "90 articles, 10/s · 900 claims, 100/s · 1 problem · 1 min left",
        ),
        (
            Counts(90, 90, 900, 0),
            100,
            0.01,
            "90 articles, 0.9/s · 900 claims, 9.0/s · 0 problems · 2 h 45 min left",
        ),
        (Counts(1, 1, 0, 0), 1, 1.0, "1 article, 1.0/s · 0 claims, 0.0/s · 0 problems · 0 s left"),
    ],
)
def test_the_line_says_how_fast_and_how_long(
    counts: Counts, seconds: float, share: float | None, line: str
) -> None:
    assert rates_line(counts, seconds, share) == line


def test_all_that_is_read_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada Quill said the bridge is safe.\n" * 2000)
    (tmp_path / "b.jsonl").write_text('{"doc_id": "b", "text": "Nothing."}\n' * 3)
    read = Input((str(tmp_path), str(tmp_path / "missing")))
    options = {"outlet": None, "url": None, "published": None, "title": None}
    records = read.count(read_inputs(read.paths, None, options, read.open_file))  # type: ignore[arg-type]
    assert len(list(records)) == read.records == 5
    assert read.read == read.size() == 70_000 + 108
    assert Input(("-",)).size() is None
