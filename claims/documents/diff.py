"""The words that changed between two texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rapidfuzz.distance import Indel

from claims.anchoring.words import Words, fold_words, identify
from claims.model.span import Span


class Change(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text that stayed, went or came.

    Attributes:
        change: What happened to them.
        words: As printed: in the new text, or in the old one if they were removed.
        span: Where they stand there.
    """

    change: Change
    words: str
    span: Span


def compare_words(old: str, new: str) -> list[Stretch]:
    """The stretches of two texts in the order of the new one.

    Words are compared folded: typography, case and spacing are no change. The alignment has the
    fewest removed and added words (longest common subsequence).
    """
    before, after = fold_words(old), fold_words(new)
    stretches: list[Stretch] = []
    for change in Indel.opcodes(*identify(before.folded, after.folded)):
        if change.tag == "delete":
            removed = _stretch(Change.REMOVED, before, change.src_start, change.src_end)
            # What went stands before what came in its place.
            came = bool(stretches) and stretches[-1].change is Change.ADDED
            stretches.insert(len(stretches) - came, removed)
        else:
            kind = Change.SAME if change.tag == "equal" else Change.ADDED
            stretches.append(_stretch(kind, after, change.dest_start, change.dest_end))
    return stretches


def _stretch(change: Change, words: Words, first: int, beyond: int) -> Stretch:
    span = Span(words.starts[first], words.ends[beyond - 1])
    return Stretch(change, words.text[span.start : span.end], span)


Paragraph: TypeAlias = list[tuple[Change, str]]
"""The parts of a paragraph in order; those that stayed have the signs and spaces around them."""


def changed_paragraphs(stretches: Iterable[Stretch], new: str) -> Iterator[Paragraph]:
    """The paragraphs of the new text in which something changed."""
    paragraph: Paragraph = []
    for change, words in _with_signs(stretches, new):
        lines = [" ".join(words.split())] if change is Change.REMOVED else words.split("\n")
        paragraph.append((change, lines[0]))
        for line in lines[1:]:
            if any(kind is not Change.SAME for kind, _ in paragraph):
                yield paragraph
            paragraph = [(change, line)] if line else []
    if any(kind is not Change.SAME for kind, _ in paragraph):
        yield paragraph


def _with_signs(stretches: Iterable[Stretch], new: str) -> Iterator[tuple[Change, str]]:
    end = 0
    for stretch in stretches:
        if stretch.change is not Change.REMOVED:
            yield Change.SAME, new[end : stretch.span.start]
            end = stretch.span.end
        yield stretch.change, stretch.words
    yield Change.SAME, new[end:]


def count_changed(old: str, new: str) -> int:
    """How many words were removed or added."""
    before, after = fold_words(old), fold_words(new)
    return int(Indel.distance(*identify(before.folded, after.folded)))
