"""What speaks for a place: its words, what stands around it, and what the alignment carries."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from claims.anchoring.alignment import Alignment, align
from claims.anchoring.pair import Content, Pair, joined

CONTEXT = 12
"""Words on each side that are compared."""

SIMILARITY, SURROUNDINGS, CARRIED = 0.60, 0.25, 0.15
"""How much each feature counts."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what speaks for it.

    Attributes:
        words: The whole of it.
        parts: The words there that stand for the claim's content.
        similarity: Share of words that the content has in common with them.
        before: Share of words in common before it; None if nothing stood before the claim.
        after: Likewise after it.
        carried: Share of the content's words that the alignment carries there.
        occupied: Share of the place's words that carry on other words of the old version.
        exact: Whether the words are the same.
    """

    words: range
    parts: tuple[range, ...]
    similarity: float
    before: float | None
    after: float | None
    carried: float
    occupied: float
    exact: bool

    @property
    def side(self) -> float:
        """The likeness of the side that is more alike."""
        return max(self.before or 0.0, self.after or 0.0)

    @property
    def surroundings(self) -> float:
        """The likeness of what stands around it; 1 if nothing stood around the claim."""
        sides = [side for side in (self.before, self.after) if side is not None]
        return sum(sides) / len(sides) if sides else 1.0

    @property
    def unaligned_score(self) -> float:
        """How likely the claim stands there, whatever the alignment says."""
        return SIMILARITY * self.similarity + SURROUNDINGS * self.surroundings

    @property
    def score(self) -> float:
        """How likely the claim stands there, 0 to 1."""
        return self.unaligned_score + CARRIED * self.carried


def place_at(pair: Pair, content: Content, words: range) -> Place:
    """What speaks for a place."""
    parts = _parts(pair, content, words)
    there = [pair.new_ids[word] for part in parts for word in part]
    start, stop = (parts[0].start, parts[-1].stop) if parts else (words.start, words.stop)
    return Place(
        words=words,
        parts=parts,
        similarity=Indel.normalized_similarity(content.ids, there),
        before=_alike(
            pair.old_ids[max(0, content.start - CONTEXT) : content.start],
            pair.new_ids[max(0, start - CONTEXT) : start],
        ),
        after=_alike(
            pair.old_ids[content.stop : content.stop + CONTEXT],
            pair.new_ids[stop : stop + CONTEXT],
        ),
        carried=_carried(pair.alignment, content, words),
        occupied=_occupied(pair.alignment, content, parts),
        exact=there == content.ids,
    )


def _parts(pair: Pair, content: Content, words: range) -> tuple[range, ...]:
    """The content's parts within a place; what stands between them is not the claim's."""
    if len(content.parts) == 1 or len(words) == len(content.ids):
        there = pair.new_ids[words.start : words.stop]
        if len(content.parts) == 1 or there == content.ids:
            return (words,)
    start = content.start
    local = align(pair.old_ids[start : content.stop], pair.new_ids[words.start : words.stop])
    parts = []
    for part in content.parts:
        image = _local_image(local, range(part.start - start, part.stop - start))
        if image is not None:
            parts.append(range(words.start + image.start, words.start + image.stop))
    return joined(sorted(parts, key=lambda part: part.start))


def _local_image(local: Alignment, part: range) -> range | None:
    """Where a part stands within a place, with whatever replaced words at its ends."""
    carried = [word for word in part if local.to_new[word] >= 0]
    if not carried:
        return None
    first, last = carried[0], carried[-1]
    start, stop = local.to_new[first], local.to_new[last] + 1
    if first > part.start:
        block = local.block_at(first - 1)
        start = max(block.new if block else start, start - 2 * (first - part.start))
    if last < part.stop - 1:
        block = local.block_at(last + 1)
        stop = min(block.new_end if block else stop, stop + 2 * (part.stop - 1 - last))
    return range(start, stop)


def _alike(old: list[int], new: list[int]) -> float | None:
    return Indel.normalized_similarity(old, new) if old else None


def _carried(alignment: Alignment, content: Content, words: range) -> float:
    there = sum(
        1
        for part in content.parts
        for word in part
        if alignment.solid[word] and alignment.to_new[word] in words
    )
    return there / len(content.ids)


def _occupied(alignment: Alignment, content: Content, parts: tuple[range, ...]) -> float:
    words = [word for part in parts for word in part]
    count = 0
    for word in words:
        old = alignment.to_old[word]
        if old >= 0 and alignment.solid[old] and not any(old in part for part in content.parts):
            count += 1
    return count / len(words) if words else 1.0
