"""When and where something was said, from the words around the cue."""

import calendar
import re
from datetime import date, timedelta

from claims.extraction.lexicon import VENUES
from claims.model.proposal import SaidOn, Venue
from claims.model.span import Span, Spans

DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
DAY = "|".join(calendar.day_name)
MONTH = "|".join(MONTHS)
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
WHEN = re.compile(
    rf"\b(?:(?:late |early )?(?:on )?(?P<day>{DAY})"
    rf"|(?:on )?(?:(?P<month>{MONTH}) (?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"|(?P<first>\d{{1,2}})(?:st|nd|rd|th)? (?P<after>{MONTH}))(?:,? (?P<year>\d{{4}}))?"
    rf"|(?:in|last|this) (?P<whole>{MONTH})(?: (?P<of>\d{{4}}))?"
    r"|(?P<relative>yesterday|today|tonight|this morning|this afternoon|this evening)"
    rf"|(?P<ago>{'|'.join(NUMBERS)}) (?P<unit>day|week)s? ago"
    r"|(?:earlier |late |early )?(?P<span>last week|this week|last month|this month|last year))\b",
    re.IGNORECASE,
)
VENUE = re.compile(
    r"\b(?:in|at|on|during) (?:an?|the|his|her|their) (?:[\w-]+ ){0,3}?"
    rf"(?:{'|'.join(sorted(VENUES, key=len, reverse=True))})\b"
    r"(?: (?:with|to|for|on) (?:(?!after\b|before\b|that\b)[\w-]+ ?){1,4})?",
    re.IGNORECASE,
)
Days = tuple[date, date]


def find_said_on(words: str, published: date | None, at: int = 0) -> SaidOn | None:
    """When it was said: the printed words, and the days that the publication date makes of them.

    Args:
        words: What stands around the cue, without the content.
        published: The day of publication. News reports the past, so "Thursday" is the last one
            before it, or the day itself.
        at: The offset of the words in the article.

    Returns:
        A range of days if the words name a week, a month or a year, never after the publication.
    """
    match = WHEN.search(words)
    if match is None:
        return None
    days = _days_of(match, published) if published else None
    first, last = days or (None, None)
    return SaidOn(match.group(), first, last, _spans_of(match, at))


def find_venue(words: str, at: int = 0) -> Venue | None:
    """Where or how it was said, from words that begin at an offset in the article."""
    match = VENUE.search(words)
    return Venue(match.group().rstrip(), _spans_of(match, at)) if match else None


def _spans_of(match: re.Match[str], at: int) -> Spans:
    return (Span(at + match.start(), at + match.start() + len(match.group().rstrip())),)


def _days_of(match: re.Match[str], published: date) -> Days | None:
    if match["day"]:
        return _one(published - timedelta((published.weekday() - DAYS[match["day"].lower()]) % 7))
    if match["relative"]:
        return _one(published - timedelta(match["relative"].lower() == "yesterday"))
    if match["ago"]:
        days = NUMBERS[match["ago"].lower()] * (7 if match["unit"].lower() == "week" else 1)
        return _one(published - timedelta(days))
    if match["span"]:
        return _span(match["span"].lower(), published)
    if match["whole"]:
        return _month(match, published)
    return _date(match, published)


def _one(day: date) -> Days:
    return day, day


def _span(words: str, published: date) -> Days:
    monday = published - timedelta(published.weekday())
    first = published.replace(day=1)
    before = first - timedelta(1)
    year = published.year - 1
    return {
        "this week": (monday, published),
        "last week": (monday - timedelta(7), monday - timedelta(1)),
        "this month": (first, published),
        "last month": (before.replace(day=1), before),
        "last year": (date(year, 1, 1), date(year, 12, 31)),
    }[words]


def _month(match: re.Match[str], published: date) -> Days | None:
    month = MONTHS[match["whole"].lower()]
    year = int(match["of"]) if match["of"] else published.year
    if not match["of"] and date(year, month, 1) > published:
        year -= 1
    if not 1 <= year <= published.year:
        return None
    last = date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, 1), min(last, published)


def _date(match: re.Match[str], published: date) -> Days | None:
    year = int(match["year"]) if match["year"] else published.year
    month = MONTHS[(match["month"] or match["after"]).lower()]
    try:
        day = date(year, month, int(match["number"] or match["first"]))
    except ValueError:
        return None
    if day > published and not match["year"]:
        return _one(day.replace(year=year - 1)) if (day.month, day.day) != (2, 29) else None
    return _one(day)
