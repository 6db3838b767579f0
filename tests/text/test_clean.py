"""Cleaned text can be stored, and cleaning it again changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.clean import clean_text

ANY = st.text(st.characters(exclude_categories=()))  # surrogates and controls too


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\x00b", "a\ufffdb"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("\ufeffa", "a"),
        ("a\ud800b", "a\ufffdb"),
        ("e\u0301", "é"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("tab\tstays", "tab\tstays"),
        ("\u200fעברית😀", "\u200fעברית😀"),
    ],
)
def test_what_cannot_be_stored_is_replaced(raw: str, text: str) -> None:
    assert clean_text(raw).text == text


def test_what_could_not_be_kept_is_counted() -> None:
    replaced = clean_text("\x00\x00a\ud800\ufffe\r\n").replaced
    assert replaced == {"nul": 2, "surrogate": 1, "noncharacter": 1}


def test_a_pile_of_marks_is_left_and_costs_nothing() -> None:
    for marks in ("\u0301\u0323", "\u0f73"):
        pile = "e" + marks * 100_000
        assert clean_text(pile).text == pile


@given(ANY)
def test_cleaning_twice_is_cleaning_once_and_the_result_is_utf8(raw: str) -> None:
    text = clean_text(raw).text
    assert clean_text(text).text == text
    assert text.encode().decode() == text
    assert "\x00" not in text
