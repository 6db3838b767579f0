"""How alike two wordings are, and which numbers and negations differ between them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from claims.text.fold import words_of

METHOD = "words-3"
"""Which form of the comparison it is; a change of it asks for `claims compare --all`."""

NEAR = 0.9
"""Share of words alike from which two wordings are near-equal."""

LOOSE = 0.75
"""Share from which they say the same in partly other words."""

DISTANT = 0.5
"""Share from which they may be a paraphrase, if the same speaker said both in the same days."""

RUN, RUN_SHARE = 6, 0.6
"""Words in a row, and their share of the shorter wording, that make it a piece of the longer."""

COVERED, SHARED_RUN = 0.85, 4
"""Share of the shorter one's words that the longer has in their order, and how many in a row."""

NEAR_CUT = 3
"""A negation so near to where a quote is cut belongs to the words that are left."""

ELLIPSIS = 6
"""Words left out at one place from which it is a cut, whose negations are its own."""

_FIGURE = re.compile(r"\d")
_COUNTING = frozenset(
    words_of(
        "hundred thousand million billion trillion hundreds thousands millions billions trillions"
        " dozen dozens half halves quarter quarters once twice"
        " first second third fourth fifth sixth seventh eighth ninth tenth"
    )
)
"""Words that count, besides those that are compared as figures."""
NEGATIONS = frozenset(
    {"not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "hardly"}
)


class Relation(StrEnum):
    """How two wordings relate."""

    NEAR = "near"
    PART = "part"
    LOOSE = "loose"
    DISTANT = "distant"


@dataclass(frozen=True, slots=True)
class Similarity:
    """What a comparison of two wordings came to.

    Attributes:
        relation: In which way they are alike.
        share: Words alike in both, 0 to 1.
        run: The most words in a row that both have.
        changes: Numbers and negations that differ at the same place, in words.
    """

    relation: Relation
    share: float
    run: int
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gap:
    """A place where two wordings differ: the words of each, and whether words alike surround it."""

    left: Sequence[str]
    right: Sequence[str]
    begins: bool
    ends: bool


def compare_wordings(one: Sequence[str], other: Sequence[str]) -> Similarity | None:
    """Compare two wordings word by word; None if they are not alike.

    Which comes first makes no difference but for the order in which a change is told.
    """
    blocks = [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes(one, other)
        if code.tag == "equal"
    ]
    alike = sum(end - start for start, end, _, _ in blocks)
    run = max((end - start for start, end, _, _ in blocks), default=0)
    share = 2 * alike / (len(one) + len(other))
    shorter = min(len(one), len(other))
    relation = _relation(share, run, alike / shorter, shorter)
    if relation is None:
        return None
    gaps = list(_gaps(one, other, blocks))
    return Similarity(relation, round(share, 3), run, (*_numbers(gaps), *_negations(gaps)))


def _relation(share: float, run: int, covered: float, shorter: int) -> Relation | None:
    if share >= NEAR:
        return Relation.NEAR
    is_part = run >= RUN_SHARE * shorter or (covered >= COVERED and run >= SHARED_RUN)
    if shorter >= RUN and run >= SHARED_RUN and is_part and (run >= RUN or covered >= COVERED):
        return Relation.PART
    if share >= LOOSE:
        return Relation.LOOSE
    return Relation.DISTANT if share >= DISTANT and run >= SHARED_RUN else None


def _gaps(
    one: Sequence[str], other: Sequence[str], blocks: Sequence[tuple[int, int, int, int]]
) -> Iterator[_Gap]:
    at, there = 0, 0
    for start, end, begins, ends in (*blocks, (len(one), len(one), len(other), len(other))):
        if start > at or begins > there:
            first, last = at == 0 and there == 0, start == len(one) and begins == len(other)
            yield _Gap(one[at:start], other[there:begins], not first, not last)
        at, there = end, ends


def _numbers(gaps: Sequence[_Gap]) -> Iterator[str]:
    """Numbers that stand in the place of other numbers; what one wording leaves out is cut."""
    for gap in gaps:
        left = [word for word in gap.left if _is_number(word)]
        right = [word for word in gap.right if _is_number(word)]
        if left and right and Counter(left) != Counter(right):
            yield f"number: {' '.join(left)} / {' '.join(right)}"


def _is_number(word: str) -> bool:
    return bool(_FIGURE.search(word)) or word in _COUNTING


def _negations(gaps: Sequence[_Gap]) -> Iterator[str]:
    """Negations that one wording has and the other has not at the same place."""
    for gap in gaps:
        left, right = _near_cut(gap, gap.left, gap.right), _near_cut(gap, gap.right, gap.left)
        if len(left) % 2 != len(right) % 2:
            sides = " ".join(left) or "—", " ".join(right) or "—"
            yield f"negation: {sides[0]} / {sides[1]}"


def _near_cut(gap: _Gap, words: Sequence[str], others: Sequence[str]) -> list[str]:
    """The negations of a gap that bear on what both wordings have."""
    if not others and (len(words) > ELLIPSIS or not (gap.begins and gap.ends)):
        near = list(words[:NEAR_CUT]) if gap.begins else []
        near += list(words[-NEAR_CUT:]) if gap.ends else []
        words = near
    return [word for word in words if word in NEGATIONS]
