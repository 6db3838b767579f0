"""Scores proposals end to end: the content is right and so is the source.

A content is right when its words overlap the gold content's by at least half of their union; each
proposal counts once, best overlap first. A source is right when its mention shares a word with the
gold source, articles and prepositions not counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WORD = re.compile(r"\w+(?:['’]\w+)*")
EMPTY = re.compile(
    r"(?:the|an?|of|and|to|in|on|at|by|for|from|with|his|her|its|their|that|this|these|those"
    r"|s|is|was|as|or|mrs?|ms)$",
    re.IGNORECASE,
)
Attribution = dict[str, Any]


@dataclass
class Tally:
    """What was right, proposed and wanted."""

    right: int = 0
    proposed: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Right among proposed, 0 to 100."""
        return 100 * self.right / self.proposed

    @property
    def recall(self) -> float:
        """Right among wanted, 0 to 100."""
        return 100 * self.right / self.wanted

    @property
    def f1(self) -> float:
        """Harmonic mean of both, 0 to 100."""
        return 200 * self.right / (self.proposed + self.wanted)


def count(
    tally: Tally, text: str, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> None:
    """Add one article to a tally."""
    tally.proposed += len(found)
    tally.wanted += len(gold)
    words = list(WORD.finditer(text))
    wanted = [_inside(words, one["content"]) for one in gold]
    given = [_inside(words, one["content"]) for one in found]
    pairs = sorted(
        ((_overlap(w, g), i, j) for i, w in enumerate(wanted) for j, g in enumerate(given)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: set[tuple[str, int]] = set()
    for overlap, i, j in pairs:
        if overlap < 0.5 or {("gold", i), ("found", j)} & taken:
            continue
        taken |= {("gold", i), ("found", j)}
        tally.right += _same_source(words, gold[i]["source"], found[j]["source"])


def _inside(words: list[re.Match[str]], spans: Sequence[Sequence[int]]) -> frozenset[int]:
    return frozenset(
        number
        for number, word in enumerate(words)
        if any(start < word.end() and word.start() < end for start, end in spans)
    )


def _overlap(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0


def _same_source(words: list[re.Match[str]], gold: Any, found: Any) -> bool:  # noqa: ANN401
    if not gold:
        return not found
    telling = {n for n in _inside(words, gold) if not EMPTY.match(words[n].group())}
    return bool((telling or _inside(words, gold)) & _inside(words, found))
