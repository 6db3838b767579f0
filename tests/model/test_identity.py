"""Ids in the forms that RFC 9562 gives them."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from claims.model.identity import derived_id, new_id


@given(st.lists(st.text(), min_size=1))
def test_the_same_parts_give_the_same_id(parts: list[str]) -> None:
    derived = derived_id(*parts)
    assert derived == derived_id(*parts)
    assert (derived.version, derived.variant) == (8, uuid.RFC_4122)
    assert derived != derived_id(*parts, "")


def test_where_parts_end_matters() -> None:
    assert derived_id("ab", "c") != derived_id("a", "bc")


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_new_ids_carry_their_time(milliseconds: int, randomness: bytes) -> None:
    derived = new_id(milliseconds, randomness)
    assert (derived.version, derived.variant) == (7, uuid.RFC_4122)
    assert derived.int >> 80 == milliseconds


def test_new_ids_are_ordered_by_time() -> None:
    assert new_id(1, b"\xff" * 10) < new_id(2, b"\x00" * 10)
