"""How long until an address is asked for again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

REREAD = tuple(timedelta(hours=hours) for hours in (1, 3, 12, 24, 72, 168))
"""From each reading of an article to the next; after the last it is left alone. News is edited in
its first hours: twelve days are covered by seven requests."""

RECENT = timedelta(days=14)
"""An older article is read once: a feed that is new to us names old ones too."""

RETRY = tuple(timedelta(hours=hours) for hours in (1, 24, 168))
"""From each failure of an article in a row to the next try; after the last it is given up."""

LONGEST = timedelta(days=1)
"""To which the interval of a feed that fails is doubled, unless it is longer itself."""


def next_reading(readings: int, published_at: datetime | None, now: datetime) -> timedelta | None:
    """Until an article is read again; None if never.

    Args:
        readings: How often it was read so far, at least once.
        published_at: When it was published, if that is known.
        now: When it was read last.
    """
    is_old = published_at is not None and now - published_at > RECENT
    return None if is_old else _nth(REREAD, readings)


def next_try(failures: int) -> timedelta | None:
    """Until an article is tried again that failed so many times in a row; None if never."""
    return _nth(RETRY, failures)


def next_feed_try(every: timedelta, failures: int) -> timedelta:
    """Until a feed is tried again that failed so many times in a row."""
    doublings = min(failures, 20)  # more would be no different, and too large a number
    doubled: timedelta = every * 2**doublings
    return min(doubled, max(every, LONGEST))


def _nth(intervals: Sequence[timedelta], number: int) -> timedelta | None:
    return intervals[number - 1] if number <= len(intervals) else None
