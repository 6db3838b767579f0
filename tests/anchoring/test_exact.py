"""Words of other programs are found letter by letter; signs and spaces may differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.exact import ExactText, is_same
from claims.model.span import Span

TEXT = (
    "“It’s safe – for now…,” Ada\u00a0Quill said.\n"
    "The Qu\u00adill report\u200b is out. Safety first."
)


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("It's safe - for now...", "It’s safe – for now…"),
        ("\"It's safe", "“It’s safe"),
        ("Ada Quill  said", "Ada\u00a0Quill said"),
        ("said. The Quill report is", "said.\nThe Qu\u00adill report\u200b is"),
    ],
)
def test_signs_and_spaces_may_differ(words: str, printed: str) -> None:
    [place] = ExactText(TEXT).find(words)
    assert TEXT[slice(*place)] == printed
    assert is_same(words, printed)


@pytest.mark.parametrize("words", ["it's safe", "Its safe", "Quil", "afe", "", " ", "\u200b"])
def test_other_words_and_parts_of_words_are_not_found(words: str) -> None:
    assert ExactText(TEXT).find(words) == []


def test_all_places_within_a_part_are_found() -> None:
    text = "yes and yes, eyes, yes"
    assert ExactText(text).find("yes") == [Span(0, 3), Span(8, 11), Span(19, 22)]
    assert ExactText(text).find("yes", Span(1, 11)) == [Span(8, 11)]
    assert ExactText(text).find("yes", Span(9, 12)) == []


@given(st.lists(st.sampled_from(["a", "b", "’", "…", "\u00ad", " ", "\n", "é", "“"]), max_size=20))
def test_words_cut_out_of_a_text_are_found_where_they_stood(signs: list[str]) -> None:
    text = "x " + "".join(signs) + " y"
    assert Span(0, len(text)) in ExactText(text).find(text)
