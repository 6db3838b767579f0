"""Days as people write them in sheets: in ISO 8601, in words, or as figures in some order."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from enum import StrEnum

from claims.readers.html_dates import from_mail
from claims.readers.jsonl import moment_of

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>(?:jan|febr?|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*)\.?"  # May, Sept.
)
_CLOCK = (
    r"(?:[ ,T]+(?:at )?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<seconds>\d\d))?"
    r" ?(?P<half>[ap]\.?m\.?)?)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-./])(?P<number>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<first>\d{1,2})(?P<mark>[-./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?{_MONTH},? (?P<year>\d{{4}})",
        rf"{_WEEKDAY}{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)


class DayOrder(StrEnum):
    """In which order a sheet writes a day in figures."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class UnclearDayError(ValueError):
    """It may be one of two days."""


def read_day_cell(cell: str, order: DayOrder | None = None) -> datetime:
    """The moment in a cell; a day is its midnight, a time without a zone is taken for UTC.

    Args:
        cell: What the sheet has.
        order: How it writes days in figures, if somebody knows: 03/05/2024 may be two days, while
            13/05/2024 is one.

    Raises:
        UnclearDayError: It may be two days, and no order was given.
        ValueError: It is no day.
    """
    plain = " ".join(cell.split())
    try:
        return moment_of(plain)
    except ValueError:
        pass
    match = next(filter(None, (form.fullmatch(plain) for form in _FORMS)), None)
    if match is None:
        moment = from_mail(plain)
        if moment is None:
            raise ValueError("no day")
        return moment
    return datetime.combine(_day(match.groupdict(), order), _time(match.groupdict()), UTC)


def _day(parts: dict[str, str | None], order: DayOrder | None) -> date:
    year = int(parts["year"] or 0)
    if parts.get("first"):
        return _figures(year, int(parts["first"] or 0), int(parts["second"] or 0), order)
    name = (parts.get("month") or "")[:3].lower()
    month = MONTHS.index(name) + 1 if name else int(parts["number"] or 0)
    return date(year, month, int(parts["day"] or 0))


def _figures(year: int, first: int, second: int, order: DayOrder | None) -> date:
    if order is DayOrder.DAY_FIRST:
        return date(year, second, first)
    if order is DayOrder.MONTH_FIRST:
        return date(year, first, second)
    days = {date(year, month, day) for month, day in ((first, second), (second, first))
            if 1 <= month <= len(MONTHS) and 1 <= day <= monthrange(year, month)[1]}  # fmt: skip
    if len(days) > 1:
        raise UnclearDayError
    if not days:
        raise ValueError("no such day")
    return days.pop()


def _time(parts: dict[str, str | None]) -> time:
    if parts["hour"] is None:
        return time.min
    hour, half = int(parts["hour"]), (parts["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a half day
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, int(parts["minute"] or 0), int(parts["seconds"] or 0))
