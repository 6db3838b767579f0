"""Dates of pages as moments with their zones."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from claims.readers.options import midnight

EARLIEST = 1990
"""The web's first year: an earlier date of publication is a program's zero."""

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]+(?P<time>\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}(?::\d{2})?|[+-]\d{2})?)?\s*(?:\[[\w/+-]+\])?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?")
_HALF_DAY = re.compile(
    r"(?:\bat\s+)?(?P<hour>\d{1,2}):(?P<rest>\d\d(?::\d\d)?)\s*(?P<half>[ap])\.?m\b\.?",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(.*)")


def read_date(text: str) -> datetime | None:
    """A moment from a page; None if the text is not one.

    A time without a zone is taken for UTC, a day without a time is its midnight, UTC.
    """
    plain = " ".join(text.split())
    if slashed := _SLASHED.fullmatch(plain):
        plain = f"{slashed[1]}-{slashed[2]:0>2}-{slashed[3]:0>2}{slashed[4]}"
    elif compact := _COMPACT.fullmatch(plain):
        clock = f"T{compact[4]}:{compact[5]}:{compact[6] or '00'}" if compact[4] else ""
        plain = f"{compact[1]}-{compact[2]}-{compact[3]}{clock}"
    try:
        moment = _from_iso(plain) or from_mail(plain)
        # An offset at either end of the calendar names no moment in UTC.
        return moment if moment and moment.astimezone(UTC).year >= EARLIEST else None
    except (ValueError, OverflowError):
        return None


def first_date(texts: Iterable[str]) -> datetime | None:
    """The first of some texts that is a date, as exactly as another of the same day says it."""
    moments = [moment for moment in map(read_date, texts) if moment]
    if not moments:
        return None
    first = moments[0]
    if not is_whole_day(first):
        return first
    return next((m for m in moments if m.date() == first.date() and not is_whole_day(m)), first)


def is_whole_day(moment: datetime) -> bool:
    """Whether it stands for a day without a time."""
    return moment == midnight(moment.date())


def _from_iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day = date.fromisoformat(match["day"])
    if match["time"] is None:
        return midnight(day)
    zone = (match["zone"] or "").upper().replace("UTC", "+00:00").replace("GMT", "+00:00")
    moment = datetime.fromisoformat(f"{match['day']}T{match['time']}{zone}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def from_mail(text: str) -> datetime | None:
    """A moment as mails write it, or as a page does with the same words in another order.

    Raises:
        ValueError: It is one that does not exist.
    """
    if not re.search(r"[A-Za-z]{3}.*\d{4}.*\d:\d\d", text):
        return None
    # What reads mails knows no afternoon: "10:30 PM EST" was half past ten in the morning, UTC.
    moment = parsedate_to_datetime(_HALF_DAY.sub(_on_24_hours, text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _on_24_hours(clock: re.Match[str]) -> str:
    hour = int(clock["hour"])
    if 1 <= hour <= 12:  # noqa: PLR2004 - hours of a half day
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return f"{hour:02}:{clock['rest']}"
