"""All figures of the extractor in one run, beside what others are recorded with.

`python -m bench.extraction [--polnear DEV.jsonl] [--stream N]`: the benchmark's articles; if the
folder CLAIMS_GOLD has them, the twelve development articles, and calibration, cross-validated;
PolNeAR's development part when its converted file is given, or named by CLAIMS_POLNEAR (it has no
licence and never enters the tree); speed beside the plain parse in the same run; memory over a
stream of N articles. 95 % intervals: percentile bootstrap over documents, 1,000 draws.
"""

import argparse
import os
import random
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

import psutil
import spacy

from bench.extraction.benchmark import compare_with_gold, own_proposals, table
from bench.extraction.calibrate import load_examples, report
from bench.extraction.intervals import SEED, intervals, total
from bench.extraction.own import read_own
from claims.extraction.output import as_line
from claims.extraction.parse import MODEL, Parser, load_parser
from claims.extraction.pipeline import propose_many
from claims.extraction.version import VERSION
from claims.model.proposal import Proposal
from tests.gate.measures import count as count_claims
from tests.gate.outside import NEWS, why_missing
from tests.gate.proposals import read_proposals
from tests.gate.readings import load_texts
from tests.gate.scorer import GoldArticle, Tally, count, read_gold

RUNS = 5
SHORTEST = 200
"""Code points of a paragraph that is worth reading alone, at least."""
MEASURES = (
    ("e2e F1", "e2e", "f1"), ("content F1", "content", "f1"),
    ("direct e2e F1", "e2e direct", "f1"), ("mixed e2e F1", "e2e mixed", "f1"),
    ("indirect e2e F1", "e2e indirect", "f1"), ("e2e precision", "e2e P", "share"),
    ("e2e recall", "e2e R", "share"), ("reportive e2e recall", "e2e reportive R", "share"),
    ("nested e2e recall", "e2e nested R", "share"), ("speaker R", "speaker R", "share"),
    ("speaker P", "speaker P", "share"), ("source precision", "source P", "share"),
)  # fmt: skip
# As recorded with the shared scorer; GenderGapTracker is the best of them everywhere.
PEERS = {
    "development articles": {"e2e F1": 58.3, "speaker R": 42, "speaker P": 69,
                             "nested e2e recall": 15, "source precision": 94},
    "PolNeAR dev": {"e2e F1": 40.8, "direct e2e F1": 51, "mixed e2e F1": 56, "indirect e2e F1": 36,
                    "reportive e2e recall": 54},
}  # fmt: skip


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--polnear", type=Path, default=os.environ.get("CLAIMS_POLNEAR"))
    options.add_argument("--stream", type=int, default=2_000)
    chosen = options.parse_args()
    print(f"extractor {VERSION}, {date.today()}")  # noqa: DTZ011 - a report shows the local day
    parser, texts = load_parser(), load_texts()
    compared = compare_with_gold(read_proposals(own_proposals(), texts))
    for line in ("", "benchmark", *table([count_claims(one) for one in compared])):
        print(line)
    if missing := why_missing(NEWS):
        print("\ndevelopment articles", missing)
    else:
        _quality(parser, "development articles", read_gold(NEWS))
    if chosen.polnear:
        _quality(parser, "PolNeAR dev", read_gold(Path(chosen.polnear)))
    if missing := why_missing(NEWS):
        print("calibration", missing)
    else:
        print("\n".join(report(load_examples([*read_own(), *read_gold(NEWS)]))))
    _speed(parser, list(texts.values()))
    _memory(parser, list(texts.values()), chosen.stream)


def _quality(parser: Parser, name: str, gold: list[GoldArticle]) -> None:
    """A table: by default, with everything asked for, and the best peer."""
    columns = []
    for everything in (False, True):
        articles = ((article["text"], None) for article in gold)
        tallies = []
        proposed = propose_many(parser, articles, everything=everything)
        for article, proposals in zip(gold, proposed, strict=True):
            line = as_line(article["doc_id"], proposals)
            tally = Tally()
            count(tally, article["text"], article["attributions"], line["attributions"])
            tallies.append(tally)
        columns.append(tallies)
    print(f"\n{name:<24}{'default':>8}{'95 %':>16}{'--all':>8}{'best peer':>11}")
    figures = [partial(_value, measure=measure, kind=kind) for _, measure, kind in MEASURES]
    spreads = intervals(columns[0], figures)
    for (label, _, _), figure, spread in zip(MEASURES, figures, spreads, strict=True):
        default, everything_ = (figure(total(tallies)) for tallies in columns)
        if default == everything_ == 0 or not spread:
            continue
        low, high = spread
        peer = PEERS[name].get(label, "")
        print(f"{label:<24}{default:8.1f}  [{low:5.1f}, {high:5.1f}]{everything_:8.1f}{peer:>11}")
    outer = total(list(_outermost(parser, gold))).f1("e2e")
    print(f"{'… outermost only':<24}{outer:8.1f}")


def _outermost(parser: Parser, gold: list[GoldArticle]) -> Iterator[Tally]:
    """The same without proposals within another's words, for gold that has no nested ones."""
    proposed = propose_many(parser, ((article["text"], None) for article in gold))
    for article, proposals in zip(gold, proposed, strict=True):
        alone = [one for one in proposals if not any(_is_within(one, o) for o in proposals)]
        tally = Tally()
        lines = as_line(article["doc_id"], alone)["attributions"]
        count(tally, article["text"], article["attributions"], lines)
        yield tally


def _is_within(one: Proposal, other: Proposal) -> bool:
    """Whether a proposal's words are a part of another's."""
    return one.content != other.content and all(
        any(start <= s and e <= end for start, end in other.content) for s, e in one.content
    )


def _value(tally: Tally, measure: str, kind: str) -> float:
    return tally.f1(measure) if kind == "f1" else tally.share(measure)


def _speed(parser: Parser, texts: list[str]) -> None:
    """Both read the same articles in turns, after one round to warm up."""
    plain = spacy.load(MODEL)
    words = sum(len(text.split()) for text in texts)
    speeds: dict[str, list[float]] = {"parse": [], "extract": []}
    for run in range(RUNS + 1):
        for name, speed in speeds.items():
            start = time.process_time()
            if name == "parse":
                read = sum(1 for _ in plain.pipe(texts))
            else:
                read = sum(1 for _ in propose_many(parser, ((t, None) for t in texts)))
            assert read == len(texts)
            if run:
                speed.append(words / (time.process_time() - start))
    print()
    for name, values in speeds.items():
        reach = f"({min(values):,.0f}-{max(values):,.0f})"
        print(f"{name:<8}{median(values):9,.0f} words/s of CPU  {reach}")
    ratios = [e / p for e, p in zip(speeds["extract"], speeds["parse"], strict=True)]
    print(f"ratio   {median(ratios):9.2f}  (best peer 0.63)")


def _memory(parser: Parser, texts: list[str], articles: int) -> None:
    """Resident memory along a stream of short articles whose names are all new."""
    process = psutil.Process()
    shown = max(1, articles // 5)
    for number, _ in enumerate(propose_many(parser, _stream(texts, articles)), 1):
        if number % shown == 0:
            used = process.memory_info().rss / 2**20
            print(f"after {number:7,} articles {used:6.0f} MB")


def _stream(texts: list[str], articles: int) -> Iterator[tuple[str, None]]:
    """A paragraph or two of a real article, with a name nobody had before."""
    paragraphs = [part for text in texts for part in text.split("\n\n") if len(part) > SHORTEST]
    chance = random.Random(SEED)  # noqa: S311 - a seeded draw, no secret
    for number in range(articles):
        name = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=9)).title()
        yield f"{chance.choice(paragraphs)}\n\nAda {name} said number {number} was safe.", None


if __name__ == "__main__":
    main()
