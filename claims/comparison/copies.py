"""How much of one text another prints, and whether it is a copy of it.

The words outside quotation marks are looked at too: two reports of the same speech share its words,
and neither is printed from the other.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from claims.anchoring.quoted import quoted_words
from claims.anchoring.words import Words, fold_words
from claims.comparison.signature import SHINGLE
from claims.model.copies import CopyKind
from claims.model.span import Span, Spans

SHARE = 0.5
"""Share of a text's words that a copy takes from another text, at least."""

NARRATION = 0.35
"""The same of its words outside quotation marks."""

MENTIONED = 0.3
"""From this share on people are told of an earlier text that a text is no copy of."""

PART = 0.2
"""Share of a merged text's words that its second original adds, at least."""

SHORT = 60
"""Words. Of a shorter text nothing is said by share: a notice or a headline is shared by chance."""

FEW = 20
"""Words outside quotation marks. A text with fewer has no narration to compare."""

MOST = 2
"""Originals that a merged text has, and earlier texts that people are told of."""


Value = TypeVar("Value")

_RUN = [True] * SHINGLE


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text ready to be compared.

    Attributes:
        words: Its words.
        quoted: For each word whether it stands between quotation marks.
        runs: Its runs of five words.
        spoken: Those that it has between quotation marks only.
    """

    words: Words
    quoted: tuple[bool, ...]
    runs: frozenset[tuple[str, ...]]
    spoken: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a text stands in another.

    Attributes:
        share: Of its words, those in runs of at least five that the other has too; 0 to 1.
        narration: The same of its words outside quotation marks; None if it has hardly any.
    """

    share: float
    narration: float | None

    @property
    def has_narration(self) -> bool:
        """Whether more is shared than quotations."""
        return self.narration is not None and self.narration >= NARRATION


@dataclass(frozen=True, slots=True)
class Copy:
    """What a text has in common with an earlier original.

    Attributes:
        original: The original's id.
        kind: What the text is to it.
        overlap: How much of the text stands in it.
        passages: Where these words stand in the text.
    """

    original: uuid.UUID
    kind: CopyKind
    overlap: Overlap
    passages: Spans

    @property
    def is_copy(self) -> bool:
        """Whether the text is no report of its own."""
        return self.kind is not CopyKind.CONTAINS


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: uuid.UUID
    shared: tuple[bool, ...]
    overlap: Overlap
    back: Overlap


def prepare(text: str) -> ComparedText:
    """Fold a text's words and find its quotations."""
    words = fold_words(text)
    quoted = quoted_words(words)
    runs = frozenset(_runs_of(words.folded))
    marked = zip(_runs_of(words.folded), _runs_of(quoted), strict=True)
    narrated = {run for run, marks in marked if False in marks}
    return ComparedText(words, tuple(quoted), runs, runs - narrated)


def find_copies(
    text: ComparedText, earlier: Sequence[tuple[uuid.UUID, ComparedText]]
) -> tuple[Copy, ...]:
    """What a text has from earlier originals.

    Args:
        text: At least `SHORT` words.
        earlier: Originals that may share passages with it, the earliest first.

    Returns:
        Of a copy its best original, the earliest of those that are equally good, or its originals
        if it is merged; otherwise what it contains of others, which makes it no copy.
    """
    candidates = [_measure(text, id_, other) for id_, other in earlier]
    parents = sorted(
        (one for one in candidates if one.overlap.has_narration and one.overlap.share >= PART),
        key=lambda one: -one.overlap.share,
    )
    if not parents:
        return ()
    best = parents[0]
    second = _second(text, best, parents[1:])
    if second:
        return (
            _copy(text, best, CopyKind.MERGED),
            _copy(text, second, CopyKind.MERGED),
        )
    if best.overlap.share >= SHARE:
        kind = CopyKind.CUT if best.back.share < SHARE else CopyKind.COPY
        return (_copy(text, best, kind),)
    mentioned = [one for one in parents if max(one.overlap.share, one.back.share) >= MENTIONED]
    return tuple(_copy(text, one, CopyKind.CONTAINS) for one in mentioned[:MOST])


def compare_settled(text: ComparedText, original: uuid.UUID, other: ComparedText) -> Copy:
    """What a text has from the original that a person says it is printed from."""
    measured = _measure(text, original, other)
    whole = measured.back.share >= SHARE or measured.overlap.share < SHARE
    return _copy(text, measured, CopyKind.COPY if whole else CopyKind.CUT)


def find_overlap(text: ComparedText, other: ComparedText) -> Overlap:
    """How much of a text stands in another, word for word but for typography."""
    return _find_shared(text, other)[1]


def _measure(text: ComparedText, id_: uuid.UUID, other: ComparedText) -> _Candidate:
    shared, overlap = _find_shared(text, other)
    return _Candidate(id_, shared, overlap, find_overlap(other, text))


def _find_shared(text: ComparedText, other: ComparedText) -> tuple[tuple[bool, ...], Overlap]:
    """For each word of a text whether it stands in a run that another has too, and how many do.

    What either text has between quotation marks is no narration: a statement that one prints bare
    and the other quotes is shared as the words of whoever made it.
    """
    shared = [False] * len(text.words)
    spoken = list(text.quoted)
    for start, run in enumerate(_runs_of(text.words.folded)):
        if run in other.runs:
            shared[start : start + SHINGLE] = _RUN
            if run in other.spoken:
                spoken[start : start + SHINGLE] = _RUN
    narration = [flag for flag, quoted in zip(shared, spoken, strict=True) if not quoted]
    return tuple(shared), Overlap(
        sum(shared) / len(shared) if shared else 0.0,
        sum(narration) / len(narration) if len(narration) >= FEW else None,
    )


def _second(
    text: ComparedText, best: _Candidate, others: Sequence[_Candidate]
) -> _Candidate | None:
    """The other original of a merged text: what adds most to the best one; None if it is none."""
    chosen, most = None, 0
    for other in others:
        added = [
            theirs and not ours for ours, theirs in zip(best.shared, other.shared, strict=True)
        ]
        narrated = sum(flag and not quoted for flag, quoted in zip(added, text.quoted, strict=True))
        if sum(added) > most and narrated >= FEW:
            chosen, most = other, sum(added)
    if chosen is None or most < PART * len(best.shared):
        return None
    both = [ours or theirs for ours, theirs in zip(best.shared, chosen.shared, strict=True)]
    return chosen if sum(both) >= SHARE * len(both) else None


def _copy(text: ComparedText, one: _Candidate, kind: CopyKind) -> Copy:
    return Copy(one.id, kind, one.overlap, _passages(text.words, one.shared))


def _runs_of(values: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    return zip(*(values[offset:] for offset in range(SHINGLE)), strict=False)


def _passages(words: Words, shared: Sequence[bool]) -> Spans:
    passages: list[Span] = []
    start: int | None = None
    for index, flag in enumerate([*shared, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            passages.append(Span(words.starts[start], words.ends[index - 1]))
            start = None
    return tuple(passages)
