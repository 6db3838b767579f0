"""What happened to the words of one utterance from one printing to another.

Both wordings are aligned word by word; where they differ, the change gets its kinds. A negation is
compared where it stands: "will not leave" and "will leave, not stay" differ twice. What an editor
marked (brackets, an ellipsis, [sic]) and a number written otherwise ("ten", "10") are no drift.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from claims.comparison.drift_kinds import HARMLESS, MIRRORED, Block, DriftKind, kinds_of_block
from claims.comparison.tokens import Word, Wording, read_wording
from claims.model.span import Span

_ORDER = {kind: number for number, kind in enumerate(DriftKind)}
_FAR = 4
"""Unchanged words after which a negation no longer belongs to the same statement."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one printing and those that stand for them in the other.

    Attributes:
        kinds: What happened to them, the worst first.
        old: Where they stand in the earlier printing; empty (start = end) if nowhere.
        new: Where they stand in the later one, likewise.
        old_words: As printed.
        new_words: As printed.
    """

    kinds: tuple[DriftKind, ...]
    old: Span
    new: Span
    old_words: str
    new_words: str

    @property
    def is_drift(self) -> bool:
        """Whether a reader of the later printing reads something else."""
        return not HARMLESS.issuperset(self.kinds)


def compare_wordings(earlier: str, later: str) -> tuple[Change, ...]:
    """How the words of a later printing differ from those of an earlier one, in their order."""
    old, new = read_wording(earlier), read_wording(later)
    # Of several alignments equally good one is chosen, the same in both directions.
    if later < earlier:
        return tuple(_mirrored(change) for change in _compare(new, old))
    return tuple(_compare(old, new))


def kinds_of(changes: Sequence[Change]) -> tuple[DriftKind, ...]:
    """The kinds of several changes, the worst first."""
    return _sorted({kind for change in changes for kind in change.kinds})


def _sorted(kinds: set[DriftKind]) -> tuple[DriftKind, ...]:
    return tuple(sorted(kinds, key=_ORDER.__getitem__))


def _mirrored(change: Change) -> Change:
    kinds = {MIRRORED.get(kind, kind) for kind in change.kinds}
    return Change(_sorted(kinds), change.new, change.old, change.new_words, change.old_words)


def _compare(old: Wording, new: Wording) -> list[Change]:
    blocks = list(_blocks(old, new))
    changes = [(block, kinds_of_block(block, old, new)) for block in blocks]
    changes = _without_moved_negations(changes, old)
    changes.extend(_written_otherwise(old, new, blocks))
    changes.sort(key=lambda change: (change[0].old.start, change[0].new.start))
    return [_change(block, kinds, old, new) for block, kinds in changes if kinds]


def _blocks(old: Wording, new: Wording) -> Iterator[Block]:
    last_old = last_new = 0
    for code in Indel.opcodes(old.folded, new.folded):
        if code.tag == "equal":
            if (last_old, last_new) != (code.src_start, code.dest_start):
                yield Block(range(last_old, code.src_start), range(last_new, code.dest_start))
            last_old, last_new = code.src_end, code.dest_end
    if (last_old, last_new) != (len(old.words), len(new.words)):
        yield Block(range(last_old, len(old.words)), range(last_new, len(new.words)))


def _change(block: Block, kinds: set[DriftKind], old: Wording, new: Wording) -> Change:
    return Change(
        _sorted(kinds),
        _span(block.old, old),
        _span(block.new, new),
        old.printed(block.old.start, block.old.stop),
        new.printed(block.new.start, block.new.stop),
    )


def _span(words: range, wording: Wording) -> Span:
    if words:
        return Span(wording.words[words.start].start, wording.words[words.stop - 1].end)
    place = wording.words[words.start - 1].end if words.start else 0
    return Span(place, place)


def _without_moved_negations(
    changes: list[tuple[Block, set[DriftKind]]], old: Wording
) -> list[tuple[Block, set[DriftKind]]]:
    """A negation that went at one place and came a few words on in the same clause only moved."""
    polar = {DriftKind.NEGATION_LOST, DriftKind.NEGATION_GAINED, DriftKind.OPPOSITE}
    changes = [(block, set(kinds)) for block, kinds in changes]
    for (first, kinds), (second, others) in itertools.pairwise(changes):
        between = range(first.old.stop, second.old.start)
        near = len(between) <= _FAR and not any(at in old.clauses for at in between)
        if near and kinds & polar and others & polar:
            for moved in (kinds, others):
                moved.difference_update(polar)
                moved.update(() if moved else {DriftKind.SMALL_WORDS})
    return changes


def _written_otherwise(
    old: Wording, new: Wording, blocks: Sequence[Block]
) -> Iterator[tuple[Block, set[DriftKind]]]:
    """Words that are the same but for an editor's brackets or the signs of a number."""
    last_old = last_new = 0
    ends = Block(range(len(old.words), len(old.words)), range(len(new.words), len(new.words)))
    for block in [*blocks, ends]:
        for at in range(block.old.start - last_old):
            one, other = old.words[last_old + at], new.words[last_new + at]
            kind = _mark(one, other, old, new)
            if kind is not None:
                here = Block(
                    range(last_old + at, last_old + at + 1), range(last_new + at, last_new + at + 1)
                )
                yield here, {kind}
        last_old, last_new = block.old.stop, block.new.stop


def _mark(one: Word, other: Word, old: Wording, new: Wording) -> DriftKind | None:
    if one.editorial != other.editorial:
        return DriftKind.BRACKETS
    if one.quantity and old.text[one.start : one.end] != new.text[other.start : other.end]:
        return DriftKind.SAME_NUMBER
    return None
