"""Words that an edit added to a sentence or quotation that a claim began or ended with."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.anchoring.image import SLACK
from claims.anchoring.pair import Content, Pair

_COMMA = re.compile(r"[,;:–—(]")
_MARK = re.compile('[“”"«»„‘]|’(?!\\w)')

MOST = 20
"""Words that a short claim may grow by."""

Quoted = tuple[list[bool], list[bool]]


@dataclass(frozen=True, slots=True)
class Growth:
    """Parts of a place with what was added, and whether anything was."""

    parts: tuple[range, ...]
    grown: bool


def grow(pair: Pair, content: Content, parts: tuple[range, ...], quoted: Quoted) -> Growth:
    """Add new words up to where a sentence or quotation ends, if the claim ended with one.

    "We will win" may have become "We will win if the court agrees". Words after a comma are no
    part of the place, as they may name who said it; they count as a change all the same.
    """
    most = max(MOST, len(content.ids) + SLACK)
    stop, after = _walk(pair, quoted, (content.stop, parts[-1].stop), most, step=1)
    start, before = _walk(pair, quoted, (content.start, parts[0].start), most, step=-1)
    grown = list(parts)
    grown[0] = range(start, grown[0].stop)
    grown[-1] = range(grown[-1].start, stop)
    return Growth(tuple(grown), before or after)


def _walk(
    pair: Pair, quoted: Quoted, edges: tuple[int, int], most: int, *, step: int
) -> tuple[int, bool]:
    """Where a place ends on one side, and whether words were added there."""
    old_edge, edge = edges
    ends = _ends(pair, quoted, old_edge, edge, step=step)
    if ends is None or ends(edge):
        return edge, False
    at, cut = edge, edge
    beyond_comma = False
    for _ in range(most):
        word = at if step > 0 else at - 1
        if not 0 <= word < len(pair.new) or _carries(pair, word):
            return edge, False
        comma = not quoted[1][word] and _COMMA.search(pair.new.gap(at))
        beyond_comma = beyond_comma or bool(comma)
        at += step
        cut = cut if beyond_comma else at
        if ends(at):
            return (edge if beyond_comma else cut), True
    return edge, False


def _carries(pair: Pair, word: int) -> bool:
    old = pair.alignment.to_old[word]
    return old >= 0 and pair.alignment.solid[old]


def _ends(
    pair: Pair, quoted: Quoted, old_edge: int, edge: int, *, step: int
) -> Callable[[int], bool] | None:
    """What must hold at a place's edge: a quotation's end, a sentence's end, or nothing."""
    inner = (old_edge - 1, edge - 1) if step > 0 else (old_edge, edge)
    if not (0 <= inner[0] < len(pair.old) and 0 <= inner[1] < len(pair.new)):
        return None
    was, is_quoted = quoted[0][inner[0]], quoted[1][inner[1]]
    if was != is_quoted:
        return None
    if was and _MARK.search(pair.old.gap(old_edge)):
        return lambda at: _MARK.search(pair.new.gap(at)) is not None
    if pair.old.begins_sentence(old_edge):
        return pair.new.begins_sentence
    if _COMMA.search(pair.old.gap(old_edge)):
        return lambda at: _COMMA.search(pair.new.gap(at)) is not None
    return None
