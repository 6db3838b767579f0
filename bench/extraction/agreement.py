"""How far the readers of the benchmark's articles agree, and each with the gold.

`python -m bench.extraction.agreement`: the first reading beside the second, then each beside the
gold. 95 % intervals: bootstrap over articles. docs/benchmark.md says what the figures do not say.
"""

from functools import partial

from bench.extraction.intervals import intervals, total
from tests.gate.measures import compare, count
from tests.gate.readings import load_readings
from tests.gate.scorer import Tally

SIDES = (("first", "second"), ("gold", "first"), ("gold", "second"))
FIGURES = ("words", "e2e by name", "e2e with chain")
"""Over all claims of both: F1."""
SHARES = ("same words", "speaker", "mention", "kind", "form", "mode", "class", "whole chain",
          "nesting", "continued")  # fmt: skip
"""Over the claims that both have: the share that agrees."""


def main() -> None:
    """Print a table for each two readings."""
    for one, other in SIDES:
        both = zip(load_readings(one), load_readings(other), strict=True)
        pairs = [compare(*own, strict=True) for own in both]
        numbers = [
            sum(map(len, own))
            for own in zip(*((p.gold.claims, p.other.claims, p.pairs) for p in pairs), strict=True)
        ]
        print(f"{one} and {other}: {numbers[0]} and {numbers[1]} claims, {numbers[2]} of both")
        _table([count(pair) for pair in pairs])


def _table(tallies: list[Tally]) -> None:
    rows = [(f"{name}, F1", f"{name} R", partial(Tally.f1, measure=name)) for name in FIGURES]
    rows += [(name, name, partial(Tally.share, measure=name)) for name in SHARES]
    whole = total(tallies)
    spreads = intervals(tallies, [figure for _, _, figure in rows])
    for (label, measure, figure), spread in zip(rows, spreads, strict=True):
        low, high = spread or (0.0, 0.0)
        asked = whole.asked[measure]
        print(f"  {label:<20}{figure(whole):6.1f}  [{low:5.1f}, {high:5.1f}]  of {asked}")


if __name__ == "__main__":
    main()
