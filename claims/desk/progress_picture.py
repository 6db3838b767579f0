"""Progress as pictures: decisions a day as bars, scores against what people decided as points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.review.progress import DAYS, Day, ScoreBin

WIDTH, HEIGHT = 720, 150
GROUND, TALLEST = 124, 108
"""Where bars stand, and the height of the highest."""

SIDE, BORDER = 300, 36
"""The plot's side, and the room for what is written at its axes."""

WEEK = 7


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day's decisions."""

    x: float
    width: float
    height: float
    day: date
    number: int

    @property
    def top(self) -> float:
        """Its upper edge."""
        return GROUND - self.height


@dataclass(frozen=True, slots=True)
class DaysPicture:
    """Decisions a day.

    Attributes:
        bars: A bar for each day with a decision.
        weeks: Days that are written, with where.
        highest: The most decisions of a day.
    """

    bars: Sequence[DayBar]
    weeks: Sequence[tuple[float, date]]
    highest: int
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = GROUND


def draw_days(days: Sequence[Day], today: date) -> DaysPicture:
    """The last days as bars."""
    first = today - timedelta(days=DAYS)
    step = WIDTH / (DAYS + 1)
    highest = max((day.decisions for day in days), default=0)
    bars = [
        DayBar(
            round((day.day - first).days * step, 1),
            round(step - 2, 1),
            round(TALLEST * day.decisions / highest, 1),
            day.day,
            day.decisions,
        )
        for day in days
        if first <= day.day <= today
    ]
    weeks = [
        (round(number * step, 1), first + timedelta(days=number))
        for number in range(0, DAYS, 2 * WEEK)
    ]
    return DaysPicture(bars, weeks, highest)


@dataclass(frozen=True, slots=True)
class Point:
    """Claims of about one score.

    Attributes:
        x: The score.
        y: The share that people accepted.
        low: Where its interval begins.
        high: Where it ends.
        radius: Larger with more claims.
    """

    x: float
    y: float
    low: float
    high: float
    radius: float


@dataclass(frozen=True, slots=True)
class CalibrationPicture:
    """Scores against outcome: on the diagonal, scores are right."""

    points: Sequence[Point]
    ticks: Sequence[tuple[float, str]]
    side: int = SIDE
    border: int = BORDER


def draw_calibration(bins: Sequence[ScoreBin]) -> CalibrationPicture:
    """The plot of the program's scores against what people decided."""
    ticks = [(round(_along(n / 5), 1), f"{n / 5:g}") for n in range(6)]
    return CalibrationPicture(list(_points(bins)), ticks)


def _points(bins: Sequence[ScoreBin]) -> Iterator[Point]:
    most = max((one.decided for one in bins), default=1)
    for one in bins:
        share = one.share
        if share.value is None or share.low is None or share.high is None:
            continue
        yield Point(
            round(_along(one.score), 1),
            round(_up(share.value), 1),
            round(_up(share.low), 1),
            round(_up(share.high), 1),
            round(3 + 4 * (one.decided / most) ** 0.5, 1),
        )


def _along(value: float) -> float:
    return BORDER + value * (SIDE - 2 * BORDER)


def _up(value: float) -> float:
    return SIDE - BORDER - value * (SIDE - 2 * BORDER)
