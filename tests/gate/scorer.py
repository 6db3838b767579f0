"""Scores proposals: the same definitions as the shared scorer, over words without punctuation.

A content is right when its words overlap the gold content's by at least half of their union; each
proposal counts once, best overlap first. A source is right when its mention shares a word with the
gold source, articles and prepositions not counted. A proposal is right end to end when both are.
"""

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NotRequired, TypedDict

from claims.extraction.output import AttributionLine
from claims.model.kinds import SourceKind

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
EMPTY = frozenset(
    ["the", "a", "an", "of", "and", "to", "in", "on", "at", "by", "for", "from", "with", "his",
     "her", "its", "their", "that", "this", "these", "those", "s", "is", "was", "as", "or",
     "mr", "ms", "mrs"]
)  # fmt: skip
REPORTING = frozenset((Path(__file__).parent / "reporting.txt").read_text("utf-8").split())
"""Words that make a gold cue a report of something said or written."""

MARK = re.compile("``|''|[\"“”„‟«»]")
STRAY = 8
"""Words of content of which one may stand outside the marks of a direct quotation."""

Pairs = Sequence[Sequence[int]]
"""Spans as JSON has them."""

Words = frozenset[int]
"""The numbers of some of a text's words."""


class GoldSpeaker(TypedDict):
    """Who spoke, by every name that is right."""

    names: list[str]


class GoldAttribution(TypedDict):
    """An attribution as people annotated it; keys that the scorer does not read are left out."""

    content: Pairs
    source: Pairs
    cue: NotRequired[Pairs]
    type: NotRequired[str]
    nested: NotRequired[bool]
    speaker: NotRequired[GoldSpeaker]


class GoldArticle(TypedDict):
    """A line of a gold file."""

    doc_id: str
    text: str
    attributions: list[GoldAttribution]


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@dataclass
class Tally:
    """How many of each measure were right, and how many were asked, over documents."""

    right: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, measure: str, right: int, asked: int = 1) -> None:
        """Add to a measure."""
        self.right[measure] += right
        self.asked[measure] += asked

    def merge(self, other: "Tally") -> None:
        """Add all of another tally."""
        for measure, asked in other.asked.items():
            self.add(measure, other.right[measure], asked)

    def share(self, measure: str) -> float:
        """Right among asked, 0 to 100."""
        asked = self.asked[measure]
        return 100 * self.right[measure] / asked if asked else 0.0

    def f1(self, measure: str) -> float:
        """Harmonic mean of a measure's precision and recall, 0 to 100."""
        precision, recall = self.share(f"{measure} P"), self.share(f"{measure} R")
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True)
class Pairing:
    """Which gold attribution of a document was paired with which proposal, by their numbers.

    Attributes:
        pairs: From the gold to the proposal that has its content.
        right: The gold whose proposal has its source too.
    """

    pairs: dict[int, int]
    right: frozenset[int]


def pair_up(
    text: str, gold: Sequence[GoldAttribution], proposals: Sequence[AttributionLine]
) -> Pairing:
    """Pair each gold content with the proposal that overlaps it best."""
    words = list(WORD.finditer(text))
    pairs = pair_words(
        [words_inside(words, one["content"]) for one in gold],
        [words_inside(words, one["content"]) for one in proposals],
    )
    right = frozenset(
        i for i, j in pairs.items() if same_source(words, gold[i]["source"], proposals[j]["source"])
    )
    return Pairing(pairs, right)


def pair_words(gold: Sequence[Words], proposed: Sequence[Words]) -> dict[int, int]:
    """Numbers of the gold's contents, each with that of its proposal: best overlap first."""
    overlaps = sorted(
        (-len(g & p) / len(g | p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(proposed)
        if 2 * len(g & p) >= len(g | p) > 0
    )
    pairs: dict[int, int] = {}
    for _, i, j in overlaps:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def right_proposals(
    text: str, gold: Sequence[GoldAttribution], proposals: Sequence[AttributionLine]
) -> list[bool]:
    """Whether each proposal is right end to end."""
    pairing = pair_up(text, gold, proposals)
    right = {pairing.pairs[i] for i in pairing.right}
    return [number in right for number in range(len(proposals))]


def count(
    tally: Tally,
    text: str,
    gold: Sequence[GoldAttribution],
    proposals: Sequence[AttributionLine],
) -> None:
    """Add one article to a tally."""
    pairing = pair_up(text, gold, proposals)
    quoted = list(_quoted(text))
    for number, one in enumerate(gold):
        hit, right = number in pairing.pairs, number in pairing.right
        tally.add("content R", hit)
        for group in _groups(text, one):
            tally.add(f"e2e{group} R", right)
        if hit and one["source"]:
            tally.add("source P", right)
        _count_speaker(tally, one, proposals[pairing.pairs[number]] if hit else None)
    right_ones = {pairing.pairs[i] for i in pairing.right}
    for number, proposal in enumerate(proposals):
        tally.add("content P", number in pairing.pairs.values())
        form = _form(text, proposal["content"], quoted)
        for group in ("", f" {form}"):
            tally.add(f"e2e{group} P", number in right_ones)


def _groups(text: str, one: GoldAttribution) -> Iterator[str]:
    yield ""
    yield f" {one.get('type', 'indirect')}"
    if one.get("nested"):
        yield " nested"
    cue = " ".join(text[start:end] for start, end in one.get("cue") or [])
    if any(word.group().lower() in REPORTING for word in WORD.finditer(cue)):
        yield " reportive"


def _count_speaker(tally: Tally, one: GoldAttribution, proposal: AttributionLine | None) -> None:
    speaker = one.get("speaker")
    if not speaker or not speaker["names"]:
        return
    name = proposal["speaker"] if proposal else None
    same = bool(name) and any(is_same_name(str(name), other) for other in speaker["names"])
    tally.add("speaker R", same)
    if proposal and name and proposal["chain"][0]["kind"] is not SourceKind.GROUP:
        tally.add("speaker P", same)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names end in the same word, or one is the other's letters."""
    letters = {"".join(re.findall(r"\b[A-Z]", name)).lower() for name in (one, other)}
    return _last(one) == _last(other) or not letters.isdisjoint({one.lower(), other.lower()})


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


def _form(text: str, spans: Pairs, quoted: list[tuple[int, int]]) -> str:
    inside = [
        _is_in(match.start(), quoted)
        for start, end in spans
        for match in WORD.finditer(text, start, end)
    ]
    outside = len(inside) - sum(inside)
    if not any(inside):
        return "indirect"
    return "direct" if outside == 0 or (len(inside) >= STRAY and outside == 1) else "mixed"


def _is_in(offset: int, quoted: list[tuple[int, int]]) -> bool:
    number = bisect_right(quoted, offset, key=lambda stretch: stretch[0]) - 1
    return number >= 0 and quoted[number][0] <= offset < quoted[number][1]


def words_inside(words: list[re.Match[str]], spans: Pairs) -> Words:
    """The numbers of the words that stand at spans, if only in part."""
    return frozenset(
        number
        for number, word in enumerate(words)
        if any(start < word.end() and word.start() < end for start, end in spans)
    )


def same_source(words: list[re.Match[str]], gold: Pairs, proposed: Pairs) -> bool:
    """The same of two mentions at spans."""
    return same_words(words, words_inside(words, gold), words_inside(words, proposed))


def same_words(words: list[re.Match[str]], gold: Words, proposed: Words) -> bool:
    """Whether two mentions share a word that names somebody, or nobody is mentioned in either."""
    if not gold or not proposed:
        return not gold and not proposed
    return bool(_naming_words(words, gold) & _naming_words(words, proposed))


def _naming_words(words: list[re.Match[str]], inside: Words) -> Words:
    """The words without articles, prepositions and titles, or all if there are no others."""
    naming = frozenset(n for n in inside if words[n].group().lower() not in EMPTY)
    return naming or inside
