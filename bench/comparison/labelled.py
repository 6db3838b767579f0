"""What the benches with labels of real texts share: the texts, digests, intervals, agreement."""

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from claims.model.span import Span, words_at
from claims.text.clean import clean_text

CONFIDENCE = 1.96


@dataclass
class Outcome:
    """What came of some pairs, each counted with a weight."""

    right: float = 0
    wrong: float = 0
    missed: float = 0

    def add(self, *, found: bool, is_same: bool, weight: float = 1) -> None:
        """Count a pair."""
        self.right += weight * (found and is_same)
        self.wrong += weight * (found and not is_same)
        self.missed += weight * (is_same and not found)

    @property
    def precision(self) -> float:
        """Of those found, the right ones."""
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        """Of what was to be found, what was."""
        return self.right / ((self.right + self.missed) or 1)


def read_bodies(folder: Path) -> dict[str, str]:
    """The texts by number, cleaned as ingest would."""
    csv.field_size_limit(sys.maxsize)
    with (folder / "train_bodies.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["Body ID"]: clean_text(row["articleBody"]).text for row in csv.DictReader(lines)
        }


def digest(text: str) -> str:
    """What says that a text is the one that was read."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def text_at(bodies: dict[str, str], number: str, spans: str, known: str) -> str:
    """The words of a claim; the bench ends if they are not those that were read."""
    stretches = [Span(*map(int, span.split("-"))) for span in spans.split(",")]
    words = words_at(bodies[number], stretches)
    if digest(words) != known:
        message = f"{number} {spans}: not the text that was read"
        raise SystemExit(message)
    return words


def interval(share: float, count: float) -> str:
    """A share with Wilson's interval."""
    if not count:
        return "–"
    square = CONFIDENCE**2 / count
    middle = (share + square / 2) / (1 + square)
    spread = CONFIDENCE * sqrt(share * (1 - share) / count + square / count / 4) / (1 + square)
    return f"{share:.3f} ({middle - spread:.3f} to {middle + spread:.3f})"


def kappa(pairs: Iterable[tuple[str, str]]) -> float:
    """How far two readings agree beyond chance (Cohen)."""
    both = Counter(pairs)
    total = both.total()
    left, right = Counter[str](), Counter[str]()
    for (one, two), count in both.items():
        left[one] += count
        right[two] += count
    agreed = sum(count for (one, two), count in both.items() if one == two) / total
    chance = sum(left[label] * right[label] for label in left) / total**2
    return (agreed - chance) / (1 - chance)
