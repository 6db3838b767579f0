"""Moments as people write them, their zones, and the state of the data at one."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

WRITTEN = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<minute>\d{2}:\d{2})(?P<second>:\d{2})?(?P<part>\.\d{1,6})?)?"
    r" ?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
TICK = timedelta(microseconds=1)
"""The resolution of the database."""
MOST_MINUTES = 18 * 60
"""No clock is further from UTC."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, as exactly as it was written.

    Attributes:
        first: Its beginning; for a day, midnight.
        last: Its end; for a day, the last microsecond. A state is as of then: a decision made at
            12:00:30.5 is part of 12:00, and of 12:00:30.
        written: In one form: 2026-05-01, 2026-05-01T12:00Z.
    """

    first: datetime
    last: datetime
    written: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """A state of the data: all decisions up to one, all that was stored by a moment.

    Attributes:
        no: Number of the last decision that counts; 0 for none.
        at: What the machine stored until then counts.
        name: How it was asked for: `as of 2026-05-01`, `release spring`.
    """

    no: int
    at: datetime
    name: str

    def __str__(self) -> str:
        """As it is printed above the rows."""
        return f"{self.name}, {f'decision {self.no}' if self.no else 'before the first decision'}"


def offset_of(moment: datetime | None) -> int | None:
    """How many minutes a moment's clock is ahead of UTC, negative if behind.

    None for UTC itself, for no moment, and for what no clock shows.
    """
    ahead = moment.utcoffset() if moment else None
    minutes, rest = divmod(ahead or timedelta(), timedelta(minutes=1))
    return minutes if minutes and not rest and abs(minutes) <= MOST_MINUTES else None


def at_offset(moment: datetime | None, minutes: int | None) -> datetime | None:
    """The same moment by a clock so many minutes ahead of UTC; by UTC if that is None.

    What no calendar of that clock has (the first and last day of all) stays in UTC.
    """
    if moment is None or minutes is None:
        return moment
    try:
        return moment.astimezone(timezone(timedelta(minutes=minutes)))
    except OverflowError:
        return moment


def read_moment(text: str) -> Moment:
    """Parse a moment from `2026-05-01`, `2026-05-01T12:00` and finer, with a zone or in UTC.

    Raises:
        ValueError: It is not a moment, or the day or time does not exist.
    """
    match = WRITTEN.fullmatch(text.strip())
    if match is None or (match["part"] and not match["second"]):
        raise ValueError(text)
    minute, zone = match["minute"] or "00:00", match["zone"] or "Z"
    exactly = f"{match['second'] or ''}{match['part'] or ''}"
    first = datetime.fromisoformat(f"{match['day']}T{minute}{exactly}{zone}").astimezone(UTC)
    time = f"T{minute}{exactly}{zone}" if match["minute"] else match["zone"] or ""
    return Moment(first, first + _length(match) - TICK, match["day"] + time)


def _length(match: re.Match[str]) -> timedelta:
    if match["minute"] is None:
        return timedelta(days=1)
    if match["second"] is None:
        return timedelta(minutes=1)
    if match["part"] is None:
        return timedelta(seconds=1)
    return timedelta(microseconds=10 ** (7 - len(match["part"])))
