"""A saved page becomes its article: text, metadata, notices; a bad page becomes a problem."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from claims.model.article import Article, ReaderRecord
from claims.model.notice import NoticeKind
from claims.model.problem import Problem, Reason
from claims.model.span import words_at
from claims.readers.html import read_html
from claims.readers.options import ReadOptions

BODY = (
    "<h1>Bridge is safe</h1><p class='lead'>After two years of repairs the old bridge over the"
    " harbour opens again on Monday.</p><div class='body'>"
    "<p>Mayor Ada Quill said the bridge was <q>safe for a century</q> after the works.</p>"
    "<figure><img><figcaption>The bridge at dawn. Photo by Tom Reed</figcaption></figure>"
    "<p>Repairs cost 40<sup><a href='#n1'>1</a></sup> million and took two winters to finish.</p>"
    "<p><a href='/x'>READ MORE: Ferry sold to the highest bidder</a></p>"
    "<p>Nobody was hurt, and the ferry goes on running until the summer, the mayor added.</p>"
    "<div class='share-bar'>Share this</div><p>Sign up for our daily newsletter</p></div>"
)
TEXT = [
    "After two years of repairs the old bridge over the harbour opens again on Monday.",
    "Mayor Ada Quill said the bridge was “safe for a century” after the works.",
    "Repairs cost 40 million and took two winters to finish.",
    "Nobody was hurt, and the ferry goes on running until the summer, the mayor added.",
]


def page(head: str = "", body: str = BODY, attributes: str = "lang='en'") -> str:
    return (
        f"<!DOCTYPE html><html {attributes}><head><meta charset='utf-8'>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav><article>{body}</article>"
        "</body></html>"
    )


def records_of(raw: str | bytes, options: ReadOptions | None = None) -> list[ReaderRecord]:
    encoded = raw.encode() if isinstance(raw, str) else raw
    return list(read_html("p.html", encoded, options or ReadOptions()))


def article_of(raw: str | bytes, options: ReadOptions | None = None) -> Article:
    [article] = records_of(raw, options)
    assert isinstance(article, Article)
    return article


def json_ld(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


def test_the_text_is_the_article_without_furniture() -> None:
    lines = article_of(page()).text.split("\n")
    assert [line for line in lines if line != "Bridge is safe"] == TEXT


def test_a_short_page_keeps_its_paragraphs_apart() -> None:
    short = (
        "<h1>Pier shut</h1><p class='caption'>The pier. Photo: T. Reed</p><p>Rui Alves said it.</p>"
    )
    lines = article_of(page(body=short)).text.split("\n")
    assert lines[-1] == "Rui Alves said it."
    assert "The pier. Photo: T. Reed" not in lines


@pytest.mark.parametrize(
    "written",
    [
        '{"@type":"NewsArticle","datePublished":"2026-05-04T23:30:00-07:00"}',
        '[{"@type":["Article","NewsArticle"],"datePublished":"2026-05-04T23:30:00-0700"}]',
        '{"@graph":[{"@type":"ReportageNewsArticle","datePublished":"2026-05-04T23:30-07:00",}]}',
        '<!-- {"@type":"BlogPosting","datePublished":"2026-05-04 23:30:00 -07:00"} -->',
        '{"mainEntity":{"@type":"LiveBlogPosting","datePublished":"2026-05-04T23:30:00-07:00"}}',
        '{"@type":"OpinionNewsArticle","datePublished":"Mon, 04 May 2026 23:30:00 -0700"}',
    ],
)
def test_json_ld_gives_the_time_with_its_zone(written: str) -> None:
    head = json_ld(written) + "<meta property='article:published_time' content='2026-01-01'>"
    west = timezone(timedelta(hours=-7))
    assert article_of(page(head)).published_at == datetime(2026, 5, 4, 23, 30, tzinfo=west)


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("<meta property='article:published_time' content='2026-05-04T08:15:00Z'>", (8, 15)),
        ("<meta name='date' content='2026-05-04'>", (0, 0)),
        # A day, and the time that another element has for it.
        (
            json_ld('{"@type":"NewsArticle","datePublished":"2026-05-04"}')
            + "<meta name='pubdate' content='2026-05-04T09:20:00+00:00'>",
            (9, 20),
        ),
        (json_ld("{broken") + "<meta name='date' content='2026-05-04T07:00:00Z'>", (7, 0)),
        ("<meta name='date' content='May 4, 2026 10:30 AM EST'>", (15, 30)),
        ("<meta name='date' content='May 4, 2026 at 2:30 p.m. EDT'>", (18, 30)),
        ("<meta name='date' content='4 May 2026 12:05 am'>", (0, 5)),
    ],
)
def test_other_dates_are_read_too(head: str, moment: tuple[int, int]) -> None:
    options = ReadOptions(url="https://pier.test/2019/01/02/bridge")
    assert article_of(page(head), options).published_at == datetime(2026, 5, 4, *moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ('"Keith J. Kelley"', "Keith J. Kelley"),
        ('[{"@type":"Person","name":"Ada Quill"},{"name":"By Tom Reed"}]', "Ada Quill, Tom Reed"),
        ('"Username"', None),
        ('"Updated May 4, 2026"', None),
        ('"Photo by Tom Reed"', None),
        ('"https://pier.test/staff/9"', None),
        ('{"@id":"#a"}', "Ada Quill"),
    ],
)
def test_the_byline_holds_names(author: str, byline: str | None) -> None:
    written = (
        f'{{"@graph":[{{"@type":"NewsArticle","author":{author}}},'
        '{"@type":"Person","@id":"#a","name":"Ada Quill"}]}'
    )
    assert article_of(page(json_ld(written))).byline == byline


@pytest.mark.parametrize(
    "shown",
    [
        "<a rel='author' href='/q'>Ada Quill</a>",
        "<div class='article-byline'>Updated 4 May</div><span class='author-name'>Ada Quill</span>",
        "<p class='byline'>By Ada Quill</p>",
    ],
)
def test_a_byline_that_is_only_shown_is_read(shown: str) -> None:
    article = article_of(page(body=shown + BODY))
    assert (article.byline, "Quill\n" in article.text) == ("Ada Quill", False)


@pytest.mark.parametrize(
    "title",
    [
        "Bridge is safe | The Pier",
        "Bridge is safe - The Pier",
        "Bridge is safe",
        "The Pier – Bridge is safe",
        "Bridge is safe — News — The Pier",
    ],
)
def test_the_title_is_without_the_sites_name(title: str) -> None:
    head = f"<title>{title}</title><meta property='og:site_name' content='The Pier'>"
    body = BODY.replace("<h1>Bridge is safe</h1>", "")
    expected = "Bridge is safe — News" if "News" in title else "Bridge is safe"
    assert article_of(page(head, body)).title == expected


def test_outlet_language_and_time_of_change() -> None:
    written = (
        '{"@type":"NewsArticle","headline":"Bridge &amp; pier","publisher":{"name":"The Pier"},'
        '"dateModified":"2026-05-05T10:00:00+02:00"}'
    )
    article = article_of(page(json_ld(written), attributes="lang='en_gb'"))
    assert (article.outlet, article.language, article.title) == (
        "The Pier",
        "en-GB",
        "Bridge & pier",
    )
    assert article.publisher_time == datetime(2026, 5, 5, 8, tzinfo=UTC)


def test_microdata_is_read() -> None:
    body = (
        "<div itemscope itemtype='https://schema.org/NewsArticle'>"
        "<meta itemprop='datePublished' content='2026-05-04T08:00:00Z'>"
        "<span itemprop='author' itemscope itemtype='https://schema.org/Person'>"
        f"<span itemprop='name'>Ada Quill</span></span>{BODY}</div>"
    )
    article = article_of(page(body=body))
    assert (article.byline, article.published_at) == (
        "Ada Quill",
        datetime(2026, 5, 4, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://www.pier.test/bridge", "https://www.pier.test/bridge"),
        ("/bridge", "https://pier.test/bridge"),
        ("https://www.pier.test/", "https://pier.test/a?id=5"),
        ("https://elsewhere.test/bridge", "https://pier.test/a?id=5"),
        ("not an address at all: [", "https://pier.test/a?id=5"),
    ],
)
def test_a_canonical_address_is_believed_on_its_own_site(canonical: str, url: str) -> None:
    head = f"<link rel='canonical' href='{canonical}'>"
    article = article_of(page(head), ReadOptions(url="https://pier.test/a?id=5"))
    assert article.url == url
    assert article.other_urls == (() if url.endswith("5") else ("https://pier.test/a?id=5",))


def test_a_correction_in_schema_org_is_a_notice_where_its_words_stand() -> None:
    words = "Nobody was hurt, and the ferry goes on running until the summer"
    written = (
        f'{{"@type":"NewsArticle","correction":{{"text":"{words}"}},'
        '"creativeWorkStatus":"Retracted"}'
    )
    article = article_of(page(json_ld(written)))
    correction, status = article.notices
    assert (correction.kind, correction.signal) == (NoticeKind.CORRECT, "schema-org-correction")
    assert words_at(article.text, correction.spans) == words
    assert (status.kind, status.words) == (NoticeKind.WITHDRAW, "Retracted")


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("cp1252", None, None),
        ("cp1252", "utf-8", None),
        ("cp1252", "iso-8859-1", None),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", None, None),
        ("utf-8-sig", "windows-1252", None),
        ("utf-16", None, None),
        ("iso-8859-2", "iso-8859-2", None),
        ("iso-8859-2", "utf-8", "iso-8859-2"),
        ("mac_roman", "macintosh", None),
    ],
)
def test_letters_come_out_however_the_page_is_encoded(
    encoding: str, declared: str | None, charset: str | None
) -> None:
    name = "Zoë Brückner" if encoding != "cp1252" else "Inês Moß – “ja”"
    html = page().replace(
        "<meta charset='utf-8'>", f"<meta charset='{declared}'>" if declared else ""
    )
    raw = html.replace("Ada Quill", name).encode(encoding)
    assert name in article_of(raw, ReadOptions(charset=charset)).text


def test_what_cannot_be_decoded_is_reported() -> None:
    raw = page().replace("Ada Quill", "Пирс " * 20).encode().replace(b"Repairs", b"Repairs \xff")
    problem, article = records_of(raw)
    assert isinstance(problem, Problem) and problem.reason is Reason.BAD_ENCODING  # noqa: PT018 - narrows
    assert isinstance(article, Article) and "Repairs \ufffd cost" in article.text  # noqa: PT018 - narrows
    [refused] = records_of(
        page().replace("charset", "x").replace("Ada", "Пирс" * 300).encode("koi8-r")
    )
    assert isinstance(refused, Problem) and refused.reason is Reason.BAD_ENCODING  # noqa: PT018 - narrows


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<html><body><script>x</script></body></html>", Reason.NO_ARTICLE),
        ("<html>", Reason.NO_ARTICLE),
        ("<div>" * 100_000 + "deep", Reason.NO_ARTICLE),
        ("<p>a</p>" * 400_001, Reason.TOO_LARGE),
    ],
)
def test_a_page_without_an_article_is_one_problem(raw: str, reason: Reason) -> None:
    [problem] = records_of(raw)
    assert isinstance(problem, Problem)
    assert problem.reason is reason


@pytest.mark.parametrize(
    "bomb",
    [
        f"<p title='{'x' * 5_000_000}'>Rain fell.</p>",
        json_ld("[" * 400_000) + json_ld('{"a":' * 99_000),
        "<div itemscope itemtype='https://schema.org/Article'>" * 900,
        "<title>" + "a | " * 500_000 + "</title>",
        "<q>" * 50_000 + "</q>" * 50_000,
        "<table><tr>" + "<td>a" * 20_000,
    ],
)
def test_a_bomb_leaves_the_article_readable(bomb: str) -> None:
    assert "Repairs cost 40 million" in article_of(page(body=BODY + bomb)).text
