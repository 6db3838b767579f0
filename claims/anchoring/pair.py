"""Two versions of an article, folded and aligned, and the words that a claim consists of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.anchoring.alignment import Alignment, align
from claims.anchoring.words import Words, fold_words, identify
from claims.model.span import Spans


@dataclass(frozen=True)
class Pair:
    """Two versions.

    Attributes:
        old: The words of the version that the claims stand in.
        new: Those of the other.
        old_ids: The old words as numbers, one a folded form.
        new_ids: The new words, likewise.
        alignment: Which carry which.
    """

    old: Words
    new: Words
    old_ids: list[int]
    new_ids: list[int]
    alignment: Alignment

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """For each word, where it stands in the new version."""
        places: dict[int, list[int]] = {}
        for place, word in enumerate(self.new_ids):
            places.setdefault(word, []).append(place)
        return places


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a claim in the old version.

    Attributes:
        parts: A range of words for each run of them.
        ids: All of them, without what stands between the parts.
    """

    parts: tuple[range, ...]
    ids: list[int]

    @property
    def start(self) -> int:
        """The first word."""
        return self.parts[0].start

    @property
    def stop(self) -> int:
        """Past the last word."""
        return self.parts[-1].stop


def pair_of(old: str, new: str) -> Pair:
    """Fold and align two texts."""
    old_words, new_words = fold_words(old), fold_words(new)
    old_ids, new_ids = identify(old_words.folded, new_words.folded)
    return Pair(old_words, new_words, old_ids, new_ids, align(old_ids, new_ids))


def content_of(pair: Pair, spans: Spans) -> Content | None:
    """The words at spans of the old version; None if there are none."""
    parts = joined([pair.old.touched(span) for span in spans])
    if not parts:
        return None
    return Content(parts, [pair.old_ids[word] for part in parts for word in part])


def joined(ranges: Sequence[range]) -> tuple[range, ...]:
    """Ranges in order; those that overlap or touch become one, empty ones go."""
    out: list[range] = []
    for part in ranges:
        if not part:
            continue
        if out and part.start <= out[-1].stop:
            out[-1] = range(out[-1].start, max(out[-1].stop, part.stop))
        else:
            out.append(part)
    return tuple(out)
