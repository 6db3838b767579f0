"""Prints how long, deep and complex functions and files are: `python -m tests.shape.measures`.

Goals are shown beside the figures; only the limits are enforced (test_limits.py), since a goal for
a distribution would be met by one-line functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from tests.shape.complexity import branches_by_function, decisions, nesting
from tests.shape.tree import functions, length, modules


@dataclass(frozen=True)
class Measure:
    """A measure of every function or file, with its goal and limit as they are printed."""

    name: str
    values: Sequence[int]
    goal: str = ""
    limit: str = ""


def measures() -> list[Measure]:
    """All measures."""
    all_functions = [function for module in modules() for function in functions(module)]
    arguments = [len(f.args.args) + len(f.args.kwonlyargs) for f in all_functions]
    return [
        Measure("function lines", [length(f) for f in all_functions], "6/17/45", "60"),
        Measure("file lines", [module.lines for module in modules()], "90/220", "400"),
        Measure("arguments", arguments, "p90 4", "6"),
        Measure("nesting", [nesting(f) for f in all_functions], "p99 3", "4"),
        Measure("complexity", list(branches_by_function().values()), "p99 9", "10"),
        Measure("  with operators", [decisions(f) for f in all_functions]),
    ]


def main() -> None:
    """Median, ninetieth and ninety-ninth of a hundred."""
    print(  # noqa: T201 - it is a report
        f"{'':<16} {'median':>6} {'p90':>5} {'p99':>5} {'max':>5} {'of':>6}   goal      limit"
    )
    for one in measures():
        cuts = quantiles(one.values, n=100)
        print(  # noqa: T201 - it is a report
            f"{one.name:<16} {cuts[49]:6.0f} {cuts[89]:5.0f} {cuts[98]:5.0f}"
            f" {max(one.values):5d} {len(one.values):6d}   {one.goal:<9} {one.limit}".rstrip()
        )


if __name__ == "__main__":
    main()
