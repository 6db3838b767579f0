"""Spans in their one canonical form."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.model.span import Span, join_spans, words_at

PAIRS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)))


def test_touching_and_overlapping_spans_become_one() -> None:
    assert join_spans([(5, 7), (0, 2), (2, 4), (6, 9), (3, 3)]) == (Span(0, 4), Span(5, 9))


def test_slices_are_parted_by_an_ellipsis() -> None:
    assert words_at("a 😀 b", (Span(0, 1), Span(2, 3))) == "a … 😀"


@given(PAIRS)
def test_joining_keeps_every_place_and_joins_once(pairs: list[tuple[int, int]]) -> None:
    joined = join_spans(pairs)
    offsets = {offset for start, end in pairs for offset in range(start, end)}
    assert {offset for start, end in joined for offset in range(start, end)} == offsets
    assert join_spans(joined) == joined
    assert all(a.end < b.start for a, b in pairwise(joined))
