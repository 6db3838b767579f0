"""Letters at what somebody may be reported to have said: one key marks it, to be added."""

from bisect import bisect_left
from collections.abc import Collection

from claims.model.span import Span, Spans
from claims.terminal.reported_part import likely_parts
from claims.terminal.screen.sentences import sentences_of

LETTERS = "abcdefghijkmnpqrtuvxyzABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without `s` and `w`, which are keys of their own there, and those that look alike: l, o, I, O."""

BEFORE = 3
"""The part of the letters that stand before the marked words: one reads on more than back."""


def lettered_parts(
    article: str, claimed: Collection[Spans], marked: Span
) -> dict[str, tuple[Span, ...]]:
    """For each letter the parts that begin where it stands, the likeliest first.

    Letters go in the order of the text; where it has more parts than there are letters, those
    around the marked words have one.

    Args:
        article: The text.
        claimed: Where its claims stand: just these words are no part to be added.
        marked: The words that are marked now.
    """
    parts: dict[int, list[Span]] = {}
    for sentence in sentences_of(article):
        for part in likely_parts(article, sentence):
            here = parts.setdefault(part.start, [])
            if (part,) not in claimed and part not in here:
                here.append(part)
    starts = sorted(start for start, here in parts.items() if here)
    most = len(LETTERS)
    first = bisect_left(starts, marked.start) - most // BEFORE
    first = max(min(first, len(starts) - most), 0)
    return {
        letter: tuple(parts[start])
        for letter, start in zip(LETTERS, starts[first : first + most], strict=False)
    }
