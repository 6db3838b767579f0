"""Looks at an address before it is followed: whether a feed is there, and what it holds."""

from dataclasses import dataclass
from datetime import datetime

from claims.feeds.errors import NoFeedError, UnreachableFeedError
from claims.feeds.read import feed_format, is_index, read_feed
from claims.fetch.page import Answer, FetchedPage
from claims.fetch.url import parse_url
from claims.model.article import Article
from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem
from claims.readers.feed_links import feeds_of_page, title_of_feed
from claims.readers.formats import Format
from claims.readers.options import ReadOptions

SHOWN = 3


@dataclass(frozen=True, slots=True)
class CheckedFeed:
    """What a feed holds.

    Attributes:
        url: Its address: if it has moved for good, the new one.
        title: What it calls itself; else its host.
        articles: How many items have their text.
        addresses: How many are to be fetched.
        newest: The newest day of publication.
        problems: What could not be read.
    """

    url: str
    title: str
    articles: int
    addresses: int
    newest: datetime | None
    problems: tuple[Problem, ...]


def check_feed(url: str, answer: Answer, options: ReadOptions) -> CheckedFeed:
    """Look at what an address answered.

    Raises:
        UnreachableFeedError: It cannot be fetched.
        NoFeedError: It is no feed; the feeds that the page names are in the message.
    """
    if not isinstance(answer, FetchedPage):
        raise UnreachableFeedError(url, getattr(answer, "detail", ""))
    form = feed_format(answer)
    if form is None:
        raise NoFeedError(url, _instead(answer))
    records = list(read_feed(answer, form, options))
    articles = [record for record in records if isinstance(record, Article)]
    addresses = [record for record in records if isinstance(record, ArticleAddress)]
    problems = tuple(record for record in records if isinstance(record, Problem))
    if problems and not articles and not addresses:
        raise NoFeedError(url, problems[0].detail)
    moments = [record.published_at for record in articles if record.published_at]
    moments += [record.published_at for record in addresses if record.published_at]
    return CheckedFeed(
        url=answer.capture.uri if answer.moved else parse_url(url).text,
        title=title_of_feed(answer.body, form) or parse_url(answer.capture.uri).host,
        articles=len(articles),
        addresses=len(addresses),
        newest=max(moments, default=None),
        problems=problems,
    )


def _instead(page: FetchedPage) -> str:
    """What to follow in place of something that is no feed."""
    if is_index(page):
        records = read_feed(page, Format.SITEMAP, ReadOptions())
        sitemaps = [record.url for record in records if isinstance(record, ArticleAddress)]
        return f"it is an index of sitemaps, which names {' and '.join(sitemaps[:SHOWN])}"
    feeds = feeds_of_page(page.body, page.charset, page.capture.uri)
    return f"it is a page, which names {' and '.join(feeds[:SHOWN])}" if feeds else ""
