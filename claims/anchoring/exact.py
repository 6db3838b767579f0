"""Where words stand in a text letter by letter: signs and spaces may differ, no word may."""

import re
from bisect import bisect_left

from claims.model.span import Span

ALIKE = {
    **dict.fromkeys("’‘ʼ`´′", "'"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
    "…": "...",
}
"""Signs that a program writes in the place of another one."""

CHANGED = re.compile(f"\\s+|[\u00ad\u200b\u200c\u200d\u2060]+|[{''.join(ALIKE)}]")


class ExactText:
    """A text in which words are looked for.

    Attributes:
        text: The text; all spans count its code points.
    """

    def __init__(self, text: str) -> None:
        """Fold the signs of a text."""
        self.text = text
        self._folded, self._origins = _fold(text)
        self._ends = [*self._origins[1:], len(text)]

    def find(self, words: str, within: Span | None = None) -> list[Span]:
        """Each place at which the words stand, in order; none if there are no words.

        Args:
            words: Whole words; case counts.
            within: Only places that lie in this part of the text.
        """
        sought = _fold(words)[0].strip()
        low, high = 0, len(self._folded)
        if within:
            low, high = (bisect_left(self._origins, offset) for offset in within)
        places: list[Span] = []
        at = self._folded.find(sought, low, high) if sought else -1
        while at >= 0:
            end = at + len(sought)
            if self._is_whole(at, end):
                places.append(Span(self._origins[at], self._ends[end - 1]))
            at = self._folded.find(sought, end, high)
        return places

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether no word is cut at either end."""
        return not any(
            0 < at < len(self._folded)
            and self._folded[at - 1].isalnum()
            and self._folded[at].isalnum()
            for at in (start, end)
        )


def is_same(words: str, other: str) -> bool:
    """Whether words are the same but for their signs and spaces."""
    return _fold(words)[0].strip() == _fold(other)[0].strip()


def _fold(text: str) -> tuple[str, list[int]]:
    """The text with its signs folded, and for each code point of that where it comes from."""
    parts: list[str] = []
    origins: list[int] = []
    offset = 0
    for match in CHANGED.finditer(text):
        sign = match.group()
        instead = " " if sign.isspace() else ALIKE.get(sign, "")
        parts += [text[offset : match.start()], instead]
        origins += [*range(offset, match.start()), *[match.start()] * len(instead)]
        offset = match.end()
    return "".join([*parts, text[offset:]]), [*origins, *range(offset, len(text))]
