"""Numbers and days of two wordings that stand at the same thing and differ.

A number belongs to what it counts: its unit, and the words with meaning next to it. Only numbers
with the same unit next to the same word are compared, and a rounded one does not differ from the
exact one that it rounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.comparison import lexicon
from claims.comparison.tokens import Word, Wording

_NEAR = 3
"""Words with meaning on each side of a figure that may say what it counts."""
_LEAST = 2
"""Words with meaning near both that say of what a sum, a share or a day is; forms of one count."""
_RELATIVE = frozenset({"yesterday", "today", "tomorrow", "tonight"})
"""They name another day in every report."""
_ROUGH = Decimal("0.1")
"""How far a number with "about" or "more than" may lie from the exact one."""


@dataclass(frozen=True, slots=True)
class Clashing:
    """Two figures that differ.

    Attributes:
        old_words: The earlier one with what it counts, as printed.
        new_words: The later one likewise.
        dated: Whether they are days, months or years.
    """

    old_words: str
    new_words: str
    dated: bool


@dataclass(frozen=True, slots=True)
class _Figure:
    at: int
    word: Word
    sort: str
    counted: str | None
    adjacent: frozenset[str]
    near: frozenset[str]
    rough: bool


def clashing_figures(old: Wording, new: Wording) -> Iterator[Clashing]:
    """The figures of one wording that differ from those of the other, at the same thing."""
    olds, news = list(_figures(old)), list(_figures(new))
    for one in olds:
        others = [other for other in news if _of_one_thing(one, other)]
        rivals = [figure for figure in olds if figure.sort == one.sort and figure is not one]
        if len(others) != 1 or any(_of_one_thing(figure, others[0]) for figure in rivals):
            continue
        [other] = others
        if _elsewhere(one, news) or _elsewhere(other, olds) or _agree(one, other):
            continue
        yield Clashing(_printed(one, old), _printed(other, new), one.word.dated)


def _figures(wording: Wording) -> Iterator[_Figure]:
    for at, word in enumerate(wording.words):
        sort = _sort(word, wording, at)
        if sort is None:
            continue
        before = [near for near in reversed(wording.words[:at]) if _means(near)][:_NEAR]
        after = [near for near in wording.words[at + 1 :] if _means(near)][:_NEAR]
        counted = _counted(wording, at)
        adjacent = _lemmas(*before[:1], *after[:1])
        near = _lemmas(*before, *after)
        if _says_little(wording, at):
            continue
        rough = any(each.hedges for each in wording.words[max(0, at - 3) : at])
        yield _Figure(at, word, sort, counted, adjacent, near, rough)


def _says_little(wording: Wording, at: int) -> bool:
    """Whether a figure is none: "one of them", "not ten", "52-year-old", "ten days ago"."""
    word, after = wording.words[at], [each.folded for each in wording.words[at + 1 : at + 3]]
    if at and wording.words[at - 1].negates:
        return True
    printed = wording.text[word.start : word.end].lower()
    return printed == "one" or after == ["year", "old"] or after[1:] == ["ago"]


def _lemmas(*words: Word) -> frozenset[str]:
    return frozenset(lemma for word in words for lemma in lexicon.lemmas(word.folded))


def _sort(word: Word, wording: Wording, at: int) -> str | None:
    """What kind of figure it is; figures of different kinds are never compared."""
    if word.folded in lexicon.WEEKDAYS:
        return None if word.folded in _RELATIVE else "weekday"
    quantity = word.quantity
    if quantity is None:
        return "month" if word.dated else None
    if quantity.value is None or quantity.unit == "th":
        return None
    if not word.dated:
        return f"number {quantity.unit}"
    near = wording.words[max(0, at - 1) : at + 2]
    if quantity.is_year:
        return "year"
    month = next((each.folded for each in near if each.folded in lexicon.MONTHS), "")
    return f"day of {month}"


def _counted(wording: Wording, at: int) -> str | None:
    """The word right after a number, if it says what is counted."""
    after = wording.words[at + 1] if at + 1 < len(wording.words) else None
    if after is None or not _means(after) or at + 1 in wording.clauses:
        return None
    return after.folded


def _means(word: Word) -> bool:
    return not (word.small or word.quantity or word.negates or word.hedges or word.dated)


def _of_one_thing(one: _Figure, other: _Figure) -> bool:
    near = one.near & other.near
    if one.sort != other.sort or not near:
        return False
    if one.sort != "number ":
        return not one.adjacent.isdisjoint(other.near) and len(near) >= _LEAST
    if one.counted is None or other.counted is None:
        return one.counted is other.counted and not one.adjacent.isdisjoint(other.adjacent)
    return lexicon.same_word(one.counted, other.counted)


def _elsewhere(figure: _Figure, others: list[_Figure]) -> bool:
    return any(figure.word.folded == other.word.folded for other in others)


def _agree(one: _Figure, other: _Figure) -> bool:
    """Whether one number is the other rounded, or meant to be near it."""
    if one.word.dated or one.word.quantity is None or other.word.quantity is None:
        return False
    first, second = one.word.quantity.value, other.word.quantity.value
    if first is None or second is None or not first or not second:
        return False
    if one.rough or other.rough:
        return abs(first - second) <= _ROUGH * max(first, second)
    return _rounds(first, second) or _rounds(second, first)


def _rounds(exact: Decimal, rounded: Decimal) -> bool:
    """Whether one number is another to fewer, and at least two, digits."""
    digits = len(rounded.normalize().as_tuple().digits)
    if digits < 2 or digits >= len(exact.normalize().as_tuple().digits):  # noqa: PLR2004 - digits
        return False
    return exact.normalize().adjusted() == rounded.normalize().adjusted() and (
        abs(exact - rounded) * 2 <= Decimal(10) ** (rounded.adjusted() - digits + 1)
    )


def _printed(figure: _Figure, wording: Wording) -> str:
    end = figure.at + (2 if figure.counted else 1)
    start = figure.at
    if figure.sort.startswith("day of") and figure.at:
        start -= wording.words[figure.at - 1].dated
        follows = wording.words[figure.at + 1 : figure.at + 2]
        end = figure.at + (2 if any(word.dated for word in follows) else 1)
    return wording.printed(start, end)
