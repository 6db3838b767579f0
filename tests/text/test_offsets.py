"""Paragraphs are counted as people count them."""

from claims.text.offsets import paragraph_of


def test_paragraphs_count_lines_that_are_not_blank() -> None:
    text = "one\n\n \ntwo\nthree"
    assert [paragraph_of(text, text.index(word)) for word in ("one", "two", "three")] == [1, 2, 3]
    assert paragraph_of("\n\none", 0) == 1
