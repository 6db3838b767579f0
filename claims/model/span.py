"""Spans: where words stand in a version's text, in Unicode code points."""

from collections.abc import Iterable
from typing import NamedTuple

GAP = " … "
"""Written between the slices of interrupted words."""


class Span(NamedTuple):
    """Half-open range [start, end) of code points of one version's text; 0 <= start < end."""

    start: int
    end: int


Spans = tuple[Span, ...]
"""Spans in order, neither overlapping nor touching: what an `int4multirange` holds."""


def join_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """Put spans in order and join those that overlap or touch.

    Args:
        spans: Pairs (start, end) in code points, in any order; empty pairs are dropped.

    Returns:
        The canonical form, the same as PostgreSQL's `int4multirange`.
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Span(start, end))
    return tuple(joined)


def words_at(text: str, spans: Iterable[Span]) -> str:
    """The words that stand at spans of a text, slices separated by ` … `."""
    return GAP.join(text[start:end] for start, end in spans)
