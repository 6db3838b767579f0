"""Claims found again in edited articles, beside the rule of annotators in browsers.

Articles are made from templates and edited in ways of which it is known what becomes of each
claim. Thresholds were set on the seed of development alone.

    python -m bench.anchors [dev | test] [articles a kind] [--wrong]
"""

import copy
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bench.anchors.annotator import find_again
from bench.anchors.articles import Article, background, make_article
from bench.anchors.edits import KINDS, PREPARE, STANDS, Edit
from claims.anchoring.anchor import anchor_claims
from claims.model.anchor import Anchor, SoughtClaim, SoughtHop
from claims.model.span import Span

SEEDS = {"dev": 7, "test": 20261127}
PLACED = frozenset({"same", "moved", "altered"})
VERBATIM, CHANGED = 0.8, 0.5
"""Overlap from which a place is right, of the same words and of changed ones."""


DISTURBED, REPLACED = 0.5, 0.15
"""How many articles have other sentences changed too, and how many of these."""

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """An article before and after an edit."""

    kind: str
    old: str
    new: str
    claims: tuple[tuple[int, Stretch, Stretch, Stretch], ...]
    gold: dict[int, frozenset[str]]
    places: dict[int, tuple[int, int]]


def make_case(edit: Edit, chance: random.Random) -> Case:
    """One article, edited in one way; every other one with other sentences changed too."""
    article = make_article(chance)
    if edit.__name__ in PREPARE:
        PREPARE[edit.__name__](article, chance)
    old, spans = article.render()
    beside = article.attributions()
    claims = tuple((key, span, *beside[key]) for key, span in spans.items())
    edited = copy.deepcopy(article)
    edit(edited, chance)
    edited.gold.pop(-1, None)
    if chance.random() < DISTURBED:
        _disturb(edited, chance)
    new, places = edited.render()
    return Case(edit.__name__, old, new, claims, edited.gold, places)


def _disturb(article: Article, chance: random.Random) -> None:
    """Change what is no claim: a sentence goes, another comes."""
    for paragraph in article.paragraphs:
        for sentence in list(paragraph):
            if sentence.key is None and not sentence.words and chance.random() < REPLACED:
                paragraph[paragraph.index(sentence)] = background(chance)


def sought(case: Case) -> list[SoughtClaim]:
    """The claims of a case as the algorithm takes them."""
    return [
        SoughtClaim((Span(*span),), (SoughtHop((Span(*mention),), (Span(*cue),)),))
        for _, span, mention, cue in case.claims
    ]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Share of two stretches that both have."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))


class Score:
    """What was right and wrong."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.by_kind: Counter[tuple[str, bool]] = Counter()
        self.wrong: list[str] = []

    def add(self, case: Case, key: int, state: str, place: tuple[int, int] | None) -> None:
        """Count one claim."""
        gold, where = case.gold.get(key, STANDS), case.places.get(key)
        stands = where is not None
        least = VERBATIM if gold == STANDS else CHANGED
        there = where is not None and place is not None and overlap(where, place) >= least
        right = (state in gold and there) if stands else state not in PLACED
        self.counts["claims"] += 1
        if key in case.gold:
            self.counts["edited"] += 1
            self.counts["edited right"] += right
        self.counts["right"] += right
        self.counts["standing" if stands else "gone"] += 1
        self.counts["found"] += stands and state in PLACED and there
        self.counts["placed"] += not stands and state in PLACED
        self.by_kind[case.kind, right] += 1
        if not right:
            span = next(span for number, span, *_ in case.claims if number == key)
            self.wrong.append(
                f"{case.kind}: {case.old[slice(*span)]!r} is {'/'.join(sorted(gold))}"
                f" {case.new[slice(*where)] if where else None!r}, found {state}"
                f" {case.new[slice(*place)] if place else None!r}"
            )

    def lines(self, name: str) -> Iterator[str]:
        """The figures."""
        count = self.counts
        edited = count["edited right"] / max(1, count["edited"])
        yield (
            f"{name}: {count['claims']} claims, right {count['right'] / count['claims']:.4f},"
            f" of {count['edited']} edited ones {edited:.4f},"
            f" standing found {count['found'] / max(1, count['standing']):.4f},"
            f" gone yet placed {count['placed'] / max(1, count['gone']):.4f} of {count['gone']}"
        )


def measure(cases: list[Case]) -> tuple[Score, Score, float]:
    """Both rules on the same cases, and seconds that ours took."""
    ours, theirs = Score(), Score()
    seconds = 0.0
    for case in cases:
        began = time.process_time()
        anchors = anchor_claims(case.old, case.new, sought(case))
        seconds += time.process_time() - began
        for (key, span, *_), anchor in zip(case.claims, anchors, strict=True):
            ours.add(case, key, anchor.state.value, _hull(anchor))
            found = find_again(case.old, span, case.new)
            theirs.add(case, key, *(found or ("lost", None)))
    return ours, theirs, seconds


def _hull(anchor: Anchor) -> tuple[int, int] | None:
    return (anchor.spans[0].start, anchor.spans[-1].end) if anchor.spans else None


def main(arguments: list[str]) -> None:
    """Measure and print."""
    names = [word for word in arguments if not word.startswith("--")]
    part = names[0] if names else "test"
    count = int(names[1]) if len(names) > 1 else 20
    chance = random.Random(SEEDS[part])  # noqa: S311 - the same articles each time
    cases = [make_case(edit, chance) for edit in KINDS for _ in range(count)]
    ours, theirs, seconds = measure(cases)
    words = sum(len(case.old.split()) for case in cases) / len(cases)
    print(f"{part}: {len(KINDS)} kinds of edits, {len(cases)} pairs of {words:.0f} words")
    print(*ours.lines("whole text first"), *theirs.lines("exact, then approximate"), sep="\n")
    print(f"{len(cases) / seconds:.0f} pairs/s")
    for edit in KINDS:
        good, bad = ours.by_kind[edit.__name__, True], ours.by_kind[edit.__name__, False]
        if bad:
            print(f"  {edit.__name__}: {good / (good + bad):.3f}")
    if "--wrong" in arguments:
        print(*ours.wrong, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
