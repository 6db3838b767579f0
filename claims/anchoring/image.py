"""The place that an alignment points at for a range of old words."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.anchoring.alignment import Alignment
from claims.anchoring.words import Words

SLACK = 4
"""Words beyond twice as many as were replaced that an end may be away from what is carried."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a place may reach: up to the carried words beside it."""

    start: int
    stop: int


def image_of(alignment: Alignment, sought: range, old: Words, new: Words) -> range | None:
    """Where a range of old words stands by an alignment.

    What was carried says where. Words at either end that were replaced are found between that and
    the next carried words: up to where a sentence begins or ends, if the old words did so, else
    all that replaced them, or as many as they were.

    Returns:
        None if the alignment points nowhere.
    """
    carried = [word for word in sought if alignment.solid[word]]
    bounds = _bounds(alignment, sought)
    if not carried:
        carried = [
            word
            for word in sought
            if alignment.to_new[word] >= 0 and bounds.start <= alignment.to_new[word] < bounds.stop
        ]
        if bounds.stop - bounds.start > 3 * len(sought) + 10:
            return None
    if not carried:
        return _between(bounds, sought, alignment)
    first, last = carried[0], carried[-1]
    start = _start(alignment, sought, first, bounds=bounds, words=(old, new))
    stop = _stop(alignment, sought, last, bounds=bounds, words=(old, new))
    return range(start, stop)


def _bounds(alignment: Alignment, sought: range) -> Bounds:
    solid, to_new = alignment.solid, alignment.to_new
    before = _first_solid(solid, range(sought.start - 1, -1, -1))
    after = _first_solid(solid, range(sought.stop, len(to_new)))
    return Bounds(
        to_new[before] + 1 if before is not None else 0,
        to_new[after] if after is not None else len(alignment.to_old),
    )


def _first_solid(solid: list[bool], words: Iterable[int]) -> int | None:
    return next((word for word in words if solid[word]), None)


def _between(bounds: Bounds, sought: range, alignment: Alignment) -> range | None:
    """All that stands between the carried words on both sides, if the sought words were all."""
    block = alignment.block_at(sought.start)
    if block is None or (block.old, block.old_end) != (sought.start, sought.stop):
        return None
    place = range(max(block.new, bounds.start), min(block.new_end, bounds.stop))
    return place or None


def _start(
    alignment: Alignment, sought: range, first: int, *, bounds: Bounds, words: tuple[Words, Words]
) -> int:
    at = alignment.to_new[first]
    lead = first - sought.start
    lowest = max(bounds.start, at - 2 * lead - SLACK)
    for word in range(sought.start, first):
        if lowest <= alignment.to_new[word] < at:
            at, lead = alignment.to_new[word], word - sought.start
            break
    if not lead:
        return at
    likely = max(lowest, at - lead)
    old, new = words
    if old.begins_sentence(sought.start):
        begins = [word for word in range(lowest, at + 1) if new.begins_sentence(word)]
        if begins:
            return min(begins, key=lambda word: abs(word - likely))
    block = alignment.block_at(sought.start)
    if block is not None and block.old == sought.start and block.new >= lowest:
        return block.new
    return likely


def _stop(
    alignment: Alignment, sought: range, last: int, *, bounds: Bounds, words: tuple[Words, Words]
) -> int:
    at = alignment.to_new[last] + 1
    tail = sought.stop - 1 - last
    highest = min(bounds.stop, at + 2 * tail + SLACK)
    for word in range(sought.stop - 1, last, -1):
        if at <= alignment.to_new[word] < highest:
            at, tail = alignment.to_new[word] + 1, sought.stop - 1 - word
            break
    if not tail:
        return at
    likely = min(highest, at + tail)
    old, new = words
    if old.begins_sentence(sought.stop):
        ends = [word for word in range(at, highest + 1) if new.begins_sentence(word)]
        if ends:
            return min(ends, key=lambda word: abs(word - likely))
    block = alignment.block_at(sought.stop - 1)
    if block is not None and block.old_end == sought.stop and block.new_end <= highest:
        return block.new_end
    return likely
