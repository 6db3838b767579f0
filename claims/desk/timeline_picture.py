"""A source's timeline as a picture: a bar for each month or year, a mark for each claim listed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

WIDTH = 920
HEIGHT = 150
LEFT, RIGHT = 8, 8
GROUND = 122
"""Where the bars and marks stand; the years are written below."""

TALLEST = 104
"""Height of the highest bar."""

MARK = 9
"""From one mark to the next above it."""

MOST_ROWS = 11
MOST_BARS = 240
"""Months that get a bar each; a longer time has a bar for each year."""

NARROWEST = 46
"""Pixels that a written year needs."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Claims of one month or year.

    Attributes:
        x: Its left edge.
        width: Its width.
        height: As high as there are many.
        label: The month or year.
        number: How many.
    """

    x: float
    width: float
    height: float
    label: str
    number: int

    @property
    def top(self) -> float:
        """Its upper edge."""
        return GROUND - self.height


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim of the list.

    Attributes:
        x: Its middle.
        y: Its middle.
        form: quote, mixed or paraphrase, each with a shape of its own.
        number: Its number in the list.
    """

    x: float
    y: float
    form: str
    number: int


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """The picture.

    Attributes:
        bars: All claims.
        marks: Those of the list, the latest first.
        years: Where each year begins, for those that are written.
        text: The same in a sentence.
    """

    bars: Sequence[Bar]
    marks: Sequence[Mark]
    years: Sequence[tuple[float, int]]
    text: str
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = GROUND


def draw_timeline(
    months: Mapping[date, int], listed: Sequence[tuple[date | None, str]]
) -> TimelinePicture | None:
    """The timeline of a source; None if no day is known.

    Args:
        months: How many claims each month has, by its first day.
        listed: Day and form of each claim of the list, in its order.
    """
    if not months:
        return None
    first, last = min(months), max(months)
    scale = _Scale(first.year * 12, last.year * 12 + 12)  # whole years, so that each is written
    bars = list(_bars(months, scale))
    total = sum(months.values())
    span = f"in {first:%B %Y}" if first == last else f"from {first:%B %Y} to {last:%B %Y}"
    text = f"{total} {'claim' if total == 1 else 'claims'} {span}"
    text += f"; the most in {_fullest(bars)}." if len(bars) > 1 else "."
    return TimelinePicture(bars, list(_marks(listed, scale)), list(_years(scale)), text)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From months since the year 0 to pixels."""

    first: int
    beyond: int

    @property
    def month(self) -> float:
        return (WIDTH - LEFT - RIGHT) / (self.beyond - self.first)

    def x(self, month: float) -> float:
        return LEFT + (month - self.first) * self.month


def _bars(months: Mapping[date, int], scale: _Scale) -> Iterator[Bar]:
    span = 1 if scale.beyond - scale.first <= MOST_BARS else 12
    numbers: dict[int, int] = {}
    for day, number in months.items():
        month = day.year * 12 + day.month - 1
        numbers[month // span * span] = numbers.get(month // span * span, 0) + number
    highest = max(numbers.values())
    for month, number in sorted(numbers.items()):
        begin, end = max(month, scale.first), min(month + span, scale.beyond)
        x, width = scale.x(begin), (end - begin) * scale.month
        label = f"{month // 12}" if span > 1 else f"{date(month // 12, month % 12 + 1, 1):%B %Y}"
        height = round(TALLEST * number / highest, 1)
        yield Bar(round(x, 1), round(max(width - 1, 0.5), 1), height, label, number)


def _marks(listed: Sequence[tuple[date | None, str]], scale: _Scale) -> Iterator[Mark]:
    """A mark for each claim whose day is known, the later of one place above the earlier."""
    rows: dict[int, int] = {}
    for number, (day, form) in zip(count(1), listed, strict=False):
        if day is None:
            continue
        exactly = scale.x(day.year * 12 + day.month - 1 + (day.day - 1) / 31)
        column = round(exactly / MARK)
        row = rows[column] = rows.get(column, -1) + 1
        if row < MOST_ROWS:
            x = min(max(column * MARK, LEFT), WIDTH - RIGHT)
            yield Mark(x, GROUND - MARK / 2 - 1 - row * MARK, form, number)


def _years(scale: _Scale) -> Iterator[tuple[float, int]]:
    before = -NARROWEST * 1.0
    for year in range(-(-scale.first // 12), (scale.beyond - 1) // 12 + 1):
        x = round(scale.x(year * 12), 1)
        if x - before >= NARROWEST and x <= WIDTH - NARROWEST / 2:
            before = x
            yield x, year


def _fullest(bars: Sequence[Bar]) -> str:
    fullest = max(bars, key=lambda bar: bar.number)
    return f"{fullest.label}, {fullest.number}"
