"""Offsets survive the way to a browser and back."""

from hypothesis import given
from hypothesis import strategies as st

from claims.text.offsets import from_utf16, paragraph_of, to_utf16


def test_a_character_beyond_the_basic_plane_is_two_units() -> None:
    assert to_utf16("😀a", 1) == 2
    assert from_utf16("😀a", 2) == 1
    assert from_utf16("😀a", 1) == 0  # inside the pair


@given(st.text(), st.data())
def test_there_and_back_is_the_same_place(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert from_utf16(text, to_utf16(text, offset)) == offset


def test_paragraphs_count_lines_that_are_not_blank() -> None:
    text = "one\n\n \ntwo\nthree"
    assert [paragraph_of(text, text.index(word)) for word in ("one", "two", "three")] == [1, 2, 3]
