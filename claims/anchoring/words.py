"""The words of a text, folded for comparison, with the code points at which they stand."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.model.span import Span

_APOSTROPHES = "'’ʼ`´‘"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"
# No spaces separate the words of these scripts, so that each sign stands for itself.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# A sign before a number belongs to what it says, as do its currency and per cent.
_NUMBER = r"(?<![\w.,])[-−–](?=[$€£¥]?\d)|[$€£¥₹₽₩₺%‰°]|\d+(?:[.,:/]\d+)*[^\W\d_]*"
_ASCII = re.compile(rf"{_NUMBER}|[A-Za-z][A-Za-z0-9]*(?:'[A-Za-z]+)*", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# "gsa.gov" and "D.C" hold no end of a sentence, "end of it. Then" does.
_BREAK = re.compile(r"[.!?…।؟]\W*\s|[。！？]|\n")
_KEPT_DIGITS = frozenset({"No"})


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words.

    Attributes:
        text: The text.
        folded: One comparable form a word.
        starts: Where each begins, in code points.
        ends: Where each ends.
    """

    text: str
    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.folded)

    def touched(self, span: Span) -> range:
        """The words that share a code point with a span."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def gap(self, index: int) -> str:
        """What stands before a word: signs and spaces; past the last word, the text's end."""
        start = self.ends[index - 1] if index else 0
        return self.text[start : self.starts[index] if index < len(self) else len(self.text)]

    def begins_sentence(self, index: int) -> bool:
        """Whether a word is the first of a sentence, or the text's end."""
        if index in {0, len(self)}:
            return True
        gap = self.gap(index)
        return gap != " " and _BREAK.search(gap) is not None


def fold_words(text: str) -> Words:
    """The words of a text.

    Words that differ in case, apostrophes or composition alone fold alike; accents, digits,
    currencies and the sign of a number stay.
    """
    pattern = _ASCII if text.isascii() else _any_script()
    matches = list(pattern.finditer(text))
    return Words(
        text,
        tuple([fold_word(match[0]) for match in matches]),
        tuple([match.start() for match in matches]),
        tuple([match.end() for match in matches]),
    )


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """One comparable form for words that differ in typography alone."""
    if not word.isascii():
        if not any(unicodedata.category(sign) in _KEPT_DIGITS for sign in word):
            word = unicodedata.normalize("NFKC", word)
        word = "-" if word in "−–" else word
    word = "".join(sign for sign in word.casefold() if sign not in _APOSTROPHES + _INVISIBLE)
    return _THOUSANDS.sub("", word) if word[:1].isdigit() else word


@cache
def _any_script() -> re.Pattern[str]:
    marks = "".join(
        re.escape(chr(code))
        for code in range(0x300, 0x10000)
        if unicodedata.category(chr(code)).startswith("M")
    )
    letter = rf"(?:[^\W_{_UNSPACED}][{marks}{_INVISIBLE}]*)"
    inner = rf"[{_APOSTROPHES}](?={letter})"
    return re.compile(rf"{_NUMBER}|[{_UNSPACED}][{marks}]*|{letter}(?:{inner}|{letter})*")


def identify(old: Sequence[str], new: Sequence[str]) -> tuple[list[int], list[int]]:
    """The words of two texts as numbers, one a form."""
    numbers: dict[str, int] = {}
    number = numbers.setdefault
    return (
        [number(word, len(numbers)) for word in old],
        [number(word, len(numbers)) for word in new],
    )
