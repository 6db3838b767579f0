"""How often a question is worth asking, on public pairs of sentences that people judged.

None of the data is in the repository; each argument is a path. Without one the set is left out.

    python -m bench.comparison.questions [--breaking dataset.jsonl] [--sick SICK_test_annotated.txt]
        [--msr msr-para-test.tsv] [--nan nan.csv] [--bodies FOLDER] [--show N]

A pair is read as two reports of one speaker. `worth asking` is the share of questions on pairs
that people judged to contradict each other (of MSRP: not to mean the same); `recall` the share of
those pairs that raised one. For comparison every set is also read by the plain rule: a negation
on one side only, or another set of digits.

FOLDER is a checkout of FakeNewsChallenge/fnc-1: 100 pairs of real claims by one speaker that differ
in a number, a day, a negation or an opposite, or of which one is denied, read for whether a
question is worth asking (`question_labels.tsv`: numbers, offsets and digests, no text).
"""

import argparse
import csv
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.comparison.labelled import read_bodies, text_at
from claims.comparison.questions import Question, Report, ask
from claims.model.kinds import Mode

LABELS = Path(__file__).parent / "question_labels.tsv"

Pair = tuple[Report, Report, bool]
"""Two reports of one speaker, and whether people judged that they clash."""

_NOT = re.compile(r"\b(?:no|not|never|nobody|none|nothing)\b|n't\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def read_breaking(path: Path) -> Iterator[Pair]:
    """Sentences of which one word was replaced."""
    for line in path.read_text("utf-8").splitlines():
        pair = json.loads(line)
        yield (
            _said(pair["sentence1"]),
            _said(pair["sentence2"]),
            pair["gold_label"] == "contradiction",
        )


def read_sick(path: Path) -> Iterator[Pair]:
    """Captions of pictures and sentences made from them."""
    for line in path.read_text("utf-8").splitlines()[1:]:
        _, one, other, _, judgment = line.split("\t")
        yield _said(one), _said(other), judgment.strip() == "CONTRADICTION"


def read_msr(path: Path) -> Iterator[Pair]:
    """Sentences of news on one event; not to be a paraphrase is less than to contradict."""
    for line in path.read_text("utf-8-sig").splitlines()[1:]:
        same, _, _, one, other = line.split("\t")
        yield _said(one), _said(other), same == "0"


def read_nan(path: Path) -> Iterator[Pair]:
    """Sentences with a negation of a part, not of the whole."""
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield _said(row["premise"]), _said(row["hypothesis"]), row["label"] == "contradiction"


def read_bodies_of_news(folder: Path) -> Iterator[Pair]:
    """Claims that the extractor found in real texts, by one speaker as it names them."""
    bodies = read_bodies(folder)
    with LABELS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            one, other = (
                Report(
                    text_at(bodies, row[side], row[f"{side}_spans"], row[f"{side}_digest"]),
                    "one",
                    Mode.DENIES if denied == "1" else Mode.SAYS,
                )
                for side, denied in zip(("first", "second"), row["denied"], strict=True)
            )
            yield one, other, row["worth"] == "yes"


def _said(text: str) -> Report:
    return Report(text, "one")


READERS: dict[str, Callable[[Path], Iterator[Pair]]] = {
    "breaking": read_breaking,
    "sick": read_sick,
    "msr": read_msr,
    "nan": read_nan,
    "bodies": read_bodies_of_news,
}


def plain_rule(one: str, other: str) -> bool:
    """A negation on one side only, or another set of digits."""
    negated = bool(_NOT.search(one)) != bool(_NOT.search(other))
    return negated or set(_DIGITS.findall(one)) != set(_DIGITS.findall(other))


def measure(name: str, pairs: Iterable[Pair], shown: int) -> None:
    """Print what was asked of a set of pairs."""
    asked: list[tuple[Pair, Question]] = []
    clashing = total = 0
    plain = Counter[bool]()
    for one, other, clash in pairs:
        total += 1
        clashing += clash
        question = ask(one, other)
        if question is not None:
            asked.append(((one, other, clash), question))
        if plain_rule(one.text, other.text):
            plain[clash] += 1
    right = sum(pair[2] for pair, _ in asked)
    print(
        f"{name:<10} {total:>6} pairs  {clashing:>5} clash  {len(asked):>5} asked"
        f"  worth asking {right / (len(asked) or 1):.3f}  recall {right / (clashing or 1):.3f}"
        f"  (plain rule {plain[True] / (plain.total() or 1):.3f},"
        f" {plain[True] / (clashing or 1):.3f})"
    )
    kinds = Counter((str(question.clash), pair[2]) for pair, question in asked)
    for kind in sorted({name for name, _ in kinds}):
        print(f"    {kind:<10} {kinds[kind, True]:>5} of {kinds[kind, True] + kinds[kind, False]}")
    mistaken = [entry for entry in asked if not entry[0][2]]
    chosen = random.Random(7).sample(mistaken, min(shown, len(mistaken)))  # noqa: S311 - a sample
    for pair, question in chosen:
        print(f"    {question.clash}: {question.earlier_words} / {question.later_words}")
        print(f"        {pair[0].text}\n        {pair[1].text}")


def main() -> None:
    """Measure the sets that paths are given for."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in READERS:
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--show", type=int, default=0, help="Wrong questions to print of each set.")
    arguments = vars(parser.parse_args())
    for name, read in READERS.items():
        if arguments[name]:
            measure(name, read(arguments[name]), arguments["show"])


if __name__ == "__main__":
    main()
