"""How far a figure would move with other articles: 95 % intervals by bootstrap over articles."""

import random
from collections.abc import Callable, Iterable, Sequence

from tests.gate.scorer import Tally

DRAWS, SEED = 1_000, 13


def total(tallies: Iterable[Tally]) -> Tally:
    """All articles together."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole


def intervals(
    tallies: Sequence[Tally], figures: Sequence[Callable[[Tally], float | None]]
) -> list[tuple[float, float] | None]:
    """The 2.5th and 97.5th percentile of each figure over draws of as many articles.

    None where a figure has no value in the articles as they are; a draw without one is left out.
    """
    chance = random.Random(SEED)  # noqa: S311 - a seeded draw, no secret
    drawn = [total(chance.choices(tallies, k=len(tallies))) for _ in range(DRAWS)]
    return [_spread(figure, drawn) for figure in figures]


def _spread(
    figure: Callable[[Tally], float | None], drawn: Iterable[Tally]
) -> tuple[float, float] | None:
    values = sorted(value for one in drawn if (value := figure(one)) is not None)
    if not values:
        return None
    return values[int(0.025 * len(values))], values[int(0.975 * len(values))]
