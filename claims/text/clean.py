"""Clean a text once, before it is stored, so that all offsets count the same code points."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

MARKS = 30
"""Longest run of combining marks that is still composed: the bound of Unicode's Stream-Safe Text
Format (UAX #15). Sorting marks is quadratic in CPython: 80,000 in a row take 6 seconds."""

_STARTERS_OF_MARKS = "\u0f73\u0f75\u0f81"
"""No marks themselves, by their class, but composed of marks and sorted like them."""

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_LOST = re.compile(
    "(?P<nul>\0)"
    "|(?P<control>[\x01-\x08\x0e-\x1f\x7f-\x9f])"
    "|(?P<surrogate>[\ud800-\udfff])"
    f"|(?P<noncharacter>[\ufdd0-\ufdef{_PLANES}])"
)
# One class each, to look whether there is anything to replace: ten times as fast as alternatives.
_ANY_BREAK = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_ANY_LOST = re.compile(f"[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


@dataclass(frozen=True, slots=True)
class CleanedText:
    """A text that can be stored without change.

    Attributes:
        text: In NFC, lines separated by newlines only; its code points are what offsets count.
        replaced: How many code points of each kind became U+FFFD: `nul`, `control`, `surrogate`,
            `noncharacter`. Other changes are not counted.
    """

    text: str
    replaced: Mapping[str, int]


def clean_text(raw: str) -> CleanedText:
    """Make a text storable in UTF-8 and in PostgreSQL's `text` and `jsonb`.

    - Every line break becomes one newline: CRLF, CR, VT, FF, NEL, U+2028, U+2029.
    - A code point that prints nothing and that a store refuses or a terminal obeys becomes U+FFFD,
      one for one, so that the damage stays visible: C0 controls but tab and newline, DEL, C1
      controls, lone surrogates, noncharacters.
    - U+FEFF goes: it marks a file's byte order, wherever files were joined.
    - The rest is composed (NFC), which prints the same. A text that piles more than `MARKS`
      combining marks on one letter is left as it is.

    White space, also at either end, stays. Cleaning a clean text changes nothing.
    """
    replaced: Counter[str] = Counter()
    text = replace_unstorable(raw, replaced)
    return CleanedText(_compose(text), dict(replaced))


def replace_unstorable(raw: str, replaced: Counter[str] | None = None) -> str:
    """The first step of cleaning: a text that can be stored, not yet composed.

    Args:
        raw: The text as it came.
        replaced: Counts what became U+FFFD, by kind.
    """
    counted: Counter[str] = Counter() if replaced is None else replaced

    def replace(lost: re.Match[str]) -> str:
        counted[str(lost.lastgroup)] += 1
        return "\ufffd"

    text = _LINE_BREAK.sub("\n", raw) if _ANY_BREAK.search(raw) else raw
    text = _LOST.sub(replace, text) if _ANY_LOST.search(text) else text
    return text.replace("\ufeff", "")


def clean_line(raw: str) -> str:
    """A text cleaned and put on one line, without white space at either end: a title, a name."""
    return " ".join(clean_text(raw).text.split())


def _compose(text: str) -> str:
    if text.isascii() or piles_marks(text):
        return text
    return unicodedata.normalize("NFC", text)


def is_mark(sign: str) -> bool:
    """Whether a code point is sorted with the marks of the letter before it."""
    return unicodedata.combining(sign) > 0 or sign in _STARTERS_OF_MARKS


def piles_marks(text: str) -> bool:
    """Whether there are more than `MARKS` combining marks in a row.

    Such a run covers at least one of any `MARKS + 1` offsets in a row, so only one in so many is
    examined first.
    """
    step = MARKS + 1
    return any(
        is_mark(text[offset]) and _run_through(text, offset) > MARKS
        for offset in range(MARKS, len(text), step)
    )


def _run_through(text: str, offset: int) -> int:
    """Length of the run of combining marks at an offset, counted up to `MARKS + 1` each way."""
    low, high = max(0, offset - MARKS - 1), min(len(text), offset + MARKS + 2)
    start = end = offset
    while start > low and is_mark(text[start - 1]):
        start -= 1
    while end < high and is_mark(text[end]):
        end += 1
    return end - start
