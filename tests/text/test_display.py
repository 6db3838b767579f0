"""Nothing that a terminal acts on gets through."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.display import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "⟨U+001B⟩[2J"),
        ("user\u202egpj.exe", "user⟨U+202E⟩gpj.exe"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("two\nlines\there", "two lines here"),
        ("می\u200cخواهم", "می⟨U+200C⟩خواهم"),
        ("שלום 😀", "שלום 😀"),
    ],
)
def test_acting_characters_are_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_no_control_bidi_or_line_end_is_left(text: str) -> None:
    left = {unicodedata.bidirectional(character) for character in visible(text)}
    assert not left & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B"}
    assert not any(
        unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in visible(text)
    )
