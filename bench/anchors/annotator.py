"""How annotators in browsers find a quotation again: exactly, else approximately with context."""

from collections.abc import Iterator

import edlib
from rapidfuzz.distance import Indel

CONTEXT, MOST = 32, 256
QUOTE, SIDE, POSITION = 50, 20, 2


def find_again(old: str, span: tuple[int, int], new: str) -> tuple[str, tuple[int, int]] | None:
    """The state and place of a quotation in another text; None if there is no match.

    It is their rule as published: every exact match, or the best approximate ones with at most
    half of the letters wrong; the highest of a weighted sum of quotation, context and position.
    """
    quote = old[span[0] : span[1]]
    exact = list(_exact(new, quote))
    places = exact or list(_similar(new, quote))
    if not places:
        return None
    best = max(places, key=lambda place: _score(old, span, new, place))
    return ("same" if exact else "altered"), best


def _exact(new: str, quote: str) -> Iterator[tuple[int, int]]:
    at = new.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = new.find(quote, at + 1)


def _similar(new: str, quote: str) -> Iterator[tuple[int, int]]:
    most = min(MOST, len(quote) // 2)
    found = edlib.align(quote, new, mode="HW", task="locations", k=most)
    if found["editDistance"] >= 0:
        for start, end in found["locations"]:
            yield start, end + 1


def _score(old: str, span: tuple[int, int], new: str, place: tuple[int, int]) -> float:
    (start, end), (left, right) = span, place
    similar = Indel.normalized_similarity
    return (
        QUOTE * similar(old[start:end], new[left:right])
        + SIDE * similar(old[max(0, start - CONTEXT) : start], new[max(0, left - CONTEXT) : left])
        + SIDE * similar(old[end : end + CONTEXT], new[right : right + CONTEXT])
        + POSITION * (1 - abs(left - start) / max(1, len(new)))
    )
