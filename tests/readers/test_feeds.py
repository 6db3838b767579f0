"""Items with their text are articles, others addresses; what is wrong with a feed is told."""

from datetime import UTC, datetime

import pytest

from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem
from claims.readers.feeds import read_feed
from claims.readers.formats import FORMATS, Format
from claims.readers.options import ReadOptions
from claims.readers.outlets import outlet_of

PROSE = "".join(
    f"<p>Mayor Ada Quill said on day {day} that the old bridge was safe, and the Harbour Agency"
    f" agreed with her; nobody who crossed it that day said anything else to us.</p>"
    for day in range(6)
)
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Harbour | The Pier</title><link>https://thepier.example/harbour</link>
<language>en-gb</language>
<item><title>Bridge &amp;amp; ferry</title><link>https://thepier.example/1</link>
  <guid isPermaLink="false">pier-1</guid><pubDate>Mon, 04 May 2026 08:00:00 +0200</pubDate>
  <dc:creator>Ada Quill</dc:creator><description>The bridge is safe.</description>
  <content:encoded><![CDATA[<p>She said: <q>It is safe</q>.</p><p>He agreed.</p>]]></content:encoded></item>
<item><title>Ferry</title><link>https://thepier.example/2</link><guid>pier-2</guid>
  <description>The ferry stops.</description></item>
<item><title>Teaser</title><link>https://thepier.example/3</link>
  <content:encoded>The mayor said on Monday that … Continue reading</content:encoded></item>
<item><title>Nothing</title><link>javascript:alert(1)</link><description>x</description></item>
</channel></rss>""".encode()  # fmt: skip # noqa: E501 - as feeds are printed


def read(raw: bytes, options: ReadOptions | None = None) -> list[ReaderRecord]:
    return list(read_feed("f.xml", raw, options or ReadOptions()))


def reasons(raw: bytes) -> list[str]:
    return [r.reason if isinstance(r, Problem) else type(r).__name__ for r in read(raw)]


def test_items_with_content_are_articles_and_others_addresses() -> None:
    article, ferry, teaser, nothing = read(RSS)
    assert isinstance(article, Article)
    assert article.text == "She said: “It is safe”.\nHe agreed."
    assert (article.title, article.byline, article.outlet) == (
        "Bridge & ferry",
        "Ada Quill",
        "The Pier",
    )
    assert (article.external_id, article.url) == ("pier-1", "https://thepier.example/1")
    assert article.published_at == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert (article.publisher_time, article.language) == (None, "en-gb")
    assert (article.part, article.archived, article.place) == ("pier-1", RSS, "f.xml#1")
    assert ferry == ArticleAddress(
        "https://thepier.example/2", "f.xml#2", "pier-2", "Ferry", language="en-gb"
    )
    assert isinstance(teaser, ArticleAddress)
    assert isinstance(nothing, Problem)
    assert (nothing.reason, nothing.detail) == (
        "missing-text", "item 4 has neither its text nor an address",
    )  # fmt: skip


def test_an_article_is_read_again_from_its_evidence() -> None:
    article = read(RSS)[0]
    assert isinstance(article, Article)
    form = Format(article.reader.partition("/")[0])
    again = FORMATS[form].read_bytes("evidence", article.archived, ReadOptions())
    assert [r.text for r in again if isinstance(r, Article) and r.part == "pier-1"] == [
        article.text
    ]


def rss(description: str) -> bytes:
    return (
        "<rss version='2.0'><channel><item><link>https://thepier.example/1</link>"
        f"<description><![CDATA[{description}]]></description></item></channel></rss>"
    ).encode()


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        (PROSE, "Article"),
        ("He said so. " * 200, "ArticleAddress"),
        ("<p>One.</p><p>Two.</p><p>Three.</p>", "ArticleAddress"),
        (PROSE + "<p>The mayor […]</p>", "ArticleAddress"),
        (PROSE + "<p><a href='x'>Read more at The Pier</a></p>", "ArticleAddress"),
    ],
)
def test_a_description_is_full_text_if_it_has_the_form_of_an_article(
    description: str, kind: str
) -> None:
    assert reasons(rss(description)) == [kind]


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blog</title>
<entry><id>urn:a</id><link href="/1"/><updated>2026-05-05T10:00:00+02:00</updated>
<author><name>Ada</name></author><author><name>Bo</name></author>
<source><title>The Other Pier</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins.</p><p>Zwei.</p></div></content>
</entry>
<entry><id>urn:b</id><link href="https://b.example/2"/><published>2026-05-01T00:00:00Z</published>
<updated>whenever</updated><summary>Kurz.</summary></entry></feed>"""


def test_atom_tells_when_a_version_was_made_and_whose_item_it_is() -> None:
    article, problem, address = read(ATOM, ReadOptions(url="https://b.example/feed"))
    assert isinstance(article, Article)
    assert (article.text, article.language) == ("Eins.\nZwei.", "de")
    assert (article.url, article.outlet, article.byline) == (
        "https://b.example/1", "The Other Pier", "Ada, Bo",
    )  # fmt: skip
    assert article.published_at is None
    assert article.publisher_time == datetime(2026, 5, 5, 8, tzinfo=UTC)
    assert isinstance(problem, Problem)
    assert (problem.reason, problem.field, problem.value) == ("bad-date", "updated", "whenever")
    assert isinstance(address, ArticleAddress)
    assert (address.changed_at, address.published_at) == (None, datetime(2026, 5, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "damaged",
    [
        "<updated_parsed>x</updated_parsed>",
        "<published_parsed>2026</published_parsed>",
        "<published_parsed>2026, 5, 4, 8, 0, 0</published_parsed><updated>?</updated>",
    ],
)
def test_a_date_of_which_half_is_there_costs_itself_alone(damaged: str) -> None:
    raw = RSS.replace(b"<guid isP", damaged.encode() + b"<guid isP", 1)
    titles = [one.title or "" for one in read(raw) if isinstance(one, Article)]
    assert any(title.startswith("Bridge") for title in titles)


def test_the_only_date_of_rss_1_is_when_it_was_published() -> None:
    raw = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item><link>https://a.example/1</link>
    <dc:date>2026-05-04</dc:date></item></rdf:RDF>"""
    assert read(raw) == [
        ArticleAddress(
            "https://a.example/1", "f.xml#1", published_at=datetime(2026, 5, 4, tzinfo=UTC)
        )
    ]


ENTITY = b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
BOMB = b"<!DOCTYPE rss [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]>"
PLAIN_DTD = b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://n.example/rss-0.91.dtd'>"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<html><body><p>Not found</p></body></html>", ["no-feed"]),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", ["empty"]),
        (ENTITY + rss("&x;"), ["dtd-refused"]),
        (BOMB + rss("&b;"), ["dtd-refused"]),
        (PLAIN_DTD + rss("x"), ["ArticleAddress"]),
        (RSS[: RSS.index(b"Teaser")], ["truncated", "Article", "ArticleAddress"]),
        (
            rss("x").replace(b"<item>", b"<item><title>A &nbsp; B</title>"),
            ["bad-xml", "ArticleAddress"],
        ),
    ],
)
def test_a_feed_that_is_none_or_half_of_one(raw: bytes, expected: list[str]) -> None:
    assert reasons(raw) == expected


def test_a_name_of_a_file_is_not_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    with open("feed", "wb") as file:  # noqa: PTH123 - a name as it is
        file.write(RSS)
    assert reasons(b"feed") == ["no-feed"]


@pytest.mark.parametrize(
    ("title", "link", "outlet"),
    [
        ("World | The Pier", "https://www.thepier.example/", "The Pier"),
        ("NYT > World", "https://nytimes.example/", "NYT"),
        ("BBC News - World", "https://bbc.example/", "BBC News"),
        ("World news | A paper", "https://feeds.example/", "World news | A paper"),
        ("The Pier", None, "The Pier"),
        ("", "https://a.example", None),
    ],
)
def test_the_outlet_is_the_part_of_the_title_that_is_the_sites(
    title: str, link: str | None, outlet: str | None
) -> None:
    assert outlet_of(title, link) == outlet
