"""An item of a feed as an article, or as the address of one.

An item with its full text is an article. Full text is what the feed calls content. A description is
a summary, unless the feed gives no content at all and the description has the words and paragraphs
of an article. What ends as a teaser ends is no full text, whatever it is called.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem, Reason
from claims.readers.html_text import text_of_fragment
from claims.readers.web_address import web_address
from claims.text.clean import clean_line, clean_text

Fields: TypeAlias = Mapping[str, Any]
"""What feedparser gives of a feed or an item."""

ARTICLE_WORDS, ARTICLE_PARAGRAPHS = 150, 3
"""From here a description is taken for an article; summaries in news feeds have 20 to 60 words."""
TEASER = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\b(?:read|see) more\b|\b(?:continue|keep) reading\b"
    r"|\bread the (?:full|whole|rest)\b|\bfull (?:story|article)\b)[^\n]{0,80}\Z",
    re.IGNORECASE,
)
SHOWN = 200
LONGEST = 1_000_000
MOST_TAGS = 100_000
"""Characters and tags of an item's content; what has more is no article."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What the items of a feed share.

    Attributes:
        location: What to call it in problems.
        raw: Its bytes.
        reader: Which reader reads it.
        media_type: Of its bytes.
        outlet: Who publishes it.
        language: Of its items, unless they say otherwise.
        has_content: Whether any item has content of its own.
        only_date_is_published: Whether the only date of an item is when it was published, as
            `dc:date` is in RSS; Atom's `updated` may be any later moment.
        published_at: When the items were published that do not say it.
    """

    location: str
    raw: bytes
    reader: str
    media_type: str
    outlet: str | None
    language: str | None
    has_content: bool
    only_date_is_published: bool
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Dates:
    published: datetime | None
    updated: datetime | None


def read_entry(feed: Feed, number: int, entry: Fields) -> Iterator[ReaderRecord]:
    """The article or address of an item, and its problems.

    Args:
        feed: What it is part of.
        number: Which item of the feed it is, from 1.
        entry: What feedparser gives of it.
    """
    addresses = _addresses(entry)
    external_id = clean_line(entry.get("id") or "") or None
    name = external_id or next(iter(addresses), f"item {number}")
    yield from _bad_dates(feed.location, name, entry)
    text = _full_text(feed, entry)
    if text:
        yield _article(feed, number, entry, text=text, addresses=addresses, name=name)
    elif addresses:
        dates = _dates(feed, entry)
        yield ArticleAddress(
            url=addresses[0],
            place=f"{feed.location}#{number}",
            external_id=external_id,
            title=_title(entry),
            published_at=dates.published,
            changed_at=dates.updated,
            language=_language(entry) or feed.language,
        )
    else:
        detail = f"{name[:SHOWN]} has neither its text nor an address"
        yield Problem(feed.location, Reason.MISSING_TEXT, detail)


def _article(
    feed: Feed, number: int, entry: Fields, *, text: str, addresses: tuple[str, ...], name: str
) -> Article:
    dates = _dates(feed, entry)
    source = entry.get("source") or {}
    return Article(
        text=text,
        reader=feed.reader,
        place=f"{feed.location}#{number}",
        archived=feed.raw,
        external_id=clean_line(entry.get("id") or "") or None,
        url=next(iter(addresses), None),
        outlet=clean_line(source.get("title") or "") or feed.outlet,
        title=_title(entry),
        byline=_byline(entry),
        published_at=dates.published or feed.published_at,
        language=_language(entry) or feed.language or "en",
        media_type=feed.media_type,
        part=name,
        other_urls=addresses[1:],
        publisher_time=dates.updated,
    )


def _addresses(entry: Fields) -> tuple[str, ...]:
    """The item's addresses: the publisher's before that of a service that counts its readers."""
    links = (entry.get("feedburner_origlink"), entry.get("link"))
    return tuple(dict.fromkeys(filter(None, map(web_address, links))))


def _full_text(feed: Feed, entry: Fields) -> str | None:
    contents = [_text(content) for content in entry.get("content") or ()]
    if contents:
        text = max(contents, key=len)
    elif feed.has_content:
        return None
    else:
        text = _text(entry.get("summary_detail") or {})
        if len(text.split()) < ARTICLE_WORDS or text.count("\n") + 1 < ARTICLE_PARAGRAPHS:
            return None
    return None if not text or TEASER.search(text) else text


def _text(content: Fields) -> str:
    """Text of something that is HTML, or that feedparser found to be plain."""
    value = content.get("value") or ""
    if len(value) > LONGEST or value.count("<") > MOST_TAGS:
        return ""
    if "html" in (content.get("type") or "html"):
        return text_of_fragment(value, content.get("language") or "en")
    lines = (" ".join(line.split()) for line in value.splitlines())
    return clean_text("\n".join(filter(None, lines))).text


def _title(entry: Fields) -> str | None:
    return clean_line(_text(entry.get("title_detail") or {})) or None


def _byline(entry: Fields) -> str | None:
    names = [clean_line(author.get("name") or "") for author in entry.get("authors") or ()]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _language(entry: Fields) -> str | None:
    contents = entry.get("content") or [entry.get("summary_detail") or {}]
    return clean_line(contents[0].get("language") or "") or None


def _dates(feed: Feed, entry: Fields) -> _Dates:
    # `get` and `[]` give the date of publication for `updated` if that is missing.
    published, updated = _dated(entry, "published"), _dated(entry, "updated")
    if published is None and feed.only_date_is_published:
        return _Dates(updated, None)
    return _Dates(published, updated)


def _moment(parsed: Sequence[int] | None) -> datetime | None:
    """A moment that feedparser parsed, which it gives in UTC."""
    if parsed is None:
        return None
    try:
        year, month, day, hour, minute, second, *_ = parsed
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def _dated(entry: Fields, field: str) -> datetime | None:
    # Of a damaged feed one may be there without the other, or be of another type.
    if f"{field}_parsed" not in entry or field not in entry:
        return None
    return _by_own_clock(_moment(entry[f"{field}_parsed"]), str(entry[field]))


def _by_own_clock(moment: datetime | None, printed: str) -> datetime | None:
    """The same moment with the offset that is printed, if that is written as the standards say."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            own = read(printed.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if own.tzinfo and own.replace(microsecond=0) == moment:
            return own.replace(microsecond=0)
    return moment


def _bad_dates(location: str, name: str, entry: Fields) -> Iterator[Problem]:
    for field in ("published", "updated"):
        value = clean_line(str(entry[field])) if field in entry else ""
        if value and _moment(entry.get(f"{field}_parsed")) is None:
            detail = f"a date of {name[:SHOWN]} cannot be read; it was left out"
            yield Problem(location, Reason.BAD_DATE, detail, field=field, value=value[:SHOWN])
