"""The kinds of drift, and which of them a change of words is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein

from claims.comparison import lexicon
from claims.comparison.tokens import Word, Wording


class DriftKind(StrEnum):
    """How the words of a later printing differ from those of an earlier one; the worst first."""

    NEGATION_LOST = "negation lost"
    NEGATION_GAINED = "negation gained"
    OPPOSITE = "opposite word"
    NUMBER = "number changed"
    DATE = "date changed"
    HEDGE_LOST = "hedge lost"
    HEDGE_GAINED = "hedge gained"
    REPLACED = "word replaced"
    CUT = "cut without ellipsis"
    ADDED = "words added"
    TENSE = "tense"
    ENDING = "ending of a word"
    SMALL_WORDS = "small words"
    SPELLING = "spelling"
    MARKED_CUT = "cut with an ellipsis"
    BRACKETS = "editor's brackets"
    SAME_NUMBER = "number written otherwise"
    EXTENT = "begins or ends elsewhere"


HARMLESS = frozenset(
    {DriftKind.MARKED_CUT, DriftKind.BRACKETS, DriftKind.SAME_NUMBER, DriftKind.EXTENT}
)
"""Kinds that are no drift: the printing says of itself what it did, or quotes less or more."""

MIRRORED = {
    DriftKind.NEGATION_LOST: DriftKind.NEGATION_GAINED,
    DriftKind.NEGATION_GAINED: DriftKind.NEGATION_LOST,
    DriftKind.HEDGE_LOST: DriftKind.HEDGE_GAINED,
    DriftKind.HEDGE_GAINED: DriftKind.HEDGE_LOST,
    DriftKind.CUT: DriftKind.ADDED,
    DriftKind.ADDED: DriftKind.CUT,
}
"""What a kind is called if the later printing is taken for the earlier one; others stay."""

_NEAR = 3
"""Words left out at a beginning among which a negation still belongs to what follows."""
_LONG = 8
"""Letters of a word from which one wrong letter is a misprint and not another word."""


@dataclass(frozen=True, slots=True)
class Block:
    """Two ranges of words that differ, between words that do not."""

    old: range
    new: range


def kinds_of_block(block: Block, old: Wording, new: Wording) -> set[DriftKind]:
    """The kinds that the change of a block's words is."""
    gone = [old.words[number] for number in block.old]
    come = [new.words[number] for number in block.new]
    if "".join(word.folded for word in gone) == "".join(word.folded for word in come):
        return {DriftKind.SPELLING}
    if (gone and all(word.editorial for word in gone)) or (
        come and all(word.editorial for word in come)
    ):
        return {DriftKind.BRACKETS}
    if not gone or not come:
        return _one_sided(block, old, new)
    return _replaced(gone, come)


def _one_sided(block: Block, old: Wording, new: Wording) -> set[DriftKind]:
    """Words that only one printing has: left out, added, or outside what the other quotes."""
    there, words, empty, other = (
        (old, block.old, block.new, new) if block.old else (new, block.new, block.old, old)
    )
    cut = there is old
    only = [there.words[number] for number in words]
    if empty.start in other.gaps:
        return {DriftKind.MARKED_CUT}
    if empty.start == 0:
        return {DriftKind.EXTENT} | _at_beginning(there, words, cut=cut)
    if empty.start == len(other.words):
        conditional = only[0].hedges and only[0].folded in {"if", "unless"}
        return {DriftKind.EXTENT} | ({_hedge(lost=cut)} if conditional else set())
    kinds = set()
    if sum(word.negates for word in only) % 2:
        kinds.add(_negation(lost=cut))
    if any(word.hedges for word in only):
        kinds.add(_hedge(lost=cut))
    rest = [word for word in only if not (word.small or word.negates or word.hedges)]
    if rest:
        kinds.add(DriftKind.CUT if cut else DriftKind.ADDED)
    elif not kinds:
        auxiliary = {"had", "has", "have", "did", "was", "were", "been", "will", "would"}
        tense = any(word.folded in auxiliary for word in only)
        kinds.add(DriftKind.TENSE if tense else DriftKind.SMALL_WORDS)
    return kinds


def _at_beginning(there: Wording, words: range, *, cut: bool) -> set[DriftKind]:
    """A negation or hedge just before the place where the other printing begins was its own."""
    first = max((at for at in there.clauses if at <= words.stop), default=0)
    near = [there.words[at] for at in words if at >= first and at >= words.stop - _NEAR]
    kinds = set()
    if sum(word.negates for word in near) % 2:
        kinds.add(_negation(lost=cut))
    if any(word.hedges for word in near):
        kinds.add(_hedge(lost=cut))
    return kinds


def _negation(*, lost: bool) -> DriftKind:
    return DriftKind.NEGATION_LOST if lost else DriftKind.NEGATION_GAINED


def _hedge(*, lost: bool) -> DriftKind:
    return DriftKind.HEDGE_LOST if lost else DriftKind.HEDGE_GAINED


def _replaced(gone: list[Word], come: list[Word]) -> set[DriftKind]:
    kinds = _polarity(gone, come)
    gone, come = _without_equal(*_without_opposites(gone, come))
    kinds |= _numbers(gone, come)
    kinds |= _certainty(gone, come)
    gone, come, forms = _without_forms(gone, come)
    kinds |= forms
    left = [_left(gone, kinds), _left(come, kinds)]
    if any(left):
        one_sided = DriftKind.CUT if left[0] else DriftKind.ADDED
        kinds.add(DriftKind.REPLACED if all(left) else one_sided)
    elif not kinds:
        kinds.add(DriftKind.SMALL_WORDS)
    return kinds


def _left(words: Sequence[Word], kinds: set[DriftKind]) -> list[Word]:
    """The words that no kind accounts for yet."""
    number, date = DriftKind.NUMBER in kinds, DriftKind.DATE in kinds
    return [
        word
        for word in words
        if not (word.small or word.negates or word.hedges)
        and not (word.quantity and not word.dated and number)
        and not (word.dated and date)
    ]


def _polarity(gone: list[Word], come: list[Word]) -> set[DriftKind]:
    lost, gained = (sum(word.negates for word in words) for words in (gone, come))
    opposites = any(
        lexicon.opposed(one.folded, other.folded)
        for one in gone
        for other in come
        if not (one.negates or other.negates)
    )
    if (lost + gained + opposites) % 2 == 0:
        return set()
    if lost == gained:
        return {DriftKind.OPPOSITE}
    return {_negation(lost=lost > gained)}


def _without_opposites(gone: list[Word], come: list[Word]) -> tuple[list[Word], list[Word]]:
    """The words but those whose opposite stands on the other side: polarity accounts for them."""

    def remaining(side: list[Word], other: list[Word]) -> list[Word]:
        opposites = [
            word
            for word in side
            if any(lexicon.opposed(word.folded, each.folded) for each in other)
        ]
        return [word for word in side if word.negates or word not in opposites]

    return remaining(gone, come), remaining(come, gone)


def _without_equal(gone: list[Word], come: list[Word]) -> tuple[list[Word], list[Word]]:
    """Words that stand on both sides in another order say nothing of a difference."""
    gone, come = list(gone), list(come)
    for word in list(gone):
        same = next((other for other in come if other.folded == word.folded), None)
        if same is not None:
            gone.remove(word)
            come.remove(same)
    return gone, come


def _numbers(gone: list[Word], come: list[Word]) -> set[DriftKind]:
    kinds = set()
    if any(word.dated for word in gone) and any(word.dated for word in come):
        kinds.add(DriftKind.DATE)
    sides = [[word for word in side if word.quantity and not word.dated] for side in (gone, come)]
    if all(sides):
        kinds.add(DriftKind.NUMBER)
    return kinds


def _certainty(gone: list[Word], come: list[Word]) -> set[DriftKind]:
    lost, gained = (sum(word.hedges for word in words) for words in (gone, come))
    return {_hedge(lost=lost > gained)} if lost != gained else set()


def _without_forms(
    gone: list[Word], come: list[Word]
) -> tuple[list[Word], list[Word], set[DriftKind]]:
    """The words without those that are another form or spelling of one on the other side."""
    kinds = set()
    gone, come = list(gone), list(come)
    for word in list(gone):
        for other in come:
            kind = _form(word.folded, other.folded)
            if kind is not None and not (word.quantity or other.quantity):
                kinds.add(kind)
                gone.remove(word)
                come.remove(other)
                break
    if not kinds:
        auxiliaries = [
            any(word.folded in lexicon.AUXILIARIES and not word.hedges for word in side)
            for side in (gone, come)
        ]
        if all(auxiliaries):
            kinds.add(DriftKind.TENSE)
    return gone, come, kinds


def _form(one: str, other: str) -> DriftKind | None:
    if lexicon.same_word(one, other):
        verbal = any(
            word in lexicon.IRREGULAR or word.endswith(("ed", "ing")) for word in (one, other)
        )
        return DriftKind.TENSE if verbal else DriftKind.ENDING
    return DriftKind.SPELLING if _misspelt(one, other) else None


def _misspelt(one: str, other: str) -> bool:
    if lexicon.opposed(one, other):
        return False
    if _plain(one) == _plain(other):
        return True
    least = min(len(one), len(other))
    return least >= _LONG and DamerauLevenshtein.distance(one, other) == 1


def _plain(word: str) -> str:
    """A word without what British and American spelling, or a doubled letter, make of it."""
    for british, american in (
        ("our", "or"),
        ("is", "iz"),
        ("ys", "yz"),
        ("ae", "e"),
        ("ogue", "og"),
    ):
        word = word.replace(british, american)
    word = word[:-2] + "er" if word.endswith("tre") else word
    return "".join(letter for at, letter in enumerate(word) if not at or word[at - 1] != letter)
