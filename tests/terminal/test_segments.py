"""Lines are measured in cells and broken without losing a letter."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claims.terminal.screen.segments import (
    GLUE,
    Segment,
    cut,
    fit,
    line,
    pad,
    width_of,
    words_in,
    wrap,
)

SIGNS = "ab c漢字שלוم👩\u200d🚀🇫🇷e\u0301\u202e\x1b\ufe0f \t-"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=80)


def test_a_line_is_broken_at_spaces() -> None:
    lines = wrap([Segment("one two "), Segment("three", "claim")], 9)
    assert [words_in(row) for row in lines] == ["one two", "three"]
    assert lines[1] == (Segment("three", "claim"),)


def test_a_mark_stays_with_its_word() -> None:
    lines = wrap([Segment("it was "), Segment(f"{{S{GLUE}"), Segment("Ada"), Segment("}")], 10)
    assert [words_in(row) for row in lines] == ["it was", "{S Ada}"]


def test_a_word_longer_than_a_line_is_broken_anywhere() -> None:
    assert [words_in(row) for row in wrap([Segment("漢字漢字x")], 5)] == ["漢字", "漢字x"]


def test_a_text_is_cut_in_cells() -> None:
    assert cut("漢字漢字", 5) == "漢字…"
    assert cut("a\x1bb", 20) == "a⟨U+001B⟩b"
    assert cut("abc", 0) == ""


def test_a_line_is_padded_to_its_width() -> None:
    assert words_in(pad(line("漢"), 4)) == "漢  "


@given(TEXTS, st.integers(1, 30))
def test_nothing_is_wider_than_asked_for(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cell_len(shown) <= width
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Zl", "Zp"}
    assert width_of(fit([Segment(cut(text, 200)), Segment(cut(text, 200))], width)) <= width


@given(TEXTS, st.integers(2, 30))
def test_wrapping_keeps_every_sign_but_spaces(text: str, width: int) -> None:
    shown = cut(text, 10_000)
    lines = wrap([Segment(shown[:5]), Segment(shown[5:], "claim")], width)
    assert "".join(words_in(row) for row in lines).replace(" ", "") == shown.replace(
        " ", ""
    ).replace(GLUE, "")
    # A sign that no terminal can break may be wider than a narrow line: nothing else may.
    assert all(width_of(row) <= max(width, 2) for row in lines)
