"""The day of an article is the one that its readers saw, whichever way it came."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from claims.database.engine import Database
from tests.cli.conftest import Claims
from tests.conftest import cloned
from tests.exchange.histories import import_archive, write

PRINTED = "2026-03-01T00:30:00+05:30"
MOMENT, DAY, BEFORE = "2026-02-28T19:00:00+00:00", "2026-03-01", "2026-02-28"
WORDS = "Mayor Ada Quill said today that the bridge is safe."
RECORD = {"url": "https://pier.example/bridge", "title": "Bridge", "outlet": "The Pier"}


@pytest.fixture
def other(server: URL, template: str) -> Iterator[Database]:
    """A second migrated database."""
    with cloned(server, template) as second:
        yield second


def bring(claims: Claims, folder: Path, *options: str, published: str = PRINTED) -> None:
    """Ingest one article that a file of article JSON lines says the time of."""
    path = folder / "articles.jsonl"
    path.write_text(json.dumps({**RECORD, "text": WORDS, "published": published}), "utf-8")
    assert claims("ingest", *options, str(path)).code == 0


def clock_of(database: Database) -> tuple[str, int | None]:
    query = "SELECT published_at, published_offset FROM claims.document"
    with database.engine.connect() as connection:
        [(moment, offset)] = connection.execute(text(query))
    return moment.isoformat(), offset


@pytest.mark.parametrize("way", [["--workers", "1"], ["--workers", "2"], ["--queue"]])
def test_the_clock_is_stored_whichever_way_an_article_comes(
    claims: Claims, database: Database, tmp_path: Path, way: list[str]
) -> None:
    bring(claims, tmp_path, *way)
    if way == ["--queue"]:
        assert claims("worker", "--once", "--workers", "1").code == 0
    assert clock_of(database) == (MOMENT, 330)
    with database.engine.connect() as connection:
        said = connection.execute(text("SELECT lower(said_on)::text FROM claims.claim")).scalar()
    assert said == DAY


def test_a_page_says_by_which_clock_it_was_published(
    claims: Claims, database: Database, tmp_path: Path
) -> None:
    facts = json.dumps({"@type": "NewsArticle", "headline": "Bridge", "datePublished": PRINTED})
    head = f'<title>Bridge</title><script type="application/ld+json">{facts}</script>'
    body = (
        f"<article><h1>Bridge</h1><p>{WORDS}</p><p>{'It has stood for years. ' * 20}</p></article>"
    )
    path = tmp_path / "bridge.html"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", "utf-8")
    assert claims("ingest", str(path)).code == 0
    assert clock_of(database) == (MOMENT, 330)


def test_an_element_of_a_saved_page_says_by_which_clock(
    claims: Claims, database: Database, tmp_path: Path
) -> None:
    """The evening of one day in the west is the next day in UTC."""
    words = "Mayor Ada Quill said today that the bridge is safe."
    path = tmp_path / "bridge.html"
    path.write_text(
        "<html><head><title>Bridge</title>"
        '<meta property="article:published_time" content="2024-05-03T23:30:00-07:00"></head>'
        f"<body><article><h1>Bridge</h1><p>{words}</p>"
        f"<p>{'It has stood for years. ' * 20}</p></article></body></html>",
        "utf-8",
    )
    assert claims("ingest", str(path)).code == 0
    assert clock_of(database) == ("2024-05-04T06:30:00+00:00", -420)
    [row] = json.loads(claims("list", "--format", "json").out)
    facts = json.loads(claims("show", row["claim"], "--format", "json").out)
    assert (row["date"], facts["said_on"]) == ("2024-05-03", ["2024-05-03"] * 2)


def test_what_other_programs_propose_is_read_by_the_publications_clock(
    claims: Claims, database: Database, tmp_path: Path
) -> None:
    """Whoever took office on the day that readers saw is meant, and the clock stays."""
    register, proposals = tmp_path / "mayors.csv", tmp_path / "p.jsonl"
    register.write_text(
        "id,name,role,organisation,from,until\n"
        f"1,Bo Reed,foreign minister,Ruritania,2017-07-01,{BEFORE}\n"
        f"2,Cy Dunn,foreign minister,Ruritania,{DAY},\n"
    )
    assert claims("sources", "import", str(register)).code == 0
    words = "The foreign minister of Ruritania spoke. The bridge is safe."
    article = {**RECORD, "text": words, "published": PRINTED}
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(article), "utf-8")
    proposed = {
        "quote": "The bridge is safe",
        "speaker_words": "The foreign minister of Ruritania",
        "speaker": "foreign minister of Ruritania",
        "kind": "group",
    }
    line = {"doc_id": RECORD["url"], "attributions": [proposed]}
    proposals.write_text(json.dumps(line), "utf-8")
    command = ("ingest", str(path), "--proposals", str(proposals), "--extractor", "a/1")
    ended = claims(*command)
    assert (ended.code, ended.err) == (0, "")
    rows = json.loads(claims("list", "--words", "safe", "--format", "json").out)
    assert [(one["speaker"], one["date"]) for one in rows] == [("Cy Dunn", DAY)]
    assert clock_of(database) == (MOMENT, 330)


def test_a_feed_says_by_which_clock_an_item_was_published(
    claims: Claims, database: Database, tmp_path: Path
) -> None:
    item = (
        "<item><title>Bridge</title><link>https://pier.example/bridge</link>"
        "<pubDate>Sun, 01 Mar 2026 00:30:00 +0530</pubDate><content:encoded>"
        f"&lt;p&gt;{WORDS}&lt;/p&gt;</content:encoded></item>"
    )
    path = tmp_path / "feed.xml"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    path.write_text(
        f'<rss version="2.0" {space}><channel><title>The Pier</title>{item}</channel></rss>',
        "utf-8",
    )
    assert claims("ingest", str(path)).code == 0
    assert clock_of(database) == (MOMENT, 330)


def test_the_day_is_the_readers_wherever_people_read_it(claims: Claims, tmp_path: Path) -> None:
    bring(claims, tmp_path)
    [row] = json.loads(claims("list", "--format", "json").out)
    assert (row["date"], row["published_at"]) == (DAY, MOMENT)
    facts = json.loads(claims("show", row["claim"], "--format", "json").out)
    assert (facts["date"], facts["published_at"]) == (DAY, MOMENT)
    for command in (
        ("list",),
        ("show", row["claim"]),
        ("trace", row["claim"]),
        ("evidence", row["claim"]),
        ("search", "bridge"),
        ("documents", "list"),
        ("documents", "show", str(facts["document"])),
        ("review", "--plain"),
    ):
        out = claims(*command).out
        assert (DAY in out, BEFORE in out) == (True, False), command


def test_views_have_the_day_beside_that_of_utc(
    claims: Claims, database: Database, tmp_path: Path
) -> None:
    bring(claims, tmp_path)
    with database.engine.begin() as connection:
        rows = connection.execute(
            text(
                "SELECT d.published_at, d.published_on::text, d.published_offset,"
                " d.printed_on::text, claims_v1.chain_text(p.claim) FROM claims_v1.documents AS d"
                " JOIN claims_v1.proposals AS p ON p.document = d.document"
            )
        ).all()
    [(moment, day, offset, printed, chain)] = rows
    assert (moment.isoformat(), day, offset, printed) == (MOMENT, BEFORE, 330, DAY)
    assert chain.endswith(f"The Pier, {DAY}")


def test_an_archive_holds_the_clock(
    claims: Claims, database: Database, other: Database, tmp_path: Path
) -> None:
    bring(claims, tmp_path)
    archive = write(database)
    import_archive(other, archive)
    assert clock_of(other) == (MOMENT, 330)
    assert write(other) == archive


def test_an_article_that_is_stored_without_its_clock_gets_it(
    claims: Claims, database: Database, tmp_path: Path
) -> None:
    bring(claims, tmp_path, published=MOMENT)
    assert clock_of(database) == (MOMENT, None)
    bring(claims, tmp_path)
    assert clock_of(database) == (MOMENT, 330)


def test_the_clock_of_another_moment_is_not_taken(
    claims: Claims, database: Database, tmp_path: Path
) -> None:
    bring(claims, tmp_path, published=MOMENT)
    bring(claims, tmp_path, published="2026-03-02T00:30:00+05:30")
    assert clock_of(database) == (MOMENT, None)


@pytest.mark.parametrize(
    ("published", "clock"),
    [
        ("2026-03-01", ("2026-03-01", None)),
        ("2026-03-01T23:30:00Z", ("2026-03-01", None)),
        ("2026-03-01T23:30:00-08:00", ("2026-03-01", -480)),
        ("2026-03-01T00:10:00+14:00", ("2026-03-01", 840)),
        # No clock of the world is so far ahead.
        ("2026-03-01T00:10:00+23:59", ("2026-02-28", None)),
    ],
)
def test_a_day_is_that_of_its_clock(
    claims: Claims,
    database: Database,
    tmp_path: Path,
    *,
    published: str,
    clock: tuple[str, int | None],
) -> None:
    bring(claims, tmp_path, published=published)
    [row] = json.loads(claims("list", "--format", "json").out)
    assert (row["date"], clock_of(database)[1]) == clock
