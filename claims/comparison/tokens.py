"""The words of a quotation for comparison: which count, negate, hedge, or are the editor's.

Contractions are spelled out, numbers are read ("ten", "10"; "$50bn", "50 billion dollars"), so that
words which say the same fold alike. Each keeps the code points at which it is printed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.comparison import lexicon
from claims.comparison.quantities import Quantity, read_quantity
from claims.text.fold import fold

_ELLIPSIS = r"…|\.\s?\.\s?\."
_TOKEN = re.compile(
    rf"(?P<sic>\[\s*sic\s*\])|(?P<gap>\[\s*(?:{_ELLIPSIS})\s*\]|{_ELLIPSIS})"
    r"|(?P<sign>[$€£¥₹%])"
    r"|(?P<number>(?<![^\W_])\d+(?:[.,:/]\d+)*)(?P<suffix>[^\W\d_]*)"
    r"|(?P<word>(?:\[[^\W\d_]{1,2}\](?=[^\W\d_]))?[^\W_]+(?:['’ʼ][^\W_]+)*)"
    r"|(?P<edge>[\[\]])"
)
_CLAUSE = re.compile(r"[,.;:!?—()]|\s[-–]\s")
_SUFFIXES = {"re": "are", "ll": "will", "ve": "have", "m": "am", "d": "would"}
_IS = frozenset({"it", "he", "she", "that", "there", "what", "who", "here", "where", "how"})
_NOT = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}
# "Not only", "no doubt" and "or not" take nothing back.
_NO_NEGATION = {
    "not": frozenset({"only", "just", "merely", "simply", "least"}),
    "no": frozenset({"doubt", "wonder", "matter"}),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or one number with its unit.

    Attributes:
        folded: The form that is compared.
        start: Where it is printed, in code points.
        end: Where it ends.
        quantity: What it counts, if it is a number.
        negates: Whether it says that something is not so.
        hedges: Whether it makes something less than certain, or a number less than exact.
        dated: Whether it names a day, a month or a year.
        editorial: Whether it stands in an editor's brackets.
    """

    folded: str
    start: int
    end: int
    quantity: Quantity | None = None
    negates: bool = False
    hedges: bool = False
    dated: bool = False
    editorial: bool = False

    @property
    def small(self) -> bool:
        """Whether it carries little by itself: an article, a preposition, an auxiliary."""
        return self.folded in lexicon.SMALL and not self.negates and not self.hedges


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's words.

    Attributes:
        text: The text.
        words: Its words in order.
        gaps: The numbers of the words before which an ellipsis says that something was left out.
        clauses: The numbers of the words before which a clause ends.
    """

    text: str
    words: tuple[Word, ...]
    gaps: frozenset[int]
    clauses: frozenset[int]

    @property
    def folded(self) -> list[str]:
        """The forms that are compared."""
        return [word.folded for word in self.words]

    def printed(self, start: int, end: int) -> str:
        """The text from one word to before another, as printed."""
        return self.text[self.words[start].start : self.words[end - 1].end] if start < end else ""


@dataclass(frozen=True, slots=True)
class _Raw:
    folded: str
    start: int
    end: int
    editorial: bool
    printed: str


@lru_cache(maxsize=4096)
def read_wording(text: str) -> Wording:
    """The words of a text."""
    raw, gaps = _read_raw(text)
    words: list[Word] = []
    moved = {0: 0}
    at = 0
    while at < len(raw):
        step = _read_word(raw, at, words)
        at += step
        moved[at] = len(words)
    marked = tuple(_mark(words, number, text) for number in range(len(words)))
    ends = [word.end for word in marked]
    clauses = {
        number
        for number, word in enumerate(marked)
        if number and _CLAUSE.search(text[ends[number - 1] : word.start])
    }
    places = frozenset(_moved(moved, gap) for gap in gaps)
    return Wording(text, marked, places, frozenset({0, len(marked), *clauses}))


def _moved(moved: dict[int, int], at: int) -> int:
    while at not in moved:
        at -= 1
    return moved[at]


def _read_raw(text: str) -> tuple[list[_Raw], list[int]]:
    raw: list[_Raw] = []
    gaps: list[int] = []
    bracketed = False
    for match in _TOKEN.finditer(text):
        if match["gap"]:
            gaps.append(len(raw))
        elif match["edge"]:
            bracketed = match["edge"] == "["
        elif not match["sic"]:
            raw.extend(
                _Raw(form, match.start(), match.end(), bracketed, match[0])
                for form in _forms(match)
            )
    return raw, gaps


def _forms(match: re.Match[str]) -> Iterator[str]:
    if match["number"]:
        yield match["number"] + match["suffix"].lower()
        return
    if match["sign"]:
        yield match["sign"]
        return
    word = match["word"].replace("’", "'").replace("ʼ", "'")
    base, mark, suffix = word.replace("[", "").replace("]", "").lower().rpartition("'")
    if not mark:
        yield from ("can", "not") if suffix == "cannot" else (fold(suffix) or suffix,)
    elif suffix == "t" and base.endswith("n"):
        yield from (_NOT.get(base[:-1], base[:-1]), "not")
    elif suffix in _SUFFIXES:
        yield from (fold(base), _SUFFIXES[suffix])
    elif suffix == "s" and base in _IS:
        yield from (base, "is")
    else:
        yield fold(base + suffix)


def _read_word(raw: Sequence[_Raw], at: int, words: list[Word]) -> int:
    """Add the word, or number of several words, at a place; how many it was made of."""
    forms = [token.folded for token in raw[at : at + 8]]
    counted = read_quantity(forms)
    first = raw[at]
    if counted is None:
        count = 2 if forms[:2] == ["no", "one"] else 1
        form = "nobody" if count == 2 else first.folded  # noqa: PLR2004 - the two words of "no one"
        dated = form in lexicon.WEEKDAYS or _is_month(raw, at)
        last = raw[at + count - 1]
        words.append(Word(form, first.start, last.end, dated=dated, editorial=first.editorial))
        return count
    quantity, count = counted
    last = raw[at + count - 1]
    near = [raw[number] for number in (at - 1, at + count) if 0 <= number < len(raw)]
    year = quantity.unit == "" and quantity.is_year and "," not in first.printed
    month = quantity.unit in {"", "th"} and any(token.folded in lexicon.MONTHS for token in near)
    words.append(
        Word(
            quantity.folded,
            first.start,
            last.end,
            quantity=quantity,
            dated=year or month or quantity.value is None,
            editorial=first.editorial,
        )
    )
    return count


def _is_month(raw: Sequence[_Raw], at: int) -> bool:
    token = raw[at]
    if token.folded not in lexicon.MONTHS or not token.printed[:1].isupper():
        return False
    if token.folded not in {"may", "march"}:
        return True
    before = raw[at - 1].folded if at else ""
    after = raw[at + 1].folded if at + 1 < len(raw) else ""
    return (
        before in {"in", "last", "next", "since", "until", "by", "of", "this"}
        or after[:1].isdigit()
        or before[:1].isdigit()
    )


def _mark(words: Sequence[Word], at: int, text: str) -> Word:
    """A word with what it does to those around it."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else None
    return replace(word, negates=_negates(words, at, text), hedges=_hedges(words, at, after))


def _negates(words: Sequence[Word], at: int, text: str) -> bool:
    word, form = words[at], words[at].folded
    after = words[at + 1].folded if at + 1 < len(words) else ""
    if form in lexicon.REFUSALS:
        return True
    if form in lexicon.FAILURES:
        return after == "to"
    if form not in lexicon.NEGATIONS or after in _NO_NEGATION.get(form, ()):
        return False
    if form == "no" and text[word.end : word.end + 1] in {",", "."}:
        return False
    return not (form == "not" and at and words[at - 1].folded == "or")


def _hedges(words: Sequence[Word], at: int, after: Word | None) -> bool:
    word = words[at]
    if word.folded in lexicon.HEDGES:
        return not word.dated
    counts = after is not None and after.quantity is not None
    if counts and word.folded in lexicon.APPROXIMATIONS:
        return True
    for size in (2, 3):
        bound = tuple(near.folded for near in words[at : at + size])
        if bound in lexicon.BOUNDS and at + size < len(words):
            return words[at + size].quantity is not None
    return False
