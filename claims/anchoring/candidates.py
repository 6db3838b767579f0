"""The places of the new version at which a claim may stand."""

from collections.abc import Iterator, Sequence

import edlib

from claims.anchoring.image import image_of
from claims.anchoring.pair import Content, Pair

LIMIT = 0.45
"""Share of the words that may differ at a place that is merely similar."""

NEAREST = 3
"""Similar places that are looked at."""

DISTINCT = 250
"""Different words of a claim that are told apart; edlib's alphabet has 255 symbols."""

HULL = 12
"""Words between two parts of a claim up to which they are sought as they stand."""

_OTHER, _BLANK, _RARE = 255, 254, 253


def exact_places(pair: Pair, content: Content) -> list[range]:
    """Every place with just the words of a claim; with or without what stood between its parts."""
    runs = [content.ids]
    if len(content.parts) > 1:
        runs.insert(0, pair.old_ids[content.start : content.stop])
    places: list[range] = []
    for run in runs:
        places += [place for place in _runs(pair, run) if place not in places]
    return places


def _runs(pair: Pair, run: Sequence[int]) -> Iterator[range]:
    rarest = min(range(len(run)), key=lambda at: len(pair.places.get(run[at], ())))
    for place in pair.places.get(run[rarest], ()):
        start = place - rarest
        if start >= 0 and pair.new_ids[start : start + len(run)] == run:
            yield range(start, start + len(run))


def aligned_place(pair: Pair, content: Content) -> range | None:
    """The place that the alignment of the whole texts points at."""
    images = [
        image
        for part in content.parts
        if (image := image_of(pair.alignment, part, pair.old, pair.new)) is not None
    ]
    if not images:
        return None
    return range(images[0].start, max(images[0].start + 1, images[-1].stop))


def similar_places(pair: Pair, content: Content) -> Iterator[range]:
    """The places that are most similar, the next each time without the words of the last."""
    run = content.ids
    if content.stop - content.start - len(run) <= HULL:
        run = pair.old_ids[content.start : content.stop]
    codes: dict[int, int] = {}
    for word in run:
        codes.setdefault(word, min(len(codes), DISTINCT))
    query = bytes([codes[word] if codes[word] < DISTINCT else _RARE for word in run])
    get = codes.get
    target = bytearray([get(word, _OTHER) for word in pair.new_ids])
    target = target.replace(bytes([DISTINCT]), bytes([_OTHER]))
    limit = int(LIMIT * len(run))
    for _ in range(NEAREST):
        match = edlib.align(query, bytes(target), mode="HW", task="locations", k=limit)
        if match["editDistance"] < 0:
            return
        start, end = match["locations"][0]
        if start is None or end < start:
            return
        yield _within_sentence(pair, frozenset(run), range(start, end + 1))
        target[start : end + 1] = bytes([_BLANK]) * (end + 1 - start)


def _within_sentence(pair: Pair, words: frozenset[int], place: range) -> range:
    """A place without the words of other sentences that were only counted as replaced."""
    start, stop = place.start, place.stop
    for at in range(start, stop):
        if pair.new_ids[at] in words:
            break
        if pair.new.begins_sentence(at + 1):
            start = at + 1
    for at in range(stop - 1, start, -1):
        if pair.new_ids[at] in words:
            break
        if pair.new.begins_sentence(at):
            stop = at
    return range(start, stop) if start < stop else place
