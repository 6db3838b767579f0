"""Scores an extractor on the benchmark's 24 articles (docs/benchmark.md).

`python -m bench.extraction.benchmark [PROPOSALS|-] [--kinds] [--raise-floors]`: PROPOSALS is a file
as `claims extract` writes it, from any program; without it our own extractor reads the articles.
`--kinds` adds which kinds of claims are found and which kinds of misses there are. `--raise-floors`
sets tests/gate/floors.json to the lower ends of the intervals, where these are above it; it lowers
none unless the articles or their gold have changed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypedDict

from bench.extraction.intervals import intervals, total
from claims.extraction.output import as_line
from claims.extraction.parse import load_parser
from claims.extraction.pipeline import propose_many
from claims.extraction.version import VERSION
from tests.gate.measures import Compared, compare, count
from tests.gate.misses import find_misses
from tests.gate.proposals import BadProposals, read_proposals
from tests.gate.readings import Reading, fingerprint, load_readings, load_texts
from tests.gate.scorer import Tally

FLOORS = Path(__file__).parents[2] / "tests/gate/floors.json"
SCORES = ("words", "e2e", "e2e by name", "e2e with chain", "name", "chain", "to")
"""With precision, recall and F1."""
SHARES = ("form", "mode", "class", "whole chain", "nested R", "nested e2e R", "description R")
GATED = {
    "words": "f1", "e2e": "f1", "e2e by name": "f1", "name P": "share", "name R": "share",
    "chain": "f1", "nested R": "share", "form": "share", "mode": "share", "to": "f1",
}  # fmt: skip
"""What tests/gate holds to a floor."""


class Floors(TypedDict):
    """What is in floors.json: measures' floors, 0 to 100, and what they were measured on."""

    gold_sha256: str
    floors: dict[str, float]


def main() -> None:
    """Compare and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("proposals", nargs="?", help="a file; - for standard input")
    options.add_argument("--kinds", action="store_true")
    options.add_argument("--raise-floors", action="store_true")
    chosen = options.parse_args()
    if chosen.raise_floors and chosen.proposals:
        options.error("floors are our own extractor's: leave PROPOSALS away")
    try:
        proposed = read_proposals(_lines(chosen.proposals), load_texts())
    except (OSError, UnicodeDecodeError, BadProposals) as error:
        raise SystemExit(f"{chosen.proposals}: {error}") from error
    compared = compare_with_gold(proposed)
    tallies = [count(one) for one in compared]
    gold = sum(len(one.gold.claims) for one in compared)
    own = sum(len(one.other.claims) for one in compared)
    print(f"{len(tallies)} articles, {gold} claims, {own} proposed")
    for line in table(tallies):
        print(line)
    if chosen.kinds:
        for line in (*_recall_by_kind(total(tallies)), *_misses(compared)):
            print(line)
    if chosen.raise_floors:
        old = json.loads(FLOORS.read_text("utf-8"))
        FLOORS.write_text(json.dumps(raised(old, tallies), indent=1) + "\n", "utf-8")


def compare_with_gold(proposed: Iterable[Reading]) -> list[Compared]:
    """Each article's gold beside what is proposed for it."""
    return [compare(*both) for both in zip(load_readings("gold"), proposed, strict=True)]


def own_proposals(*, everything: bool = False) -> Iterable[str]:
    """The lines that `claims extract` writes for the articles."""
    texts = load_texts()
    articles = ((text, None) for text in texts.values())
    proposed = propose_many(load_parser(), articles, everything=everything)
    for name, proposals in zip(texts, proposed, strict=True):
        yield json.dumps(as_line(name, proposals), default=str)


def _lines(path: str | None) -> Iterable[str]:
    if path is None:
        print(f"extractor {VERSION}")
        return own_proposals()
    return sys.stdin if path == "-" else Path(path).read_text("utf-8").splitlines()


def table(tallies: Sequence[Tally]) -> list[str]:
    """A line for each measure, with the interval of its F1 or of the share."""
    whole = total(tallies)
    spreads = intervals(tallies, [value_of(measure) for measure in (*SCORES, *SHARES)])
    lines = [f"{'':<20}{'P':>7}{'R':>7}{'F1':>7}  95 %"]
    for measure, spread in zip((*SCORES, *SHARES), spreads, strict=True):
        value = value_of(measure)(whole)
        if value is None or spread is None:
            lines.append(f"{measure:<20}{'not given':>21}")
            continue
        parts = (
            f"{whole.share(f'{measure} P'):7.1f}{whole.share(f'{measure} R'):7.1f}"
            if measure in SCORES
            else " " * 14
        )
        lines.append(f"{measure:<20}{parts}{value:7.1f}  [{spread[0]:.1f}, {spread[1]:.1f}]")
    return lines


def value_of(measure: str) -> Callable[[Tally], float | None]:
    """What a measure comes to: F1 or a share; None where nothing was asked."""
    return partial(_value, measure)


def _value(measure: str, tally: Tally) -> float | None:
    if measure in SCORES:
        asked = tally.asked[f"{measure} P"] and tally.asked[f"{measure} R"]
        return tally.f1(measure) if asked else None
    return tally.share(measure) if tally.asked[measure] else None


def _recall_by_kind(whole: Tally) -> list[str]:
    kinds = [
        measure.split(" |")[1][:-2] for measure in whole.asked if measure.startswith("words |")
    ]
    lines = [f"\n{'recall of claims':<28}{'number':>7}{'words':>7}{'e2e':>7}{'by name':>9}"]
    for kind in sorted(kinds):
        number = whole.asked[f"words |{kind} R"]
        shares = [whole.share(f"{one} |{kind} R") for one in ("words", "e2e", "e2e by name")]
        lines.append(f"{kind:<28}{number:7}{shares[0]:7.1f}{shares[1]:7.1f}{shares[2]:9.1f}")
    return lines


def _misses(compared: Iterable[Compared]) -> list[str]:
    kinds = Counter(kind for one in compared for kind in find_misses(one))
    lines = [f"\n{'misses by kind':<60}{'number':>7}"]
    return [*lines, *(f"{kind:<60}{number:7}" for kind, number in sorted(kinds.items()))]


def raised(old: Floors, tallies: Sequence[Tally]) -> Floors:
    """The lower ends of the intervals, or the old floors of the same gold where they are higher."""
    kept = old["floors"] if old["gold_sha256"] == fingerprint() else {}
    spreads = intervals(tallies, [value_of(measure) for measure in GATED])
    lower = {m: spread[0] if spread else 0.0 for m, spread in zip(GATED, spreads, strict=True)}
    floors = {m: max(kept.get(m, 0.0), int(10 * low) / 10) for m, low in lower.items()}
    return {"gold_sha256": fingerprint(), "floors": floors}


if __name__ == "__main__":
    main()
