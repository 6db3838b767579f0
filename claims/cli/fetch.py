"""claims fetch."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from claims.cli.context import open_database
from claims.cli.ingest import propose, report, show_progress
from claims.settings import read_settings

if TYPE_CHECKING:
    from claims.fetch.client import Fetcher
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
    robots.txt forbids is not fetched, nor is any address that is not public; a host is asked once
    a second at most. What came is kept as evidence. Fetching a page again records that it was seen,
    and its next version if a word has changed.
    """
    from claims import __version__
    from claims.extraction.version import VERSION
    from claims.ingest.articles import ingest_articles
    from claims.ingest.run import make_run
    from claims.readers.options import ReadOptions
    from claims.text.clean import clean_line

    options = ReadOptions(outlet=clean_line(outlet or "") or None, now=datetime.now(UTC))
    with open_database() as database:
        outcomes = ingest_articles(
            database,
            _records(_addresses(urls), options, limit),
            propose,
            run=make_run("fetch", urls, __version__, VERSION),
            clock=lambda: datetime.now(UTC),
        )
        with show_progress(outcomes) as counted_outcomes:
            return report(counted_outcomes, "stored")


def _addresses(urls: Sequence[str]) -> Iterator[str]:
    for url in urls:
        if url != "-":
            yield url
            continue
        yield from (line.strip() for line in sys.stdin if line.strip())


def _records(urls: Iterator[str], options: "ReadOptions", limit: int) -> "Iterator[ReaderRecord]":
    """The records behind addresses, and behind those that feeds and sitemaps name."""
    from claims.fetch.records import read_fetched
    from claims.model.article_address import ArticleAddress

    fetcher = _fetcher()
    try:
        asked: set[str] = set()
        for url in urls:
            named: list[ArticleAddress] = []
            for record in read_fetched(fetcher.fetch(url), options):
                if isinstance(record, ArticleAddress) and len(named) < limit:
                    named.append(record)
                else:
                    yield record
            asked.add(url)
            for address in named:
                if address.url not in asked:
                    asked.add(address.url)
                    yield from read_fetched(fetcher.fetch(address.url), options)
    finally:
        fetcher.close()


def _fetcher() -> "Fetcher":
    import time

    from claims import __version__
    from claims.fetch.client import Fetcher
    from claims.fetch.connect import PublicBackend

    return Fetcher(
        agent=f"claims/{__version__}",
        now=lambda: datetime.now(UTC),
        clock=time.monotonic,
        wait=time.sleep,
        backend=PublicBackend(read_settings().fetch_allowed),
    )
