"""One alignment of all the words of two versions: which new word carries which old one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

SOLID = 4
"""Words. A shorter run of carried words may be chance: "of the", "said on"."""

WHOLE = 20_000
"""Words. Longer texts are aligned piece by piece: two of 50,000 words take 1.2 s and 250 MB."""

SEED = 8
"""Words. A run of so many that both versions have once is where long texts are cut."""


class Block(NamedTuple):
    """Words of the old version [old, old_end) that the new one replaces by [new, new_end)."""

    old: int
    old_end: int
    new: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two versions, word by word.

    Attributes:
        to_new: For each old word the new one that carries it; -1 if none does.
        to_old: For each new word the old one that it carries; -1 if it is new.
        solid: Whether an old word is carried in a run of at least `SOLID`.
        blocks: What lies between the carried words, in order.
    """

    to_new: list[int]
    to_old: list[int]
    solid: list[bool]
    blocks: list[Block]

    def block_at(self, old: int) -> Block | None:
        """The block that an old word which nothing carries lies in."""
        index = bisect_right(self.blocks, old, key=lambda block: block.old) - 1
        if index >= 0 and old < self.blocks[index].old_end:
            return self.blocks[index]
        return None


def align(old: Sequence[int], new: Sequence[int]) -> Alignment:
    """Align two versions, given as numbers of words."""
    to_new, to_old, solid = [-1] * len(old), [-1] * len(new), [False] * len(old)
    blocks: list[Block] = []
    last_old = last_new = 0
    for start, other, length in _joined(_runs(old, new)):
        if start > last_old or other > last_new:
            blocks.append(Block(last_old, start, last_new, other))
        last_old, last_new = start + length, other + length
        to_new[start:last_old] = range(other, last_new)
        to_old[other:last_new] = range(start, last_old)
        if length >= SOLID:
            solid[start:last_old] = [True] * length
    if last_old < len(old) or last_new < len(new):
        blocks.append(Block(last_old, len(old), last_new, len(new)))
    return Alignment(to_new, to_old, solid, blocks)


def _joined(runs: Iterator[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Runs of carried words; those that follow each other without a gap become one."""
    last: tuple[int, int, int] | None = None
    for run in runs:
        if last and (last[0] + last[2], last[1] + last[2]) == run[:2]:
            last = (last[0], last[1], last[2] + run[2])
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _runs(old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    for old_start, old_end, new_start, new_end in _stretches(old, new):
        cut, other = old[old_start:old_end], new[new_start:new_end]
        if len(cut) > WHOLE or len(other) > WHOLE:
            continue
        for code in Indel.opcodes(cut, other):
            if code.tag == "equal":
                length = code.src_end - code.src_start
                yield old_start + code.src_start, new_start + code.dest_start, length


def _stretches(old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Both versions whole or, if one is long, cut at runs of words that both have once.

    A piece in which no such run stands may remain too long to align; nothing carries its words.
    """
    if len(old) <= WHOLE and len(new) <= WHOLE:
        yield 0, len(old), 0, len(new)
        return
    old_start = new_start = 0
    for old_end, new_end in _cuts(old, new):
        if max(old_end - old_start, new_end - new_start) < WHOLE // 4:
            continue
        yield old_start, old_end, new_start, new_end
        old_start, new_start = old_end, new_end
    yield old_start, len(old), new_start, len(new)


def _cuts(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """Where runs stand that both versions have once: the most of them that keep one order."""
    places = _once(new)
    pairs = [(at, places[run]) for run, at in _once(old).items() if run in places]
    pairs.sort()
    # Longest increasing subsequence by patience sorting.
    tops: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(chosen[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        chosen[pile : pile + 1] = [number]
    cuts = []
    number = chosen[-1] if chosen else -1
    while number >= 0:
        cuts.append(pairs[number])
        number = before[number]
    return cuts[::-1]


def _once(words: Sequence[int]) -> dict[tuple[int, ...], int]:
    seen: dict[tuple[int, ...], int] = {}
    for start in range(len(words) - SEED + 1):
        run = tuple(words[start : start + SEED])
        seen[run] = -1 if run in seen else start
    return {run: start for run, start in seen.items() if start >= 0}
