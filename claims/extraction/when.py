"""When and where something was said, from the words around the cue."""

import calendar
import re
from datetime import date, timedelta

from claims.extraction.lexicon import VENUES
from claims.model.proposal import SaidOn

DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
DAY = "|".join(calendar.day_name)
MONTH = "|".join(MONTHS)
WHEN = re.compile(
    rf"\b(?:(?:late |early )?(?:on )?(?P<day>{DAY})"
    rf"|(?:on )?(?P<month>{MONTH}) (?P<number>\d{{1,2}})(?!\d)(?:, (?P<year>\d{{4}}))?"
    r"|(?P<relative>yesterday|today))\b",
    re.IGNORECASE,
)
VENUE = re.compile(
    r"\b(?:in|at|on|during) (?:an?|the|his|her|their) (?:[\w-]+ ){0,3}?"
    rf"(?:{'|'.join(sorted(VENUES, key=len, reverse=True))})\b"
    r"(?: (?:with|to|for|on) (?:(?!after\b|before\b|that\b)[\w-]+ ?){1,4})?",
    re.IGNORECASE,
)


def find_said_on(words: str, published: date | None) -> SaidOn | None:
    """When it was said: the printed words, and the day where the publication date tells it.

    Args:
        words: What stands around the cue, without the content.
        published: The day of publication; news tells what was, so "Thursday" is the last one
            before it, or the day itself.
    """
    match = WHEN.search(words)
    if match is None:
        return None
    day = _day_of(match, published) if published else None
    return SaidOn(match.group().strip(), day, day)


def find_venue(words: str) -> str | None:
    """Where or how it was said, as printed: "in an interview with state TV"."""
    match = VENUE.search(words)
    return match.group().strip() if match else None


def _day_of(match: re.Match[str], published: date) -> date | None:
    if match["day"]:
        back = (published.weekday() - DAYS[match["day"].lower()]) % 7
        return published - timedelta(days=back)
    if match["relative"]:
        return published - timedelta(days=match["relative"].lower() == "yesterday")
    year = int(match["year"]) if match["year"] else published.year
    try:
        day = date(year, MONTHS[match["month"].lower()], int(match["number"]))
    except ValueError:
        return None
    if day > published and not match["year"]:
        return day.replace(year=year - 1) if (day.month, day.day) != (2, 29) else None
    return day
