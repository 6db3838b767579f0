"""How well names are distinguished on tests/gate/names.csv; prints misses when run.

Rows alternate between two halves: factors and thresholds are tuned on the first and judged on the
second.
"""

import csv
import sys
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claims.model.kinds import SourceKind
from claims.sources.candidates import Index, StoredSource
from claims.sources.match import CERTAIN
from claims.sources.mention import Mention, find_outlet
from claims.sources.resolve import Knowledge, resolve, score_candidate

HERE, STORED = uuid.UUID(int=1), uuid.UUID(int=2)

PAIRS = Path(__file__).with_name("names.csv")


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with the decision of the program.

    Attributes:
        row: The pair as the file has it.
        linked: Whether the mention was linked to the stored source by itself.
        score: What the formula gave, 0 to 1.
    """

    row: dict[str, str]
    linked: bool
    score: float

    @property
    def same(self) -> bool:
        """Whether they are the same, as the file says."""
        return self.row["same"] == "yes"


def judge_pairs() -> list[Judged]:
    """Resolve each pair's mention against its stored source and no other."""
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return [_judge(row) for row in csv.DictReader(stream)]


def _judge(row: dict[str, str]) -> Judged:
    kind = SourceKind(row["kind"])
    stored = Mention(kind, row["stored"])
    outlet = None if kind is SourceKind.PERSON else find_outlet(stored)
    names = (outlet.name, row["stored"], *outlet.aliases) if outlet else (row["stored"],)
    source = StoredSource(STORED, kind, names, STORED, tuple(filter(None, [row["stored_office"]])))
    mention, offices = Mention(kind, row["mention"]), tuple(filter(None, [row["mention_office"]]))
    link = resolve({mention: offices}, Knowledge(Index([source]).candidates_for), HERE)[mention]
    score = score_candidate(mention, offices, source).score
    return Judged(row, link.source == STORED, score)


def measure(judged: Iterable[Judged]) -> tuple[float, float]:
    """Precision and recall of automatic links."""
    pairs = list(judged)
    right = sum(pair.linked and pair.same for pair in pairs)
    linked = sum(pair.linked for pair in pairs)
    return right / max(linked, 1), right / max(sum(pair.same for pair in pairs), 1)


def main() -> None:
    """Print both halves' figures, each class's, and the misses of the half for tuning."""
    judged = judge_pairs()
    halves = {"tuned on": judged[::2], "judged on": judged[1::2], "all": judged}
    write = sys.stdout.write
    for name, half in halves.items():
        precision, recall = measure(half)
        write(f"{name:10} {len(half)} pairs  precision {precision:.3f}  recall {recall:.3f}\n")
    for kind in dict.fromkeys(pair.row["class"] for pair in judged):
        of_class = [pair for pair in judged if pair.row["class"] == kind]
        precision, recall = measure(of_class)
        write(f"  {kind:14} {len(of_class):3}  precision {precision:.2f}  recall {recall:.2f}\n")
    for pair in judged[::2]:
        if pair.linked != pair.same:
            row = " | ".join(pair.row.values())
            write(f"{'WRONG' if pair.linked else 'missed'} {pair.score:.2f}  {row}\n")
    write(f"a link is certain from {CERTAIN}\n")


if __name__ == "__main__":
    main()
