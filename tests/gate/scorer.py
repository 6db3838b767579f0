"""Scores proposals: the same definitions as the shared scorer, over words without punctuation.

A content is right when its words overlap the gold content's by at least half of their union; each
proposal counts once, best overlap first. A source is right when its mention shares a word with the
gold source, articles and prepositions not counted. A proposal is right end to end when both are.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
EMPTY = frozenset(
    ["the", "a", "an", "of", "and", "to", "in", "on", "at", "by", "for", "from", "with", "his",
     "her", "its", "their", "that", "this", "these", "those", "s", "is", "was", "as", "or",
     "mr", "ms", "mrs"]
)  # fmt: skip
REPORTING = frozenset((Path(__file__).parent / "data/reporting.txt").read_text("utf-8").split())
"""Words that make a gold cue a report of something said or written."""

MARK = re.compile("``|''|[\"“”„‟«»]")
STRAY = 8
"""Words of content of which one may stand outside the marks of a direct quotation."""

Attribution = Mapping[str, Any]
Words = frozenset[int]


@dataclass
class Tally:
    """Sums over documents, as (right, asked) of each measure."""

    sums: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, right: float, asked: float = 1) -> None:
        """Add to a measure."""
        self.sums[f"{measure} right"] += right  # type: ignore[assignment]
        self.sums[f"{measure} asked"] += asked  # type: ignore[assignment]

    def share(self, measure: str) -> float:
        """Right among asked, 0 to 100."""
        asked = self.sums[f"{measure} asked"]
        return 100 * self.sums[f"{measure} right"] / asked if asked else 0.0

    def f1(self, measure: str) -> float:
        """Harmonic mean of a measure's precision and recall, 0 to 100."""
        precision, recall = self.share(f"{measure} P"), self.share(f"{measure} R")
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True)
class Pairing:
    """Gold and proposals of one document, as words, with who was paired with whom."""

    gold: list[Words]
    found: list[Words]
    pairs: dict[int, int]
    right: frozenset[int]


def pair_up(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Pairing:
    """Pair each gold content with the proposal that overlaps it best."""
    words = list(WORD.finditer(text))
    wanted = [words_inside(words, one["content"]) for one in gold]
    given = [words_inside(words, one["content"]) for one in found]
    overlaps = sorted(
        (-len(w & g) / len(w | g), i, j)
        for i, w in enumerate(wanted)
        for j, g in enumerate(given)
        if 2 * len(w & g) >= len(w | g) > 0
    )
    pairs: dict[int, int] = {}
    for _, i, j in overlaps:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    right = frozenset(
        i for i, j in pairs.items() if same_source(words, gold[i]["source"], found[j]["source"])
    )
    return Pairing(wanted, given, pairs, right)


def right_proposals(
    text: str, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> list[bool]:
    """Whether each proposal is right end to end."""
    paired = pair_up(text, gold, found)
    good = {paired.pairs[i] for i in paired.right}
    return [number in good for number in range(len(found))]


def count(
    tally: Tally, text: str, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> None:
    """Add one article to a tally."""
    paired = pair_up(text, gold, found)
    quoted = list(_quoted(text))
    for number, one in enumerate(gold):
        hit, right = number in paired.pairs, number in paired.right
        tally.add("content R", hit)
        for group in _groups(text, one):
            tally.add(f"e2e{group} R", right)
        if hit and one["source"]:
            tally.add("source P", right)
        _count_speaker(tally, one, found[paired.pairs[number]] if hit else None)
    good = {paired.pairs[i] for i in paired.right}
    for number, one in enumerate(found):
        tally.add("content P", number in paired.pairs.values())
        form = _form(text, one["content"], quoted)
        for group in ("", f" {form}"):
            tally.add(f"e2e{group} P", number in good)


def _groups(text: str, one: Attribution) -> Iterator[str]:
    yield ""
    yield f" {one.get('type', 'indirect')}"
    if one.get("nested"):
        yield " nested"
    cue = " ".join(text[start:end] for start, end in one.get("cue") or [])
    if any(word.group().lower() in REPORTING for word in WORD.finditer(cue)):
        yield " reportive"


def _count_speaker(tally: Tally, one: Attribution, found: Attribution | None) -> None:
    names = (one.get("speaker") or {}).get("names")
    if not names:
        return
    name = found["speaker"] if found else None
    same = bool(name) and any(_last(str(name)) == _last(other) for other in names)
    tally.add("speaker R", same)
    if name:
        tally.add("speaker P", same)


def _last(name: str) -> str:
    words = re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", re.sub(r"[’']s?$", "", name))
    return words[-1].lower() if words else ""


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between marks; a paragraph's last, never closed, goes to its end."""
    for paragraph in re.finditer(r"[^\n]+", text):
        opened: int | None = None
        for match in MARK.finditer(text, *paragraph.span()):
            if opened is None and match.group() not in {"”", "»", "''"}:
                opened = match.start()
            elif opened is not None and match.group() not in {"“", "„", "«", "``"}:
                yield opened, match.end()
                opened = None
        if opened is not None:
            yield opened, paragraph.end()


def _form(text: str, spans: Sequence[Sequence[int]], quoted: list[tuple[int, int]]) -> str:
    inside = [
        _is_in(match.start(), quoted)
        for start, end in spans
        for match in WORD.finditer(text, start, end)
    ]
    outside = len(inside) - sum(inside)
    if not any(inside):
        return "indirect"
    return "direct" if outside == 0 or (len(inside) >= STRAY and outside == 1) else "mixed"


def _is_in(place: int, quoted: list[tuple[int, int]]) -> bool:
    number = bisect_right(quoted, place, key=lambda stretch: stretch[0]) - 1
    return number >= 0 and quoted[number][0] <= place < quoted[number][1]


def words_inside(words: list[re.Match[str]], spans: Sequence[Sequence[int]]) -> Words:
    return frozenset(
        number
        for number, word in enumerate(words)
        if any(start < word.end() and word.start() < end for start, end in spans)
    )


def same_source(words: list[re.Match[str]], gold: Any, found: Any) -> bool:  # noqa: ANN401
    if not gold or not found:
        return not gold and not found
    return bool(_telling(words, gold) & _telling(words, found))


def _telling(words: list[re.Match[str]], spans: Sequence[Sequence[int]]) -> Words:
    inside = words_inside(words, spans)
    telling = frozenset(n for n in inside if words[n].group().lower() not in EMPTY)
    return telling or inside
