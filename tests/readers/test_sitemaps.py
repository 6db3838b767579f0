"""Sitemaps and indexes of sitemaps become addresses; a DTD is refused."""

from datetime import UTC, datetime

import pytest

from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem
from claims.readers.options import ReadOptions
from claims.readers.sitemaps import read_sitemap

NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://thepier.example/1.jpg</image:loc></image:image>
 <loc> https://thepier.example/1 </loc><lastmod>2026-05-05</lastmod>
 <news:news><news:publication><news:name>The Pier</news:name><news:language>en</news:language>
 </news:publication><news:publication_date>2026-05-04T08:00:00+02:00</news:publication_date>
 <news:title>Bridge &amp; ferry</news:title></news:news></url>
<url><loc>https://thepier.example/2</loc><lastmod>soon</lastmod></url>
<url><loc>ftp://thepier.example/3</loc></url><url/>
</urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>https://thepier.example/news.xml</loc><lastmod>2026-05-05T01:02:03Z</lastmod></sitemap></sitemapindex>"""


def read(raw: bytes) -> list[object]:
    return list(read_sitemap("s.xml", raw, ReadOptions()))


def test_addresses_have_what_the_sitemap_says_of_them() -> None:
    first, bad_date, second, no_web, no_address = read(NEWS)
    assert first == ArticleAddress(
        "https://thepier.example/1", "s.xml#1", title="Bridge & ferry", language="en",
        published_at=datetime(2026, 5, 4, 6, tzinfo=UTC),
        changed_at=datetime(2026, 5, 5, tzinfo=UTC),
    )  # fmt: skip
    assert second == ArticleAddress("https://thepier.example/2", "s.xml#2")
    assert [p.reason for p in (bad_date, no_web, no_address) if isinstance(p, Problem)] == [
        "bad-date", "bad-field", "bad-field",
    ]  # fmt: skip


def test_an_index_gives_the_addresses_of_sitemaps() -> None:
    assert read(INDEX) == [
        ArticleAddress(
            "https://thepier.example/news.xml", "s.xml#1",
            changed_at=datetime(2026, 5, 5, 1, 2, 3, tzinfo=UTC),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        (b"<!DOCTYPE urlset><urlset/>", ["dtd-refused"]),
        (b"<urlset></urlset>", ["empty"]),
        (b"<urlset><url><loc>https://a.example/</loc></url><url>", ["ArticleAddress", "bad-xml"]),
        (b"<urlset>" + b"<a/>" * 200_000 + b"</urlset>", ["too-large"]),
    ],
)
def test_what_is_no_sitemap_says_so(raw: bytes, kinds: list[str]) -> None:
    found = [r.reason if isinstance(r, Problem) else type(r).__name__ for r in read(raw)]
    assert found == kinds
