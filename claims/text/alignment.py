"""Which code points of a text before cleaning those of the cleaned text stand for, and back."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from claims.text.clean import is_mark, piles_marks, replace_unstorable

SHORTENED = re.compile("\r\n|\ufeff")
"""What becomes fewer code points before the text is composed."""

COMPOSABLE = re.compile("[\0-\u02ff]?[^\0-\u02ff]+")
"""All that NFC may change: a code point below U+0300 never joins the one before it."""


class Edit(NamedTuple):
    """A stretch of a text that became another stretch; what stands between edits stayed."""

    raw_start: int
    raw_end: int
    start: int
    end: int


class Alignment:
    """Maps spans between a text as it came and the same text cleaned.

    A span that begins or ends within what was composed takes the whole letter.
    """

    def __init__(self, raw: str) -> None:
        """Align a text with what `claims.text.clean.clean_text` makes of it, in linear time."""
        replaced = replace_unstorable(raw)
        self._steps = (_Step(_shortened(raw)), _Step(_composed(replaced)))

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the cleaned text, not empty, stands in the text as it came."""
        for step in reversed(self._steps):
            start, end = step.to_raw(start, end)
        return start, end

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text as it came stands in the cleaned one.

        Returns:
            An empty stretch if nothing of it was kept.
        """
        for step in self._steps:
            start, end = step.to_clean(start, end)
        return start, end


class _Step:
    """The edits of one step of cleaning, in their order."""

    def __init__(self, edits: Iterator[Edit]) -> None:
        self._edits: Sequence[Edit] = list(edits)
        self._raw_ends = [edit.raw_end for edit in self._edits]
        self._ends = [edit.end for edit in self._edits]
        self._raw_starts = [edit.raw_start for edit in self._edits]
        self._starts = [edit.start for edit in self._edits]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        within = first < len(self._edits) and self._edits[first].start < start
        begin = self._edits[first].raw_start if within else start + self._grown(first, raw=True)
        if last >= 0 and end < self._edits[last].end:
            return begin, self._edits[last].raw_end
        return begin, end + self._grown(last + 1, raw=True)

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(self._raw_ends, start), bisect_left(self._raw_starts, end) - 1
        within = first < len(self._edits) and self._edits[first].raw_start < start
        begin = self._edits[first].start if within else start + self._grown(first, raw=False)
        if last >= 0 and end < self._edits[last].raw_end:
            return begin, max(begin, self._edits[last].end)
        return begin, max(begin, end + self._grown(last + 1, raw=False))

    def _grown(self, count: int, *, raw: bool) -> int:
        """How much further all is in the one text than in the other after so many edits."""
        if not count:
            return 0
        edit = self._edits[count - 1]
        return edit.raw_end - edit.end if raw else edit.end - edit.raw_end


def _shortened(raw: str) -> Iterator[Edit]:
    lost = 0
    for match in SHORTENED.finditer(raw):
        start = match.start() - lost
        end = start + int(match.group() != "\ufeff")
        lost += len(match.group()) - (end - start)
        yield Edit(*match.span(), start, end)


def _composed(text: str) -> Iterator[Edit]:
    if text.isascii() or piles_marks(text):
        return
    lost = 0
    for match in COMPOSABLE.finditer(text):
        if unicodedata.is_normalized("NFC", match.group()):
            continue
        raw_start = match.start()
        for letter, composed in _letters(match.group()):
            raw_end, start = raw_start + len(letter), raw_start - lost
            lost += len(letter) - len(composed)
            if letter != composed:
                yield Edit(raw_start, raw_end, start, start + len(composed))
            raw_start = raw_end


def _letters(text: str) -> Iterator[tuple[str, str]]:
    """The shortest parts of a text that are composed each by itself, and what becomes of each."""
    begins = [0, *(at for at in range(1, len(text)) if not is_mark(text[at])), len(text)]
    letter = composed = ""
    for begin, end in pairwise(begins):
        following = text[begin:end]
        alone = unicodedata.normalize("NFC", following)
        together = unicodedata.normalize("NFC", letter + following)
        # Some letters join the one before although they are no marks: Hangul, vowels of Tamil.
        if together == composed + alone:
            if letter:
                yield letter, composed
            letter, composed = following, alone
        else:
            letter, composed = letter + following, together
    yield letter, composed
