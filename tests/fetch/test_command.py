"""claims fetch: from an address to claims with their evidence, and every mistake in one line."""

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import astuple
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from tests import in_process
from tests.fetch.conftest import Site

Run = Callable[..., tuple[int, str, str]]
PAGE = """<!DOCTYPE html><html lang="en"><head><title>The bridge is safe</title>
<link rel="canonical" href="{url}"></head><body><article><h1>The bridge is safe</h1>
<p>Mayor Ada Quill said on Monday that the old bridge over the harbour was safe again.</p>
<p>The Harbour Agency reported that {count} lorries had crossed it on Monday without harm.</p>
<p>Nobody was hurt, and the ferry goes on running until the summer, the mayor added.</p>
</article></body></html>"""
HTML = ("Content-Type", "text/html; charset=utf-8")


@pytest.fixture
def run(
    database: Database,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Run]:
    """Run claims fetch; the site may be reached."""
    monkeypatch.setenv("CLAIMS_FETCH_ALLOW", f"127.0.0.1:{site.port}")
    monkeypatch.setattr("time.sleep", lambda _: None)

    def ended(*arguments: str) -> tuple[int, str, str]:
        return astuple(in_process.run("fetch", *arguments))

    with in_process.connected(database):
        yield ended


def page(site: Site, path: str = "/bridge", count: str = "two") -> str:
    body = PAGE.format(url=site.url(path), count=count).encode()
    return site.put(path, body, 200, HTML)


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_page_is_stored_with_its_evidence(run: Run, site: Site, database: Database) -> None:
    url = page(site)
    code, out, err = run(url, "--outlet", "The Pier")
    assert (code, err) == (0, "")
    assert out.startswith("1 article read, 0 already stored; ")
    evidence = "SELECT uri, http_status, payload FROM claims.archive_record"
    assert rows(database, evidence) == [(url, 200, site.answers["/bridge"][2])]
    speakers = rows(database, "SELECT DISTINCT speaker FROM claims_v1.proposals")
    assert ("Ada Quill",) in speakers


def test_a_page_that_changed_is_the_next_version(run: Run, site: Site, database: Database) -> None:
    url = page(site)
    run(url)
    assert run(url)[1].startswith("1 article read, 1 already stored; 0 claims stored")
    page(site, count="three")
    run(url)
    assert rows(database, "SELECT number FROM claims_v1.document_versions ORDER BY 1") == [
        (1,), (2,),
    ]  # fmt: skip
    assert rows(database, "SELECT count(*) FROM claims.document") == [(1,)]


def test_a_page_that_has_not_changed_is_seen_again_and_not_sent(
    run: Run, site: Site, database: Database
) -> None:
    url = page(site, "/bridge")
    site.put("/bridge", site.answers["/bridge"][2], 200, HTML, ("ETag", '"1"'))
    run(url)
    assert run(url)[1].startswith("0 articles read, 0 already stored, 1 not changed; 0 claims")
    assert site.conditions[-1] == ("/bridge", '"1"', None)
    seen = "SELECT archive_record IS NULL FROM claims.sighting ORDER BY seen_at"
    assert rows(database, seen) == [(False,), (True,)]
    assert rows(database, "SELECT count(*) FROM claims.archive_record") == [(1,)]
    # A page whose outlet is not known is read again once it is told.
    assert run(url, "--outlet", "The Pier")[1].startswith("1 article read, 1 already stored;")
    assert run(url, "--outlet", "The Pier")[1].startswith("0 articles read")
    # Another extractor has to read the page itself.
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE claims.run SET extractor_version = 'older'"))
    assert run(url)[1].startswith("1 article read, 1 already stored;")


def test_what_a_feed_only_names_is_fetched_too(run: Run, site: Site, database: Database) -> None:
    items = "".join(
        f"<item><title>{name}</title><link>{page(site, name)}</link><guid>{name}</guid></item>"
        for name in ("/a", "/b", "/c")
    )
    feed = f"<rss version='2.0'><channel><title>Pier</title>{items}</channel></rss>".encode()
    url = site.put("/feed", feed, 200, ("Content-Type", "application/rss+xml"))
    code, out, _ = run(url, "--limit", "2")
    assert (code, out.split(" ")[0]) == (0, "2")
    assert rows(database, "SELECT count(*) FROM claims.document") == [(2,)]
    assert "/c" not in site.asked


def test_addresses_come_from_standard_input(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"\n{page(site, '/a')}\n{page(site, '/b')}\n"))
    assert run("-")[1].startswith("2 articles read")


def test_each_failure_is_one_line_and_a_problem_and_the_others_go_in(
    run: Run, site: Site, database: Database
) -> None:
    addresses = [
        "pier.example/a",
        "http://169.254.169.254/latest",
        site.url("/missing"),
        site.put("/gone", b"", 410),
        site.put("/paper", b"%PDF-1.7 x", 200, ("Content-Type", "application/pdf")),
        site.put("/empty", b"", 200, HTML),
        page(site),
    ]
    code, out, err = run(*addresses)
    assert (code, out.split(";")[0]) == (1, "1 article read, 0 already stored")
    assert [line.split()[0] for line in err.splitlines()] == [
        "problem[fetch-refused]",
        "problem[fetch-refused]",
        "problem[fetch-failed]",
        "notice[withdraw]",
        "problem[unsupported-format]",
        "problem[empty]",
    ]
    assert rows(database, "SELECT count(*) FROM claims.problem") == [(5,)]


def test_a_page_dated_in_the_future_is_stored_and_reported(
    run: Run, site: Site, database: Database
) -> None:
    dated = '<meta property="article:published_time" content="2099-05-04T08:00:00Z"></head>'
    body = PAGE.format(url=site.url("/later"), count="two").replace("</head>", dated)
    code, out, err = run(site.put("/later", body.encode(), 200, HTML))
    assert (code, out.split(" ")[0]) == (1, "1")
    assert err.startswith("problem[future-date] ")
    assert rows(database, "SELECT count(*) FROM claims.document") == [(1,)]
