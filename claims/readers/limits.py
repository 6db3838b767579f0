"""What a database stores of an article: a field that it refuses costs the field, not the article.

An index of PostgreSQL's takes 2,704 bytes, a date has a year of four digits in UTC, and an address
that no program can take apart leads nowhere.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.text.clean import clean_text

LONGEST_ADDRESS = 2000
"""Bytes in UTF-8; browsers and web servers take about as many."""

LONGEST_NAME = 1000
"""Bytes of an outlet's name or an article's id: two may share a row of an index."""

LONGEST_LANGUAGE = 100
FIRST_YEAR, LAST_YEAR = 1000, 9998
"""Of a day of publication: earlier ones are a program's zero; "next week" of a later one has five
digits."""

MOST_VERSION = 2**63 - 1
"""The highest number of a version; what is higher counts nothing."""

SHOWN = 200
NAMES = ("external_id", "outlet", "evolved_from", "credit")
CALLED = {("external_id", "jsonl"): "doc_id"}
"""What a reader's input calls a field, if it calls it otherwise."""

MOMENTS = {"published_at": "published", "publisher_time": "version's time"}
"""Moments that a publisher states, and what people call them."""


def within_limits(location: str, article: Article) -> Iterator[Article | Problem]:
    """The article without the fields that cannot be stored, after a problem for each of these."""
    long = {
        field: value
        for field in NAMES
        if (value := getattr(article, field)) and not _fits(value, LONGEST_NAME)
    }
    for field, value in long.items():
        called = CALLED.get((field, article.reader.partition("/")[0]), field)
        yield _too_long(location, article, called, value, most=LONGEST_NAME)
    changes: dict[str, str | tuple[str, ...] | None] = dict.fromkeys(long)
    if article.url and not is_storable_address(article.url):
        yield _bad_address(location, article, article.url)
        changes["url"] = None
    if not _fits(article.language, LONGEST_LANGUAGE):
        yield _too_long(location, article, "language", article.language, most=LONGEST_LANGUAGE)
        changes["language"] = "und"
    for field, called in MOMENTS.items():
        moment: datetime | None = getattr(article, field)
        if moment and not is_storable_moment(moment):
            detail = f"a year is {FIRST_YEAR} to {LAST_YEAR}; the article was read without it"
            what = (Reason.BAD_DATE, detail)
            yield _problem(location, article, what, (called, moment.isoformat()))
            changes[field] = None
    if abs(article.publisher_version or 0) > MOST_VERSION:
        what = (Reason.BAD_FIELD, "no counter is that high; the article was read without it")
        version = ("version", str(article.publisher_version))
        yield _problem(location, article, what, version)
        changes["publisher_version"] = None
    urls = tuple(filter(is_storable_address, article.other_urls))
    ids = tuple(one for one in article.other_ids if _fits(one, LONGEST_NAME))
    if len(urls) < len(article.other_urls):
        changes["other_urls"] = urls
    if len(ids) < len(article.other_ids):
        changes["other_ids"] = ids
    yield replace(article, **changes) if changes else article  # type: ignore[arg-type]


def is_storable_address(url: str) -> bool:
    """Whether an address is short enough, and can be taken apart."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return _fits(url, LONGEST_ADDRESS)


def is_storable_moment(moment: datetime) -> bool:
    """Whether a moment's year in UTC is one of four digits that people write."""
    try:
        return FIRST_YEAR <= moment.astimezone(UTC).year <= LAST_YEAR
    except OverflowError:
        return False


def _fits(value: str, most: int) -> bool:
    return len(value) <= most and len(value.encode(errors="replace")) <= most


def _bad_address(location: str, article: Article, url: str) -> Problem:
    if _fits(url, LONGEST_ADDRESS):
        what = (Reason.BAD_FIELD, "no program can follow it; the article was read without it")
        return _problem(location, article, what, ("url", url))
    return _too_long(location, article, "url", url, most=LONGEST_ADDRESS)


def _too_long(location: str, article: Article, field: str, value: str, *, most: int) -> Problem:
    what = (Reason.TOO_LARGE, f"it is longer than {most} bytes; the article was read without it")
    return _problem(location, article, what, (field, value))


def _problem(
    location: str, article: Article, what: tuple[Reason, str], field: tuple[str, str]
) -> Problem:
    """The problem of a field and its value, at the line of the article if its input has lines."""
    name, value = field
    _, _, line = article.place.rpartition(":")
    at_line = article.place == f"{location}:{line}" and line.isdecimal()
    cleaned = clean_text(value[: 2 * SHOWN]).text[:SHOWN]
    return Problem(location, *what, int(line) if at_line else None, name, cleaned)
