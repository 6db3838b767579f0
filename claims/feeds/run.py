"""Asks for what is due, stores what came, and says when each address is asked again."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.errors.base import DatabaseError
from claims.feeds.follow import schedule_feeds
from claims.feeds.read import feed_format, read_feed
from claims.feeds.results import (
    Result,
    Success,
    article_result,
    failed_result,
    feed_result,
    report_failure,
    report_return,
)
from claims.feeds.schedule import (
    LEASE,
    Feeds,
    lease_address,
    make_feeds_due,
    postpone,
    release_host,
    renew_lease,
    save_addresses,
    save_result,
    seconds_to_wait,
)
from claims.fetch.client import ACCEPT_FEED, LONGEST_PAUSE, Fetcher
from claims.fetch.page import FailedFetch, FetchedPage, UnchangedPage, Validators
from claims.fetch.records import read_fetched
from claims.ingest.articles import Outcome, Propose, ingest_articles
from claims.ingest.run import make_run
from claims.ingest.unchanged import KnownPages, Unchanged
from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.feed import ScheduledAddress, ScheduledKind
from claims.model.kinds import DocumentStatus
from claims.model.notice import Notice, NoticeKind
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions
from claims.schema import DocumentAddressRow, DocumentRow, NoticeRow

MOST_NAMED = 1000
"""Addresses that are taken from one reading of a feed; a news sitemap may have as many."""


@dataclass(frozen=True, slots=True)
class FeedRun:
    """What one run is about.

    Attributes:
        holder: An id of this process.
        feeds: The feeds; None for all.
        now: Whether to ask for them although they are not due.
        most_articles: Addresses of articles that are asked for.
        tool_version: Version of the program.
        extractor_version: Version of the rules.
    """

    holder: uuid.UUID
    feeds: Feeds
    now: bool
    most_articles: int
    tool_version: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An address that was asked for.

    Attributes:
        result: What became of it; None if its host wants to be left alone, and it was not asked.
    """

    address: ScheduledAddress
    result: Result | None


Step: TypeAlias = Outcome | Asked


def run_feeds(
    database: Database, fetcher: Fetcher, propose: Propose, run: FeedRun
) -> Iterator[Step]:
    """Ask for whatever is due until nothing is; a kill at any moment is safe to repeat.

    Yields:
        The outcome of each record and of each address, once it is stored.

    Raises:
        DatabaseError: The database refuses or is gone.
    """
    with database.writer() as session:
        schedule_feeds(session)
        if run.now:
            make_feeds_due(session, run.feeds)
    asker = _Asker(database, fetcher, propose, run, KnownPages(database, run.extractor_version))
    left = run.most_articles
    while True:
        with database.writer() as session:
            address = lease_address(session, run.holder, run.feeds, articles=left > 0)
        if address:
            left -= address.kind is ScheduledKind.ARTICLE
            try:
                yield from asker.ask(address)
            except BaseException:
                asker.give_back(address)
                raise
            continue
        with database.reader() as session:
            seconds = seconds_to_wait(session, run.feeds, articles=left > 0)
        if seconds is None or seconds > LONGEST_PAUSE:
            return
        fetcher.wait(seconds)


@dataclass(slots=True)
class _Asker:
    """Asks for one address after another.

    Attributes:
        renewed: When the lease was renewed last, by the fetcher's clock.
    """

    database: Database
    fetcher: Fetcher
    propose: Propose
    run: FeedRun
    pages: KnownPages
    renewed: float = field(init=False, default=0.0)

    def ask(self, address: ScheduledAddress) -> Iterator[Step]:
        """Ask for an address whose host is leased, store what comes, and give the host back."""
        self.renewed = self.fetcher.clock()
        if address.kind is ScheduledKind.FEED:
            validators = partial(_feed_validators, address)
            answer = self.fetcher.fetch(address.url, validators, accept=ACCEPT_FEED)
        else:
            answer = self.fetcher.fetch(address.url, self.pages)
        if isinstance(answer, FailedFetch):
            yield from self._failed(address, answer)
        elif address.kind is ScheduledKind.FEED:
            yield from self._feed(address, answer)
        else:
            yield from self._article(address, answer)

    def give_back(self, address: ScheduledAddress) -> None:
        """Let others ask the host at once, if whoever stopped this run has left time for it."""
        with suppress(DatabaseError), self.database.writer() as session:
            self._release(session, address)

    def _feed(self, address: ScheduledAddress, answer: Success) -> Iterator[Step]:
        named: list[ArticleAddress] = []
        if isinstance(answer, FetchedPage):
            form = feed_format(answer)
            if form is None:
                status = answer.capture.http_status
                failed = FailedFetch(address.url, "there is no feed in it", status=status)
                yield from self._failed(address, failed, Reason.NO_FEED)
                return
            records = read_feed(answer, form, self._options(address))
            yield from self._ingest(address, _without_addresses(records, named))
        result = feed_result(address, answer)
        problems = self._settle(address, result, named)
        yield Asked(address, result)
        yield from self._ingest(address, problems)

    def _article(self, address: ScheduledAddress, answer: Success) -> Iterator[Step]:
        read: list[Article] = []
        if isinstance(answer, UnchangedPage):
            yield from self._ingest(address, [self.pages.take(answer)])
        else:
            records = read_fetched(answer, self._options(address))
            yield from self._ingest(address, _articles(records, address, read))
        yield from self._ingest(address, self._returned(address, answer))
        result = article_result(
            address,
            answer,
            published_at=read[0].published_at if read else None,
            is_article=bool(read) or isinstance(answer, UnchangedPage),
        )
        self._settle(address, result)
        yield Asked(address, result)

    def _returned(self, address: ScheduledAddress, answer: Success) -> list[Notice]:
        """What is proposed if the page of a withdrawn article was missing and is there again."""
        report = report_return(address, answer)
        if report is None:
            return []
        with self.database.reader() as session:
            return [report] if _is_withdrawn(session, address.id) else []

    def _failed(
        self, address: ScheduledAddress, answer: FailedFetch, reason: Reason | None = None
    ) -> Iterator[Step]:
        now = self.fetcher.now()
        if answer.is_postponed and answer.again_at:
            with self.database.writer() as session:
                if self._release(session, address):
                    postpone(session, address, answer.again_at - now)
            yield Asked(address, None)
            return
        result = failed_result(address, answer, now)
        with self.database.reader() as session:
            is_stored = _is_stored(session, address.id)
            is_proposed = _is_proposed(session, address.id)
        report = report_failure(address, answer, result, is_stored=is_stored)
        if isinstance(report, Notice) and is_proposed:
            report = None
        if isinstance(report, Problem) and reason:
            report = replace(report, reason=reason)
        yield from self._ingest(address, [report] if report else [])
        self._settle(address, result)
        yield Asked(address, result)

    def _ingest(
        self, address: ScheduledAddress, records: Iterable[ReaderRecord | Unchanged]
    ) -> Iterator[Outcome]:
        """Store records; the lease is renewed while that takes long."""
        versions = (self.run.tool_version, self.run.extractor_version)
        outcomes = ingest_articles(
            self.database,
            records,
            self.propose,
            run=make_run("feeds run", (address.feed_url,), *versions),
            clock=self.fetcher.now,
        )
        for outcome in outcomes:
            yield outcome
            if self.fetcher.clock() - self.renewed > LEASE / 3:
                with self.database.writer() as session:
                    renew_lease(session, address.host, self.run.holder)
                self.renewed = self.fetcher.clock()

    def _settle(
        self, address: ScheduledAddress, result: Result, named: Iterable[ArticleAddress] = ()
    ) -> list[Problem]:
        """Save what became of an address and give its host back, in one transaction.

        Whoever lost the lease saves nothing: the address is another's by now.

        Returns:
            A problem for each address in `named` that is refused.
        """
        with self.database.writer() as session:
            if not self._release(session, address):
                return []
            problems = save_addresses(session, address.feed, named)
            save_result(session, address, result)
        return problems

    def _release(self, session: Session, address: ScheduledAddress) -> bool:
        ahead = self.fetcher.seconds_ahead(address.url)
        return release_host(session, address.host, self.run.holder, ahead)

    def _options(self, address: ScheduledAddress) -> ReadOptions:
        return ReadOptions(outlet=address.outlet, now=self.fetcher.now())


def _feed_validators(address: ScheduledAddress, url: str) -> Validators | None:
    """Those of a feed, for the address that gave them and no other that it is redirected to."""
    if url != address.answered_by or not (address.etag or address.last_modified):
        return None
    return Validators(address.etag, address.last_modified)


def _without_addresses(
    records: Iterable[ReaderRecord], named: list[ArticleAddress]
) -> Iterator[ReaderRecord]:
    """The other records of a feed; the addresses are added to a list."""
    left_out = 0
    for record in records:
        if not isinstance(record, ArticleAddress):
            yield record
        elif len(named) < MOST_NAMED:
            named.append(record)
        else:
            left_out += 1
    if left_out:
        place = named[0].place.partition("#")[0]
        detail = f"it names more than {MOST_NAMED} addresses; the last ones were left out"
        yield Problem(place, Reason.TOO_LARGE, detail)


def _articles(
    records: Iterable[ReaderRecord], address: ScheduledAddress, read: list[Article]
) -> Iterator[ReaderRecord]:
    """The records of a page; its articles are added to a list.

    An article that does not say when it was published was published when the feed says.
    """
    named = 0
    for record in records:
        if isinstance(record, Article):
            read.append(replace(record, published_at=record.published_at or address.published_at))
            yield read[-1]
        elif isinstance(record, ArticleAddress):
            named += 1
        else:
            yield record
    if named and not read:
        yield Problem(address.url, Reason.NO_ARTICLE, "it is a list of addresses, not an article")


def _is_stored(session: Session, address: uuid.UUID) -> bool:
    """Whether an article was met under an address."""
    query = select(exists().where(DocumentAddressRow.id == address))
    return bool(session.scalar(query))


def _is_proposed(session: Session, address: uuid.UUID) -> bool:
    """Whether a person is asked already to withdraw the article, as its page was missing."""
    query = select(NoticeRow.id).where(
        NoticeRow.address == address,
        NoticeRow.kind == NoticeKind.WITHDRAW,
        NoticeRow.signal.startswith("http-"),
        NoticeRow.document == DocumentRow.id,
        NoticeRow.id != func.all(DocumentRow.settled_notices),
    )
    return bool(session.scalar(select(exists(query))))


def _is_withdrawn(session: Session, address: uuid.UUID) -> bool:
    """Whether the article that was met under an address was withdrawn by a person."""
    query = select(DocumentRow.id).where(
        DocumentRow.id == DocumentAddressRow.document,
        DocumentAddressRow.id == address,
        DocumentRow.status == DocumentStatus.WITHDRAWN.value,
    )
    return bool(session.scalar(select(exists(query))))
