"""Offsets counted otherwise: UTF-16 units for browsers, paragraphs for people."""

import re
from bisect import bisect_left
from dataclasses import dataclass

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Utf16Offsets:
    """One text's offsets in code points and, as JavaScript counts, in UTF-16 code units.

    Attributes:
        astral: Offsets, in code points, of the code points that take two units; ascending.
        length: Of the text, in code points.
    """

    astral: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, text: str) -> "Utf16Offsets":
        """Count a text once; every offset of it is then found in logarithmic time."""
        found = () if text.isascii() else tuple(hit.start() for hit in _ASTRAL.finditer(text))
        return cls(found, len(text))

    def to_utf16(self, offset: int) -> int:
        """UTF-16 units before an offset in code points.

        Raises:
            ValueError: The offset is not within 0 … length of the text.
        """
        if not 0 <= offset <= self.length:
            raise ValueError(f"offset {offset} is not within 0 … {self.length}")
        return offset + bisect_left(self.astral, offset)

    def to_code_points(self, units: int) -> int:
        """Code points before an offset in UTF-16 units.

        Raises:
            ValueError: The offset is not within the text, or parts a surrogate pair.
        """
        # The nth astral code point begins `n` units later than it counts in code points.
        wide = bisect_left(range(len(self.astral)), units, key=lambda n: self.astral[n] + n)
        offset = units - wide
        if units < 0 or self.to_utf16(offset) != units:
            raise ValueError(f"UTF-16 offset {units} parts a surrogate pair or lies outside")
        return offset


def paragraph_of(text: str, offset: int) -> int:
    """The paragraph that an offset stands in, counted from 1.

    Args:
        text: A cleaned text; each line that is not blank is a paragraph.
        offset: 0 … length of the text, in code points. On a blank line it belongs to the
            paragraph before; before the first one, to the first.
    """
    line_end = text.find("\n", offset)
    until = text[: len(text) if line_end < 0 else line_end]
    return max(1, sum(1 for line in until.split("\n") if line and not line.isspace()))
