"""claims feeds: every command as a user gives it, mistakes included."""

from collections.abc import Callable, Iterator
from dataclasses import astuple

import orjson
import pytest

from tests import in_process
from tests.feeds.conftest import HTML, RSS, Follower, feed_of, item, page_of

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run claims feeds; the site may be reached."""
    monkeypatch.setenv("CLAIMS_FETCH_ALLOW", f"127.0.0.1:{follower.site.port}")

    def ended(*arguments: str) -> tuple[int, str, str]:
        return astuple(in_process.run("feeds", *arguments))

    with in_process.connected(follower.database):
        yield ended


def test_a_feed_is_added_listed_run_and_removed(run: Run, follower: Follower) -> None:
    site = follower.site
    dated = "<pubDate>Mon, 04 May 2026 08:00:00 GMT</pubDate>"
    feed = feed_of(item(site.url("/a"), more=dated), item(site.url("/b")))
    url = site.put("/feed", feed, 200, RSS)
    site.put("/old", b"", 301, ("Location", "/feed"))
    site.put("/a", page_of("Ada Quill said the bridge was safe."), 200, HTML)
    assert run("list")[1:] == ("", "No feed is followed yet: `claims feeds add URL` follows one.\n")
    code, out, err = run("add", site.url("/old"), "--every", "90m")
    id_ = out[:8]
    assert (code, out[9:]) == (
        0,
        "The Pier: 2 items, 2 to fetch, the newest of 2026-05-04, read every 90m.\n",
    )
    assert err == f"It has moved for good; its new address is followed: {url}\n"
    already = f"{id_} is followed already: The Pier, {url}, read every 90m. Nothing was changed.\n"
    asked = len(site.asked)
    assert run("add", f"{url}/?utm_source=mail#top")[:2] == (0, already)
    assert len(site.asked) == asked
    code, out, err = run("run")
    assert (code, out.partition(". ")[::2]) == (
        1,
        (
            "1 feed: 1 read; 2 pages: 1 read, 1 missing",
            "1 text and 2 claims stored; 1 problem, 1 new.\n",
        ),
    )
    remedy = "Look at the address in a browser, or fetch it again later."
    assert err == f"problem[fetch-failed] {site.url('/b')}: HTTP status 404. {remedy}\n"
    nothing = "0 feeds due. 0 texts and 0 claims stored; 0 problems.\n"
    assert run("run") == (0, nothing, "")
    [row] = orjson.loads(run("list", "--format", "json")[1])
    assert (row["state"], row["articles"], row["unread"], row["every"]) == ("read", 1, 0, 5400)
    assert (row["added_by"], row["removed_at"]) == ("Ann", None)
    assert (row["asked"], row["next"]) in {("0m ago", "in 89m"), ("1m ago", "in 88m")}
    removed = f"{id_} The Pier is not followed any more; its articles stay.\n"
    assert run("remove", id_[:5]) == (0, removed, "")
    assert run("list")[1] == ""
    assert run("list", "--all")[1].startswith(f"{id_}\tThe Pier\tremoved\t")
    assert run("run", "--now") == (0, nothing, "")


def test_a_problem_is_told_once_and_a_failing_feed_is_shown(run: Run, follower: Follower) -> None:
    url = follower.site.url("/feed")
    assert run("add", url, "--no-check", "--name", "Pier news")[1][9:] == (
        "Pier news, not fetched yet, read every 1h.\n"
    )
    code, out, err = run("run")
    assert (code, out.split(". ")[0]) == (1, "1 feed: 1 missing")
    assert err.startswith(f"problem[fetch-failed] {url}: the feed cannot be read since ")
    assert run("run", "--now")[::2] == (0, "")
    assert run("list")[2].endswith(" Pier news: HTTP status 404\n")


def test_what_is_no_feed_is_refused_with_what_to_do(run: Run, follower: Follower) -> None:
    site = follower.site
    links = (
        '<link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" type="application/atom+xml" href="https://pier.example/atom">'
        '<link rel="alternate" type="text/html" hreflang="de" href="/de">'
    )
    site.put("/home", b"<html><head>" + links.encode() + b"</head>" + page_of(), 200, HTML)
    index = (
        b"<sitemapindex><sitemap><loc>https://pier.example/news.xml</loc></sitemap></sitemapindex>"
    )
    site.put("/index", index, 200, ("Content-Type", "text/xml"))
    site.put("/plain", b"hello", 200, ("Content-Type", "text/plain"))
    remedy = "Give the address of an RSS, Atom or JSON feed or of a sitemap of articles."
    for path, instead in (
        (
            "/home",
            f" (it is a page, which names {site.url('/feed')} and https://pier.example/atom)",
        ),
        ("/index", " (it is an index of sitemaps, which names https://pier.example/news.xml)"),
        ("/plain", ""),
    ):
        line = f"error[no-feed] {site.url(path)}: No feed is at this address{instead}. {remedy}\n"
        assert run("add", site.url(path)) == (1, "", line)
    for arguments, code, error in (
        (("add", site.url("/none")), 1, "error[unreachable-feed]"),
        (("add", "http://10.0.0.1/feed"), 1, "error[unreachable-feed]"),
        (("add", "pier.example/feed"), 2, "error[bad-feed-address]"),
        (("add", site.url("/x"), "--every", "often"), 2, "error[bad-usage]"),
        (("add", site.url("/x"), "--every", "30d"), 2, "error[bad-usage]"),
        (("remove", "abc"), 2, "error[unknown-feed]"),
        (("run", "--feed", site.url("/x")), 2, "error[unknown-feed]"),
    ):
        ended = run(*arguments)
        assert (ended[0], ended[1], ended[2].split(" ")[0]) == (code, "", error)
        assert len(ended[2].splitlines()) == 1
    assert follower.rows("SELECT count(*) FROM claims.feed") == [(0,)]


def test_a_feed_is_told_by_its_bytes(run: Run, follower: Follower) -> None:
    fields = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Pier",
        "items": [{"id": "1", "url": "https://pier.example/1"}],
    }
    sitemap = b"<urlset><url><loc>https://pier.example/1</loc></url></urlset>"
    for path, body, media_type, contents in (
        ("/rss", feed_of(), "text/html", "The Pier, no items at the moment"),
        ("/json", orjson.dumps(fields), "application/feed+json", "The Pier: 1 item, 1 to fetch"),
        ("/map", sitemap, "application/xml", "127.0.0.1: 1 item, 1 to fetch"),
    ):
        url = follower.site.put(path, body, 200, ("Content-Type", media_type))
        assert run("add", url)[1][9:] == f"{contents}, read every 1h.\n"
