"""Spans and days as PostgreSQL's ranges, and back."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.dialects.postgresql import Range

from claims.model.span import Span, Spans


def to_multirange(spans: Spans) -> list[Range[int]]:
    """Spans as an `int4multirange`."""
    return [Range(start, end) for start, end in spans]


def to_spans(multirange: Iterable[Range[int]]) -> Spans:
    """An `int4multirange` as spans; bounded, as the checks on every such column make it."""
    return tuple(Span(part.lower or 0, part.upper or 0) for part in multirange)


def to_daterange(first: date | None, last: date | None) -> Range[date] | None:
    """Days from first to last, both included, as a `daterange`; None if no day is known."""
    if first is None or last is None:
        return None
    return Range(first, last + timedelta(days=1))


def to_days(days: Range[date] | None) -> tuple[date, date] | None:
    """A bounded `daterange` as its first and last day, both included."""
    if days is None or days.lower is None or days.upper is None:
        return None
    return days.lower, days.upper - timedelta(days=1)


def to_open_range(first: date | None, last: date | None) -> Range[date]:
    """Days from first to last, both included, open at the end that is None."""
    return Range(first, last + timedelta(days=1) if last else None)


def to_known_days(days: Range[date]) -> tuple[date | None, date | None]:
    """First and last day of a `daterange`, both included; None at an open end."""
    return days.lower, days.upper - timedelta(days=1) if days.upper else None
