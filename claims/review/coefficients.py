"""How far two readers agree, and how far beyond chance.

Cohen's kappa takes the first and the second reading of each claim as two judges (J. Cohen, "A
coefficient of agreement for nominal scales", 1960), its interval from the large-sample variance
of J. L. Fleiss, J. Cohen and B. S. Everitt, "Large sample standard errors of kappa and weighted
kappa", 1969. Krippendorff's alpha takes all readings of a claim, whoever made them
(K. Krippendorff, "Computing Krippendorff's alpha-reliability", 2011, nominal data), its interval
from the jackknife over claims (B. Efron and R. Tibshirani, "An introduction to the bootstrap",
1993, chapter 11). Where words begin and end, overlap is the Jaccard index of the two sets of code
points (P. Jaccard, 1912): chance has no part in it, since spans of different texts cannot be each
other's.

No library: those that know both are copyleft or weigh 150 MB. The tests compare with NLTK's.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

FIELDS = ("decision", "speaker", "form", "content", "chain", "link")
"""What is compared: accept or reject; then, where both accept, what the claim would be. Of links
between claims, how they relate."""

NORMAL = 1.959963984540054
"""Standard errors on either side of a figure that make an interval of 95 %."""

FEWEST = 10
"""Pairs below which no interval is given: both formulas are for many."""

SAME = "="
"""Stands for content that all readers left alike; where it stands does not matter then."""

Values = tuple[str, ...]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its interval of 95 %; None where it cannot be said.

    It cannot where all readings are alike: there is nothing that chance could have got wrong.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Readings:
    """So many claims on which the readers said this.

    Attributes:
        field: One of FIELDS.
        form: The claim's form as it was proposed; None of a link.
        values: What each reader said, the first reader first; None where nothing can be said,
            as of the speaker of a claim that a reader rejects.
        count: How many claims.
    """

    field: str
    form: str | None
    values: tuple[str | None, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readers agree on one field.

    Attributes:
        field: One of FIELDS.
        form: Of claims of this form alone; None for all.
        pairs: Claims with two readings or more that can be compared.
        incomplete: Claims that were read, with fewer than two readings to compare.
        same: Part of the pairs on which all readers said the same; None without pairs.
        kappa: Cohen's; not of content.
        alpha: Krippendorff's; not of content.
        overlap: Mean overlap of the words chosen; of content alone.
    """

    field: str
    form: str | None
    pairs: int
    incomplete: int
    same: float | None
    kappa: Figure
    alpha: Figure
    overlap: Figure


def compare_readings(readings: Iterable[Readings], *, by_form: bool = False) -> list[Agreement]:
    """Agreement on each field, over all forms and, if asked for, within each."""
    sorted_out: dict[tuple[str, str | None], Counter[tuple[str | None, ...]]] = {}
    for some in readings:
        for form in {None, some.form} if by_form else {None}:
            units = sorted_out.setdefault((some.field, form), Counter())
            units[some.values] += some.count
    forms = sorted({form for _, form in sorted_out if form is not None})
    return [
        _compare(field, form, sorted_out[field, form])
        for form in (None, *forms)
        for field in FIELDS
        if (field, form) in sorted_out
    ]


def _compare(
    field: str, form: str | None, units: Mapping[tuple[str | None, ...], int]
) -> Agreement:
    complete: Counter[Values] = Counter()
    for values, count in units.items():
        present = tuple(value for value in values if value is not None)
        if len(present) > 1:
            complete[present] += count
    pairs = complete.total()
    same = sum(count for values, count in complete.items() if len(set(values)) == 1)
    spans = field == "content"
    none = Figure(None)
    figures = (
        none if spans else cohen_kappa(_first_two(complete)),
        none if spans else krippendorff_alpha(complete),
        mean_overlap(complete) if spans else none,
    )
    if pairs < FEWEST:
        figures = (Figure(figures[0].value), Figure(figures[1].value), Figure(figures[2].value))
    return Agreement(
        field,
        form,
        pairs=pairs,
        incomplete=sum(units.values()) - pairs,
        same=same / pairs if pairs else None,
        kappa=figures[0],
        alpha=figures[1],
        overlap=figures[2],
    )


def _first_two(units: Mapping[Values, int]) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for values, count in units.items():
        pairs[values[0], values[1]] += count
    return pairs


def cohen_kappa(pairs: Mapping[Pair, int]) -> Figure:
    """Cohen's kappa of pairs of judgements with how often each was met."""
    total = sum(pairs.values())
    if not total:
        return Figure(None)
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    observed = sum(count for (one, other), count in pairs.items() if one == other) / total
    expected = sum(count * second[value] for value, count in first.items()) / total**2
    if expected == 1:
        return Figure(None)
    kappa = (observed - expected) / (1 - expected)
    agreed = crossed = 0.0
    for (one, other), count in pairs.items():
        part = count / total
        if one == other:
            agreed += part * (1 - (first[one] + second[one]) / total * (1 - kappa)) ** 2
        else:
            crossed += part * ((second[one] + first[other]) / total) ** 2
    spread = agreed + (1 - kappa) ** 2 * crossed - (kappa - expected * (1 - kappa)) ** 2
    error = math.sqrt(max(spread, 0.0) / total) / (1 - expected)
    return _with_interval(kappa, error)


def krippendorff_alpha(units: Mapping[Values, int] | Mapping[Pair, int]) -> Figure:
    """Krippendorff's alpha for nominal data, of units with how often each was met.

    Args:
        units: What the readers said of a claim, two or more of them.
    """
    counts: Counter[str] = Counter()
    disagreed = 0.0
    seen = [(*_spread(values), len(values), times) for values, times in units.items()]
    for unit, unlike, _, times in seen:
        for value, count in unit:
            counts[value] += count * times
        disagreed += unlike * times
    total, squares = counts.total(), float(sum(count**2 for count in counts.values()))
    alpha = _alpha(disagreed, total, squares)
    if alpha is None:
        return Figure(None)
    # Each claim left out once: alpha follows from sums, so that this takes one step a kind of unit.
    left_out: list[tuple[float, int]] = []
    for unit, unlike, number, times in seen:
        fewer = sum(2 * counts[value] * count - count**2 for value, count in unit)
        without = _alpha(disagreed - unlike, total - number, squares - fewer)
        left_out.append((alpha if without is None else without, times))
    claims = sum(times for _, times in left_out)
    mean = sum(value * times for value, times in left_out) / claims
    spread = sum((value - mean) ** 2 * times for value, times in left_out)
    return _with_interval(alpha, math.sqrt(spread * (claims - 1) / claims))


def _spread(values: Values) -> tuple[tuple[tuple[str, int], ...], float]:
    """How often each value was said of a unit, and the unit's share of what was disagreed on."""
    number = len(values)
    if number == 2:  # noqa: PLR2004 - nearly all units, and there are many
        one, other = values
        return (((one, 2),), 0.0) if one == other else (((one, 1), (other, 1)), 2.0)
    counts = Counter(values)
    alike = sum(count**2 for count in counts.values())
    return tuple(counts.items()), (number**2 - alike) / (number - 1)


def _alpha(disagreed: float, total: int, squares: float) -> float | None:
    expected = total**2 - squares
    if total < 2 or expected <= 0:  # noqa: PLR2004 - one value alone disagrees with none
        return None
    return 1 - (total - 1) * disagreed / expected


def mean_overlap(units: Mapping[Values, int]) -> Figure:
    """Mean Jaccard index of what the readers took for the words that carry the claim.

    Args:
        units: Spans as JSON, [[start, end], …], or SAME.
    """
    values: list[tuple[float, int]] = []
    for unit, times in units.items():
        spans = [[] if text == SAME else json.loads(text) for text in unit]
        each = [jaccard(one, other) for one, other in combinations(spans, 2)]
        values.append((1.0 if set(unit) == {SAME} else sum(each) / len(each), times))
    number = sum(times for _, times in values)
    if not number:
        return Figure(None)
    mean = sum(value * times for value, times in values) / number
    if number == 1:
        return Figure(mean)
    spread = sum((value - mean) ** 2 * times for value, times in values) / (number - 1)
    return _with_interval(mean, math.sqrt(spread / number))


def jaccard(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> float:
    """Code points that both spans cover, as a part of those that either covers.

    Args:
        one: Spans that neither overlap nor touch.
        other: Likewise.
    """
    both = sum(
        max(0, min(end, last) - max(start, first)) for start, end in one for first, last in other
    )
    either = sum(end - start for start, end in (*one, *other)) - both
    return both / either if either else 1.0


def wilson_interval(hits: int, number: int) -> Figure:
    """A share with its interval of 95 % (E. B. Wilson, "Probable inference", 1927).

    Unlike the usual one it stays within 0 and 1, and has a width where all or none are hits.
    """
    if not number:
        return Figure(None)
    share, square = hits / number, NORMAL**2
    middle = (share + square / (2 * number)) / (1 + square / number)
    width = math.sqrt(share * (1 - share) / number + square / (4 * number**2))
    half = NORMAL * width / (1 + square / number)
    return Figure(share, max(middle - half, 0.0), min(middle + half, 1.0))


def _with_interval(value: float, error: float) -> Figure:
    low, high = value - NORMAL * error, value + NORMAL * error
    return Figure(value, max(low, -1.0), min(high, 1.0))
