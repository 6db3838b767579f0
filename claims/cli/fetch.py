"""claims fetch."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from claims.cli.compare import compare_articles
from claims.cli.context import open_database
from claims.cli.ingest import propose, report, show_progress

if TYPE_CHECKING:
    from claims.database.engine import Database
    from claims.fetch.client import Fetcher
    from claims.ingest.unchanged import KnownPages, Unchanged
    from claims.model.article import ReaderRecord
    from claims.readers.options import ReadOptions


@click.command()
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@click.option("--outlet", help="Outlet that published the articles.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True,
              help="Most articles to fetch that a feed or sitemap only names.")  # fmt: skip
def fetch(urls: tuple[str, ...], outlet: str | None, limit: int) -> int:
    """Fetch articles from the web and store the claims found in them.

    URL is the address of a page, a feed or a sitemap; use - to read addresses from standard input,
    one a line. The items that a feed or sitemap only names are fetched too. What the site's
    robots.txt forbids is not fetched, nor is any address that is not public. A host is asked once
    a second, or as slowly as its robots.txt asks; what would have to wait for more than 30 seconds
    is reported instead. What came is kept as evidence. Fetching a page again records that it was
    seen, and its next version if a word has changed; a server that can tell sends the page only if
    it has changed.
    """
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.ingest.articles import ingest_articles
    from claims.ingest.run import make_run
    from claims.ingest.unchanged import KnownPages
    from claims.readers.options import ReadOptions
    from claims.text.clean import clean_line

    options = ReadOptions(outlet=clean_line(outlet or "") or None, now=datetime.now(UTC))
    with open_database() as database:
        known_pages = KnownPages(database, VERSION, with_outlet=options.outlet is not None)
        outcomes = ingest_articles(
            database,
            _records(_addresses(urls), options, limit, known_pages),
            propose,
            run=make_run("fetch", urls, __version__, VERSION),
            clock=lambda: datetime.now(UTC),
        )
        with show_progress(outcomes) as counted_outcomes:
            code = report(counted_outcomes, "stored")
        compare_articles(database)
        return code


def _addresses(urls: Sequence[str]) -> Iterator[str]:
    for url in urls:
        if url != "-":
            yield url
            continue
        yield from (line.strip() for line in sys.stdin if line.strip())


def _records(
    urls: Iterator[str], options: "ReadOptions", limit: int, known_pages: "KnownPages"
) -> "Iterator[ReaderRecord | Unchanged]":
    """The records behind addresses, and behind those that feeds and sitemaps name."""
    from claims.model.article_address import ArticleAddress

    fetcher = make_fetcher(known_pages.database)
    try:
        asked: set[str] = set()
        for url in urls:
            named: list[ArticleAddress] = []
            for record in _read(fetcher, url, options, known_pages):
                if isinstance(record, ArticleAddress) and len(named) < limit:
                    named.append(record)
                else:
                    yield record
            asked.add(url)
            for address in named:
                if address.url not in asked:
                    asked.add(address.url)
                    yield from _read(fetcher, address.url, options, known_pages)
    finally:
        fetcher.close()


def _read(
    fetcher: "Fetcher", url: str, options: "ReadOptions", known_pages: "KnownPages"
) -> "Iterator[ReaderRecord | Unchanged]":
    from claims.fetch.page import UnchangedPage
    from claims.fetch.records import read_fetched

    answer = fetcher.fetch(url, known_pages)
    if isinstance(answer, UnchangedPage):
        yield known_pages.take(answer)
    else:
        yield from read_fetched(answer, options)


def make_fetcher(database: "Database") -> "Fetcher":
    """A fetcher with this machine's clock, for one run."""
    from claims.fetch.opening import make_fetcher as make
    from claims.ingest.pace import reserve_turns

    return make(reserve_turns(database))
