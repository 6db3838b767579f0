"""JSON Feed: versions 1 and 1.1, found by its version wherever it stands."""

import io
import json
from datetime import UTC, datetime

import pytest

from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem
from claims.readers.options import ReadOptions
from claims.readers.source import read_stream

VERSION = "https://jsonfeed.org/version/1.1"
FEED = {
    "title": "Harbour | The Pier",
    "home_page_url": "https://thepier.example/",
    "language": "en-GB",
    "items": [
        {
            "id": 7, "url": "https://thepier.example/7", "title": "Bridge",
            "content_html": "<p>He said.</p><p>She too.</p>", "authors": [{"name": "Ada Quill"}],
            "date_published": "2026-05-04T08:00:00+02:00", "date_modified": "2026-05-04T09:00:00Z",
        },
        {"id": "8", "content_text": "First.\n\nSecond.", "author": {"name": "Bo"}, "authors": "?"},
        {"id": "9", "url": "https://thepier.example/9", "summary": "Short.", "date_published": "?"},
        {"id": "10", "url": ["x"]},
        {"id": "11", "summary": "no address"},
    ],
    "version": VERSION,
}  # fmt: skip


def read(raw: bytes, name: str = "-") -> list[ReaderRecord]:
    return list(read_stream(name, io.BufferedReader(io.BytesIO(raw)), None, ReadOptions()))


@pytest.mark.parametrize("indent", [None, 2])
def test_each_item_is_an_article_an_address_or_a_problem(indent: int | None) -> None:
    raw = json.dumps(FEED, indent=indent).encode()
    html, text, bad_date, address, bad_url, no_address, nothing = read(raw, "f.json")
    assert isinstance(html, Article)
    assert (html.text, html.external_id, html.outlet) == ("He said.\nShe too.", "7", "The Pier")
    assert html.published_at == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert html.publisher_time == datetime(2026, 5, 4, 9, tzinfo=UTC)
    assert (html.byline, html.language, html.part) == ("Ada Quill", "en-GB", "7")
    assert (html.archived, html.place) == (raw, "f.json#1")
    assert isinstance(text, Article)
    assert (text.text, text.byline, text.url) == ("First.\nSecond.", "Bo", None)
    assert address == ArticleAddress("https://thepier.example/9", "f.json#3", "9", language="en-GB")
    told = (bad_date, bad_url, no_address, nothing)
    problems = [record for record in told if isinstance(record, Problem)]
    reasons = ["bad-date", "bad-field", "missing-text", "missing-text"]
    assert [problem.reason for problem in problems] == reasons
    assert problems[1].field == "url"


@pytest.mark.parametrize(
    ("fields", "reason"), [({}, "no-feed"), ({"items": {}}, "no-feed"), ({"items": []}, "empty")]
)
def test_a_feed_without_items_says_so(fields: dict[str, object], reason: str) -> None:
    [problem] = read(json.dumps({"version": VERSION, **fields}).encode())
    assert isinstance(problem, Problem)
    assert problem.reason == reason
