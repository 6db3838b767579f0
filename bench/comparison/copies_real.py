"""How well copies are told from other pairs of real texts, against labels made by reading.

The texts are bodies of FakeNewsChallenge/fnc-1 (no licence seen), read from a checkout by its path;
`copy_labels.tsv` holds their numbers, digests of the cleaned texts and labels, no text.

    python -m bench.comparison.copies_real FOLDER         # with train_bodies.csv in it
    python -m bench.comparison.copies_real FOLDER --show  # and the pairs that came out otherwise

The pairs were drawn by the share of three-word runs that the shorter text has in common with the
longer one, so that the hard ones are in: of all pairs few are as hard. Besides the counts as drawn,
the shares are weighted back to all pairs that have a fiftieth of their runs in common. The shorter
text of a pair is judged as if it had come later, if the samples of both share enough for that.

    copy         more than half of its text outside speech is the longer one's text, or both have
                 it from one source, word for word or lightly edited
    part         it has passages of it, and most of it is its own
    quotes       they share what somebody said, and hardly more
    independent  they share turns of phrase at most
"""

import argparse
import csv
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.comparison.labelled import Outcome, digest, interval, kappa, read_bodies
from claims.comparison.copies import ComparedText, Copy, find_copies, prepare
from claims.comparison.signature import sign
from claims.copies.texts import SHARED

LABELS = Path(__file__).parent / "copy_labels.tsv"

POOL = {
    "0.02": 10_234, "0.1": 1461, "0.2": 672, "0.3": 272, "0.4": 223, "0.55": 118, "0.75": 144,
    "quotes": 795, "random": 0,
}  # fmt: skip
"""Pairs from which those of a stratum were drawn; nobody counted all random ones."""


@dataclass(frozen=True)
class LabelledPair:
    """A pair as it was read: by two readings, and the label where they differed after a third."""

    part: str
    stratum: str
    longer: str
    shorter: str
    longer_digest: str
    shorter_digest: str
    one: str
    two: str
    label: str


def read_labels() -> list[LabelledPair]:
    """The labelled pairs."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return [LabelledPair(**row) for row in csv.DictReader(lines, delimiter="\t")]


def judge(
    bodies: dict[str, str], labelled: Iterable[LabelledPair]
) -> Iterator[tuple[LabelledPair, Copy | None]]:
    """What the rules say of each pair; those whose text is another by now are reported and left."""

    @cache
    def prepared(number: str) -> ComparedText:
        return prepare(bodies[number])

    for pair in labelled:
        read = (pair.longer_digest, pair.shorter_digest)
        if (digest(bodies[pair.longer]), digest(bodies[pair.shorter])) != read:
            print(f"{pair.longer} {pair.shorter}: not the texts that were read")
            continue
        longer, shorter = prepared(pair.longer), prepared(pair.shorter)
        samples = [{*sign(text.words.folded)} for text in (longer, shorter)]
        looked_at = len(samples[0] & samples[1]) >= SHARED
        found = find_copies(shorter, [(uuid.UUID(int=1), longer)]) if looked_at else ()
        yield pair, found[0] if found else None


def measure(bodies: dict[str, str], labelled: list[LabelledPair], *, show: bool) -> None:
    """Print how well the copies among some pairs were found."""
    drawn, weighted, folded = Outcome(), Outcome(), 0
    strata = Counter(pair.stratum for pair in labelled)
    for pair, copy in judge(bodies, labelled):
        found, is_copy = copy is not None and copy.is_copy, pair.label == "copy"
        drawn.add(found=found, is_same=is_copy)
        weight = POOL[pair.stratum] / strata[pair.stratum]
        weighted.add(found=found, is_same=is_copy, weight=weight)
        folded += found and pair.label == "quotes"
        if show and found != is_copy:
            overlap = f"{copy.overlap}" if copy else ""
            print(f"  {pair.longer} {pair.shorter} {pair.label}, found {found} {overlap}")
    labels = Counter(pair.label for pair in labelled)
    precision = interval(drawn.precision, drawn.right + drawn.wrong)
    recall = interval(drawn.recall, drawn.right + drawn.missed)
    print(f"  {len(labelled)} pairs: {', '.join(f'{n} {label}' for label, n in labels.items())}")
    print(f"  as drawn: precision {precision}, recall {recall}")
    print(f"  weighted: precision {weighted.precision:.3f}, recall {weighted.recall:.3f}")
    print(f"  quotes alone, folded: {folded}")
    agreed = kappa((pair.one, pair.two) for pair in labelled)
    of_copies = kappa((str(p.one == "copy"), str(p.two == "copy")) for p in labelled)
    print(f"  kappa of the readings: {agreed:.2f}, copy or not {of_copies:.2f}")


def main() -> None:
    """Measure both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    bodies, labelled = read_bodies(arguments.folder), read_labels()
    for part in ("dev", "held"):
        print(part)
        measure(bodies, [p for p in labelled if p.part == part], show=arguments.show)


if __name__ == "__main__":
    main()
