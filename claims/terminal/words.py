"""Where the words of a claim can be split, and where clauses begin and end around them."""

import re
from itertools import pairwise

from claims.model.span import Spans
from claims.review.edits import word_edge
from claims.review.quotes import WORD

START = re.compile(r"(?<=\s)\S")


def split_offsets(article: str, spans: Spans) -> list[int]:
    """The starts of all words of a content but the first: each can begin the second part."""
    first = spans[0].start if spans else 0
    return [
        match.start()
        for span in spans
        for match in START.finditer(article, span.start, span.end)
        if match.start() > first
    ] + [span.start for span in spans[1:] if not _after_space(article, span.start)]


def middle_cut(article: str, spans: Spans) -> int:
    """Which of the offsets a split is begun at: the beginning of a clause next to the middle."""
    offsets = split_offsets(article, spans)
    middle = (len(offsets) - 1) // 2
    clauses = [at for at, offset in enumerate(offsets) if _begins_clause(article, offset)]
    return min(clauses, key=lambda at: abs(at - middle), default=middle)


def _begins_clause(article: str, offset: int) -> bool:
    word = word_edge(article, offset, end=False)
    return bool(BORDER.search(article, article.rfind(" ", 0, offset) - 1, word)) or bool(
        CONJUNCTION.match(article, word)
    )


CONJUNCTION = re.compile(r"(?:and|but|or|while|because|although)\b", re.IGNORECASE)
"""These begin a clause often enough for a first place of the cut."""

BORDER = re.compile(r"[,;:.!?()\"“”«»–—\n]")
"""Between two words, one of these ends a clause, near enough for moving an edge."""


OPENING = frozenset({"that", "whether"})
"""After one of these begins what somebody said; what stands before it ends."""


def clause_borders(article: str, *, end: bool) -> list[bool]:
    """For each word of an article whether a clause ends with it, or else begins with it."""
    words = list(WORD.finditer(article))
    borders = [
        bool(BORDER.search(article, before.end(), after.start()))
        or (after if end else before).group().lower() in OPENING
        for before, after in pairwise(words)
    ]
    return [*borders, True] if end else [True, *borders]


def words_to_clause(article: str, offset: int, step: int, *, end: bool) -> int:
    """By how many words an edge moves to the next end or beginning of a clause.

    Args:
        article: The whole text.
        offset: Of the edge, in code points.
        step: 1 for the next one to the right, -1 to the left.
        end: Whether it is the end of the words: ends of clauses are asked for, else beginnings.

    Returns:
        Words, negative to the left; 0 if there is none.
    """
    offset = word_edge(article, offset, end=end)
    borders = clause_borders(article, end=end)
    edges = [match.end() if end else match.start() for match in WORD.finditer(article)]
    if step > 0:
        ahead = [border for edge, border in zip(edges, borders, strict=True) if edge > offset]
        return ahead.index(True) + 1 if True in ahead else 0
    behind = [border for edge, border in zip(edges, borders, strict=True) if edge < offset][::-1]
    return -behind.index(True) - 1 if True in behind else 0


def _after_space(article: str, offset: int) -> bool:
    return offset > 0 and article[offset - 1].isspace()
