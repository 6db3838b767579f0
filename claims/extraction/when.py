"""When and where something was said, from the words around the cue."""

import calendar
import re
from collections.abc import Sequence
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
OTHER_DAY = re.compile(
    r"\b(?:since|until|till|by|before|after|next|every|each|following|for)\s+$",
    re.IGNORECASE,
)
"""Before a day on which something else was, will be, or began."""

DATELINE = re.compile(
    r"\s*(?!(?i:on|in|late|early)\b)(?:(?P<place>[^\W\d_][\w.'’-]*(?:[ /-][A-Z][\w.'’-]*){0,3}"
    r"(?:, [A-Z][\w.]*(?: [A-Z][\w.]*)?)?),? )?"
    rf"(?P<date>(?i:{WHEN.pattern}))\s*(?P<wire>\([^()\n]{{2,40}}\)|/[A-Z][A-Z ]+/)?"
    r"\s*(?:[–—]|--?(?=\s)|:)\s"
)
"""Where and when an article was sent, not when somebody spoke: `LONDON, May 4 (Wire) —`."""

OPENING = " \n\"“‘'([•*–—-"
LAST_WORD = re.compile(r"(\w+) $")
NAME_AFTER = re.compile(r" (?:[A-Z]|of [A-Z])")

FEASTS = frozenset(
    {"ash", "bank", "black", "bloody", "boxing", "cyber", "easter", "election", "giving", "good",
     "holy", "independence", "maundy", "palm", "primary", "shrove", "super"}
)  # fmt: skip
"""Words that make a day of the week a day of the year, or the name of what happened on it."""

Days = tuple[date, date]


def find_said_on(
    words: str, published: date | None, at: int = 0, names: Sequence[Span] = ()
) -> SaidOn | None:
    """When it was said: the printed words, and the days that the publication date makes of them.

    Args:
        words: What stands around the cue, without the content; they begin with a sentence.
        published: The day of publication. News reports the past, so "Thursday" is the last one
            before it, or the day itself.
        at: The offset of the words in the article.
        names: Where sources are named: the day in "the Sunday Post" is none.

    Returns:
        A range of days if the words name a week, a month or a year, never after the publication.
    """
    begin = _end_of_dateline(words)
    for match in WHEN.finditer(words, begin):
        start, end = at + match.start(), at + match.end()
        named = any(start < name.end and name.start < end for name in names)
        if not named and _is_day(words, match, begin):
            break
    else:
        return None
    days = _days_of(match, published) if published else None
    first, last = days or (None, None)
    return SaidOn(match.group(), first, last, _spans_of(match, at))


def _end_of_dateline(words: str) -> int:
    dateline = DATELINE.match(words)
    if dateline is None or (dateline["place"] or "").lower() in DAYS:
        return 0
    return dateline.end() if dateline["place"] or dateline["wire"] else 0


def _is_day(words: str, match: re.Match[str], begin: int) -> bool:
    """Whether a match names the day of what is told, and is no part of a name or another's day."""
    before, after = words[begin : match.start()], words[match.end() :]
    if after.startswith(("'s", "’s")) or OTHER_DAY.search(before):
        return False
    if match["relative"] and match.group()[0].isupper():
        # "Today" within a sentence is the name of a paper or a broadcast.
        return not before.strip(OPENING) and not NAME_AFTER.match(after)
    if match["day"]:
        last = LAST_WORD.search(before)
        if last and last[1].lower() in FEASTS:
            return False
        # "Sunday Post", "the Friday Prayers": a name; "on Sunday Quill said" is a day.
        return match.group().lower() != match["day"].lower() or not NAME_AFTER.match(after)
    return True


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
