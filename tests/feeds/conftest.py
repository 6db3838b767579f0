"""Feeds on this machine, a clock that only a test moves, and what is stored of them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.feeds.follow import NewFeed, add_feed
from claims.feeds.run import Asked, FeedRun, run_feeds
from claims.fetch.client import Fetcher
from claims.fetch.connect import PublicBackend
from claims.ledger.append import sign_in
from claims.model.notice import Notice
from claims.model.problem import Problem
from tests.fetch.conftest import NOW, Clock, Site, serve

RSS = ("Content-Type", "application/rss+xml")
HTML = ("Content-Type", "text/html; charset=utf-8")
PROSE = (
    "The harbour master of the town says that the old bridge is safe again after the works.",
    "Two lorries crossed it on Monday without harm, and nobody was hurt on either bank of it.",
    "The ferry goes on running until the summer, when the new timetable of the port begins.",
)


def item(url: str, *, text: str = "", more: str = "") -> str:
    """An item of a feed."""
    content = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else ""
    return f"<item><title>T</title><link>{url}</link><guid>{url}</guid>{content}{more}</item>"


def feed_of(*items: str) -> bytes:
    """A feed."""
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    dates = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"'
    channel = f"<channel><title>The Pier</title>{''.join(items)}</channel>"
    return f'<rss version="2.0" {space} {dates}>{channel}</rss>'.encode()


def page_of(*more: str) -> bytes:
    """A page with an article."""
    paragraphs = "".join(f"<p>{line}</p>" for line in (*PROSE, *more))
    body = f"<body><article>{paragraphs}</article></body>"
    return f"<html><head><title>T</title></head>{body}</html>".encode()


@dataclass
class Reading:
    """What one run gave: each address with what became of it, new problems and new notices."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass
class Follower:
    """Follows feeds of a site as `claims feeds` does, with a clock of its own."""

    database: Database
    site: Site
    clock: Clock
    fetcher: Fetcher

    def add(self, path: str, every: int = 3600, outlet: str | None = None) -> uuid.UUID:
        """Follow a feed."""
        feed = NewFeed(uuid.uuid4(), self.site.url(path), "The Pier", outlet, every)
        with self.database.writer() as session:
            add_feed(session, feed, added_by=sign_in(session, "Ann", uuid.uuid4()))
        return feed.id

    def run(
        self,
        feeds: Sequence[uuid.UUID] | None = None,
        *,
        now: bool = False,
        most_articles: int = 500,
    ) -> Reading:
        """Ask for what is due."""
        run = about(feeds, now=now, most_articles=most_articles)
        reading = Reading()
        for step in run_feeds(self.database, self.fetcher, lambda *_: (), run):
            if isinstance(step, Asked):
                state = step.result.state.value if step.result else "postponed"
                reading.asked.append((step.address.url.rpartition(":")[2].partition("/")[2], state))
                continue
            reading.notices += step.notices
            if isinstance(step.record, Problem) and step.new:
                reading.problems.append(step.record)
        return reading

    def later(self, delay: timedelta) -> None:
        """Let time pass."""
        self.clock.seconds += delay.total_seconds()
        moves = (
            "UPDATE claims.feed_address SET due_at = due_at - :delay",
            "UPDATE claims.feed_host SET not_before = not_before - :delay",
            "UPDATE claims.feed_host SET leased_until = leased_until - :delay",
        )
        with self.database.engine.begin() as connection:
            for move in moves:
                connection.execute(text(move), {"delay": delay})

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        with self.database.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def due_in(self, path: str) -> timedelta | None:
        """Until an address is asked again, in whole minutes."""
        query = "SELECT due_at - asked_at FROM claims.feed_address WHERE url = :url"
        with self.database.engine.connect() as connection:
            due_in = connection.scalar(text(query), {"url": self.site.url(path)})
        return due_in and timedelta(minutes=round(due_in.total_seconds() / 60))


def about(
    feeds: Sequence[uuid.UUID] | None = None, *, now: bool = False, most_articles: int = 500
) -> FeedRun:
    """A run of a process of its own."""
    return FeedRun(uuid.uuid4(), feeds, now, most_articles, "0", "0")


@pytest.fixture
def follower(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follower]:
    """Somebody who follows feeds of a site that answers on all addresses of this machine."""
    # The server's clock says when a host may be asked again: a test would wait for it.
    monkeypatch.setattr("claims.fetch.client.PAUSE", 0.0)
    with serve("") as site:
        clock = Clock()
        hosts = frozenset((f"127.0.0.{number}", site.port) for number in range(1, 10))
        made = fetcher_for(clock, hosts)
        yield Follower(database, site, clock, made)
        made.close()


def fetcher_for(clock: Clock, hosts: frozenset[tuple[str, int]]) -> Fetcher:
    """A fetcher that may reach some hosts, with a clock that only waiting moves."""

    def now() -> datetime:
        return NOW + timedelta(seconds=clock.seconds)

    return Fetcher("claims/0", now, lambda: clock.seconds, clock.wait, PublicBackend(hosts))
