"""What is due is asked for and stored; when it is asked again depends on what came of it."""

import threading
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.documents.decide import decide_on_document
from claims.documents.decisions import DocumentAction, OpenNotice
from claims.documents.notices import save_notices
from claims.feeds.follow import find_feed, remove_feed
from claims.feeds.run import MOST_NAMED, run_feeds
from claims.feeds.schedule import LEASE
from claims.ingest.run import save_run
from claims.ledger.append import sign_in
from claims.model.decision import Signature
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Reason
from tests.feeds.conftest import (
    HTML,
    PROSE,
    RSS,
    Follower,
    about,
    feed_of,
    fetcher_for,
    item,
    page_of,
)
from tests.fetch.conftest import NOW, Clock
from tests.makers import RUN, add_reviewer

FULL = "".join(f"<p>{line}</p>" for line in PROSE * 3)
HOUR = timedelta(hours=1)


def put(follower: Follower, *paths: str, more: str = "") -> None:
    """Serve a feed that names pages, each with an ETag, and the pages."""
    site = follower.site
    items = [item(site.url(path), more=more) for path in paths]
    site.put("/feed", feed_of(*items), 200, RSS, ("ETag", '"f1"'))
    for path in paths:
        site.put(path, page_of(f"This is the page {path}."), 200, HTML, ("ETag", f'"{path}"'))


def test_items_with_their_text_are_stored_and_the_others_fetched(follower: Follower) -> None:
    site = follower.site
    put(follower, "/a")
    feed = feed_of(item(site.url("/a")), item(site.url("/full"), text=FULL))
    site.put("/feed", feed, 200, RSS, ("ETag", '"f1"'), ("Last-Modified", "Mon"))
    follower.add("/feed", outlet="The Pier")
    assert follower.run().asked == [("feed", "read"), ("a", "read")]
    documents = "SELECT url, (SELECT name FROM claims.source AS s WHERE s.id = outlet)"
    assert follower.rows(f"{documents} FROM claims.document ORDER BY url") == [
        (site.url("/a"), "The Pier"),
        (site.url("/full"), "The Pier"),
    ]
    assert "/full" not in site.asked
    assert site.accepted == {
        "/robots.txt": "*/*", "/feed": "application/rss+xml", "/a": "text/html",
    }  # fmt: skip
    assert follower.run().asked == []
    follower.later(HOUR)
    assert follower.run().asked == [("feed", "unchanged"), ("a", "unchanged")]
    assert site.conditions[-2:] == [("/feed", '"f1"', "Mon"), ("/a", '"/a"', None)]
    # That the page has not changed is a sighting without bytes; that the feed has not is none.
    seen = "SELECT count(*), count(archive_record) FROM claims.sighting"
    assert follower.rows(seen) == [(3, 2)]
    [(run,)] = follower.rows("SELECT inputs FROM claims.run")
    assert run == [site.url("/feed")]


def test_articles_are_read_again_at_growing_intervals_and_old_ones_once(follower: Follower) -> None:
    put(follower, "/new", "/old")
    old = item(follower.site.url("/old"), more="<pubDate>Mon, 13 Apr 2026 08:00:00 GMT</pubDate>")
    follower.site.put("/feed", feed_of(item(follower.site.url("/new")), old), 200, RSS)
    follower.add("/feed", every=7 * 86400)
    follower.run()
    assert follower.due_in("/old") is None
    intervals = []
    while due_in := follower.due_in("/new"):
        intervals.append(due_in // HOUR)
        follower.later(due_in)
        follower.run()
    assert intervals == [1, 3, 12, 24, 72, 168]
    readings = "SELECT readings FROM claims.feed_address WHERE kind = 'article' ORDER BY 1"
    assert follower.rows(readings) == [(1,), (7,)]


def test_what_the_feed_says_was_changed_is_due_at_once(follower: Follower) -> None:
    published = "<pubDate>Mon, 04 May 2026 08:00:00 GMT</pubDate>"
    changed = published + "<dcterms:modified>2026-05-04T{}:00:00Z</dcterms:modified>"
    put(follower, "/a", more=changed.format("08"))
    follower.add("/feed", every=60)
    follower.run()
    follower.later(timedelta(minutes=2))
    put(follower, "/a", more=changed.format("09"))
    follower.site.put("/a", page_of("Another word came in."), 200, HTML, ("ETag", '"2"'))
    follower.site.answers["/feed"] = (200, (RSS,), follower.site.answers["/feed"][2])
    assert follower.run().asked == [("feed", "read"), ("a", "read")]
    assert follower.rows("SELECT count(*) FROM claims.document_version") == [(2,)]


def test_a_page_that_is_missing_twice_is_proposed_for_withdrawal(follower: Follower) -> None:
    put(follower, "/a")
    follower.add("/feed", every=7 * 86400)
    follower.run()
    page = follower.site.answers["/a"]
    follower.site.put("/a", b"", 404)
    reports, waits = [], []
    for _ in range(3):
        follower.later(follower.due_in("/a") or HOUR)
        reading = follower.run()
        assert reading.asked == [("a", "missing")]
        reports.append([notice.signal for notice in reading.notices])
        assert reading.problems == []
        waits.append(follower.due_in("/a"))
    assert reports == [[], ["http-404"], []]
    proposed = (
        "SELECT n.kind, n.signal, d.url, d.status FROM claims.notice AS n JOIN claims.document"
    )
    assert follower.rows(f"{proposed} AS d ON d.id = n.document") == [
        ("withdraw", "http-404", follower.site.url("/a"), "usable"),
    ]
    assert waits == [HOUR, 24 * HOUR, 168 * HOUR]
    follower.site.answers["/a"] = page
    follower.later(168 * HOUR)
    assert follower.run().asked[-1] == ("a", "unchanged")
    counts = (
        "SELECT failures, misses, failing_since FROM claims.feed_address WHERE kind = 'article'"
    )
    assert follower.rows(counts) == [(0, 0, None)]


def test_a_page_that_comes_back_is_proposed_for_restoring_and_lifts_no_kill(
    follower: Follower,
) -> None:
    put(follower, "/a")
    page = follower.site.url("/a")
    follower.add("/feed", every=7 * 86400)
    follower.run()
    answer = follower.site.answers["/a"]
    follower.site.put("/a", b"", 410)
    follower.later(HOUR)
    assert [notice.kind for notice in follower.run().notices] == ["withdraw"]
    kill = Notice(NoticeKind.KILL, "ninjs-pubstatus", "canceled", "k", url=page)
    with follower.database.writer() as session:
        save_run(session, RUN)
        save_notices(session, [kill], None, run=RUN.id, received_at=NOW)
        [document] = session.scalars(text("SELECT id FROM claims.document"))
        signed = Signature(uuid.uuid4(), add_reviewer(session, "Ben"), "0", "it is gone")
        decide_on_document(session, document, DocumentAction.WITHDRAW, signed)
    follower.site.answers["/a"] = answer
    follower.later(24 * HOUR)
    [notice] = follower.run().notices
    assert (notice.kind, notice.url) == ("restore", page)
    assert notice.words.startswith("the page is there again: HTTP status ")
    state = "SELECT status, killed_by IS NULL, settled_notices FROM claims.document"
    assert follower.rows(state) == [("withdrawn", False, [])]
    follower.later(168 * HOUR)
    assert follower.run().notices == []


def test_a_page_that_goes_again_is_proposed_again_once_the_first_time_is_settled(
    follower: Follower,
) -> None:
    put(follower, "/a")
    follower.add("/feed", every=7 * 86400)
    follower.run()
    there = follower.site.answers["/a"]

    def go_and_come() -> list[str]:
        follower.site.put("/a", b"", 410)
        follower.later(168 * HOUR)
        first = follower.run().notices
        follower.later(168 * HOUR)
        assert follower.run().notices == []
        follower.site.answers["/a"] = there
        follower.later(168 * HOUR)
        follower.run()
        return [notice.signal for notice in first]

    assert go_and_come() == ["http-410"]
    assert go_and_come() == []
    with follower.database.writer() as session:
        [document] = session.scalars(text("SELECT id FROM claims.document"))
        [id_] = session.scalars(text("SELECT id FROM claims.notice"))
        notice = OpenNotice(id_, NoticeKind.WITHDRAW, "HTTP status 410")
        signed = Signature(uuid.uuid4(), add_reviewer(session, "Ben"), "0", "a server's mistake")
        decide_on_document(session, document, DocumentAction.DISMISS, signed, notice=notice)
    assert go_and_come() == ["http-410"]
    assert follower.rows("SELECT count(*), count(DISTINCT issued_at) FROM claims.notice") == [
        (2, 2)
    ]


@pytest.mark.parametrize("status", [410, 451])
def test_a_page_taken_away_on_purpose_is_proposed_at_once(follower: Follower, status: int) -> None:
    put(follower, "/a")
    follower.add("/feed", every=7 * 86400)
    follower.run()
    follower.site.put("/a", b"", status)
    follower.later(HOUR)
    [notice] = follower.run().notices
    assert (notice.signal, notice.url) == (f"http-{status}", follower.site.url("/a"))
    assert follower.due_in("/a") == 24 * HOUR


def test_what_could_never_be_read_is_a_problem_and_given_up(follower: Follower) -> None:
    site = follower.site
    put(follower, "/broken")
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    paths = ("/broken", "/missing", "/private", "/paper", "/list")
    others = ("http://10.0.0.1/x", "https://user@pier.example/")
    items = [item(site.url(path)) for path in paths] + [item(url) for url in others]
    site.put("/feed", feed_of(*items), 200, RSS)
    site.put("/broken", b"", 500)
    site.put("/paper", b"%PDF-1.7 x", 200, ("Content-Type", "application/pdf"))
    site.put("/list", feed_of(item(site.url("/more"))), 200, RSS)
    follower.add("/feed", every=7 * 86400)
    reading = follower.run()
    assert dict(reading.asked) == {
        "feed": "read", "broken": "failed", "missing": "missing", "private": "refused",
        "paper": "no_article", "list": "no_article", "/10.0.0.1/x": "refused",
    }  # fmt: skip
    assert sorted(problem.reason for problem in reading.problems) == sorted(
        [
            Reason.FETCH_FAILED, Reason.FETCH_FAILED, Reason.FETCH_REFUSED, Reason.FETCH_REFUSED,
            Reason.FETCH_REFUSED, Reason.UNSUPPORTED_FORMAT, Reason.NO_ARTICLE,
        ]
    )  # fmt: skip
    for hours in (1, 24, 168):
        assert follower.due_in("/broken") == hours * HOUR
        follower.later(hours * HOUR)
        assert follower.run().problems == []
    assert follower.rows("SELECT count(*) FROM claims.feed_address WHERE due_at IS NOT NULL") == [
        (1,)
    ]


def test_a_feed_that_fails_is_asked_less_often_and_told_once_each_time(follower: Follower) -> None:
    feed = follower.site.put("/feed", b"", 503)
    follower.add("/feed", every=6 * 3600)
    waits, reports = [], []
    for _ in range(3):
        reports += follower.run().problems
        waits.append((follower.due_in("/feed") or HOUR) // HOUR)
        follower.later(24 * HOUR)
    assert waits == [12, 24, 24]
    [problem] = reports
    assert (problem.place, problem.reason) == (feed, Reason.FETCH_FAILED)
    assert problem.detail.startswith("the feed cannot be read since 2026-05-04 12:00Z: HTTP status")
    follower.site.put("/feed", feed_of(), 200, RSS)
    assert follower.run().problems == []
    assert follower.due_in("/feed") == 6 * HOUR
    follower.site.put("/feed", page_of(), 200, HTML)
    follower.later(6 * HOUR)
    [problem] = follower.run().problems
    assert problem.reason is Reason.NO_FEED
    assert follower.rows("SELECT count(*) FROM claims.document") == [(0,)]


def test_a_host_that_wants_to_be_left_alone_is(follower: Follower) -> None:
    put(follower, "/a", "/b")
    follower.site.put("/a", b"", 429, ("Retry-After", "7200"))
    follower.add("/feed", every=7 * 86400)
    # Pages of one reading have no order; none is asked for after the one that says so.
    assert follower.run().asked[-1] == ("a", "failed")
    assert follower.due_in("/a") == 2 * HOUR
    [(wait,)] = follower.rows("SELECT not_before - now() FROM claims.feed_host")
    assert 1.9 * HOUR < wait <= 2 * HOUR
    follower.later(HOUR)
    assert follower.run(now=True).asked == []
    follower.later(HOUR)
    follower.site.put("/a", page_of(), 200, HTML)
    assert ("a", "read") in follower.run().asked
    assert follower.run().asked == []


def test_an_address_whose_way_leads_to_a_banned_host_is_put_off(follower: Follower) -> None:
    site = follower.site
    site.put("/busy", b"", 503, ("Retry-After", "7200"))
    site.put("/z", b"", 302, ("Location", site.url("/there")))
    other = f"http://127.0.0.2:{site.port}/z"
    site.put("/feed", feed_of(item(other), item(site.url("/busy"))), 200, RSS)
    follower.add("/feed", every=7 * 86400)
    assert follower.run().asked == [("feed", "read"), ("busy", "failed"), ("z", "postponed")]
    query = (
        "SELECT state, failures, due_at > now() FROM claims.feed_address WHERE host = '127.0.0.2'"
    )
    assert follower.rows(query) == [("waiting", 0, True)]
    assert follower.run().asked == []


def test_a_slow_host_is_asked_as_slowly_as_it_asks(follower: Follower) -> None:
    put(follower, "/a", "/b")
    follower.site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 600\n")
    follower.add("/feed", every=7 * 86400)
    pages = set()
    for _ in range(3):
        reading = follower.run()
        assert (len(reading.asked), reading.problems) == (1, [])
        pages |= set(reading.asked)
        follower.later(timedelta(minutes=10))
    assert pages == {("feed", "read"), ("a", "read"), ("b", "read")}


def test_a_feed_that_moved_is_followed_there_and_says_so(follower: Follower) -> None:
    put(follower, "/a")
    follower.site.put("/old", b"", 301, ("Location", "/feed"))
    follower.add("/old", every=60)
    follower.run()
    moved = "SELECT moved_to, answered_by FROM claims.feed_address WHERE kind = 'feed'"
    new = follower.site.url("/feed")
    assert follower.rows(moved) == [(new, new)]
    follower.later(timedelta(minutes=1))
    assert follower.run().asked == [("old", "unchanged")]
    assert follower.rows(moved) == [(new, new)]


def test_a_run_is_about_some_feeds_and_asks_for_some_articles(follower: Follower) -> None:
    put(follower, "/a", "/b", "/c")
    follower.site.put("/other", feed_of(), 200, RSS)
    follower.add("/other")
    feed = follower.add("/feed")
    asked = follower.run(feeds=[feed], most_articles=2).asked
    assert [state for _, state in asked] == ["read"] * 3
    assert "/other" not in follower.site.asked
    assert len(follower.run(feeds=[feed]).asked) == 1
    # Not due, and asked for nevertheless: this feed alone.
    assert follower.run(feeds=[feed], now=True).asked == [("feed", "unchanged")]


def test_a_feed_that_is_removed_is_left_with_its_articles(follower: Follower) -> None:
    put(follower, "/a")
    follower.add("/feed")
    follower.run()
    with follower.database.writer() as session:
        feed = find_feed(session, follower.site.url("/feed/"))
        remove_feed(session, feed.id, removed_by=sign_in(session, "Ann", uuid.uuid4()))
    follower.later(HOUR)
    assert follower.run().asked == []
    assert follower.rows("SELECT count(*) FROM claims.document") == [(1,)]
    # Added again it is read anew, and its articles belong to it.
    again = follower.add("/feed")
    assert follower.run().asked == [("feed", "read"), ("a", "unchanged")]
    assert follower.rows("SELECT DISTINCT feed FROM claims.feed_address") == [(again,)]
    assert follower.rows("SELECT count(*) FROM claims.feed") == [(2,)]


def test_a_feed_names_so_many_addresses_and_no_more(follower: Follower) -> None:
    items = [item(follower.site.url(f"/{number}")) for number in range(MOST_NAMED + 5)]
    follower.site.put("/feed", feed_of(*items), 200, RSS)
    follower.add("/feed")
    [problem] = follower.run(most_articles=0).problems
    assert problem.reason is Reason.TOO_LARGE
    assert follower.rows("SELECT count(*) FROM claims.feed_address") == [(MOST_NAMED + 1,)]


def test_what_a_stopped_run_had_leased_is_asked_by_the_next_one(follower: Follower) -> None:
    feed = feed_of(item(follower.site.url("/f"), text=FULL))
    follower.site.put("/feed", feed, 200, RSS, ("ETag", '"1"'))
    follower.add("/feed")
    with pytest.raises(KeyboardInterrupt):
        list(run_feeds(follower.database, follower.fetcher, _interrupted, about()))
    # The feed counts as not read, and its host is free again.
    assert follower.rows("SELECT state, etag FROM claims.feed_address") == [("waiting", None)]
    # One that was killed leaves its host leased until the lease runs out.
    killed = (
        "UPDATE claims.feed_host SET leased_by = gen_random_uuid(), leased_until = now() + :lease"
    )
    with follower.database.engine.begin() as connection:
        connection.execute(text(killed), {"lease": timedelta(seconds=LEASE)})
    assert follower.run().asked == []
    follower.later(timedelta(seconds=LEASE))
    assert follower.run().asked == [("feed", "read")]


def _interrupted(*_: object) -> tuple[()]:
    raise KeyboardInterrupt


def test_who_lost_the_lease_saves_nothing(follower: Follower) -> None:
    put(follower, "/a")
    follower.add("/feed")
    run = about(most_articles=0)

    def slow(*_: object) -> tuple[()]:
        # Meanwhile the lease runs out, and another process takes it.
        with follower.database.engine.begin() as connection:
            taken = "UPDATE claims.feed_host SET leased_by = gen_random_uuid()"
            connection.execute(text(taken))
        return ()

    follower.site.put("/feed", feed_of(item(follower.site.url("/f"), text=FULL)), 200, RSS)
    list(run_feeds(follower.database, follower.fetcher, slow, run))
    assert follower.rows("SELECT state, readings FROM claims.feed_address") == [("waiting", 0)]
    assert follower.rows("SELECT leased_by IS NOT NULL FROM claims.feed_host") == [(True,)]


def test_runs_at_once_ask_for_nothing_twice(follower: Follower) -> None:
    site = follower.site
    hosts = [f"http://127.0.0.{number}:{site.port}" for number in range(1, 7)]
    pages = [(f"/p{n}-{m}", host) for n, host in enumerate(hosts) for m in range(4)]
    for path, _ in pages:
        site.put(path, page_of(f"This is the page {path}."), 200, HTML)
    site.put("/feed", feed_of(*(item(host + path) for path, host in pages)), 200, RSS)
    follower.add("/feed")
    follower.run(most_articles=0)

    def run() -> None:
        database = Database(follower.database.url)
        allowed = frozenset((f"127.0.0.{number}", site.port) for number in range(1, 10))
        fetcher = fetcher_for(Clock(), allowed)
        list(run_feeds(database, fetcher, lambda *_: (), about()))
        fetcher.close()
        database.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path for path in site.asked if path.startswith("/p")) == sorted(
        path for path, _ in pages
    )
    assert follower.rows("SELECT DISTINCT state FROM claims.feed_address") == [("read",)]
    assert follower.rows("SELECT count(*) FROM claims.document") == [(24,)]
