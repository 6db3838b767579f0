"""From words back to code points."""

from collections.abc import Sequence

from claims.anchoring.words import Words
from claims.model.span import Span, Spans, join_spans

_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


def span_of(words: Words, part: range) -> Span:
    """The code points of a run of words."""
    return Span(words.starts[part.start], words.ends[part.stop - 1])


def spans_like(
    old: Words, spans: Spans, new: Words, parts: Sequence[range], *, exact: bool
) -> Spans:
    """The code points of a place, with the signs at its edges that the claim's spans had too.

    Args:
        old: The version of the claim.
        spans: Where it stands there.
        new: The other version.
        parts: The words of the place.
        exact: Whether the words are the same; a span that begins within a word then does so again.
    """
    first, last = old.touched(spans[0]), old.touched(spans[-1])
    written = [span_of(new, part) for part in parts]
    start, end = written[0].start, written[-1].end
    if first:
        start += _edge_before(old, spans[0].start, new, start, word=first.start, exact=exact)
    if last:
        end += _edge_after(old, spans[-1].end, new, end, word=last.stop - 1, exact=exact)
    written[0] = Span(start, written[0].end)
    written[-1] = Span(written[-1].start, end)
    return join_spans(written)


def _edge_before(old: Words, at: int, new: Words, start: int, *, word: int, exact: bool) -> int:
    signs = old.text[at : old.starts[word]]
    if not signs:
        return at - old.starts[word] if exact else 0
    there = new.text[max(0, start - len(signs)) : start]
    return -len(signs) if _alike(signs, there) else 0


def _edge_after(old: Words, at: int, new: Words, end: int, *, word: int, exact: bool) -> int:
    signs = old.text[old.ends[word] : at]
    if not signs:
        return at - old.ends[word] if exact else 0
    return len(signs) if _alike(signs, new.text[end : end + len(signs)]) else 0


def _alike(one: str, other: str) -> bool:
    return one.translate(_ALIKE) == other.translate(_ALIKE)
