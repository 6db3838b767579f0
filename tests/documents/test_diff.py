"""Which words changed: only those, in the order of the new text."""

from hypothesis import given
from hypothesis import strategies as st

from claims.documents.diff import Change, changed_paragraphs, compare_words, count_changed

OLD = "Ada said the bridge is safe, and 12 came.\n\nNobody was hurt.\nThe ferry runs."
NEW = "Ada said the bridge is not safe, and 14 came.\n\nNobody was hurt.\nThe ferry runs. Daily."


def test_paragraphs_with_a_change_are_marked_and_the_others_are_left_out() -> None:
    paragraphs = list(changed_paragraphs(compare_words(OLD, NEW), NEW))
    changes = [[part for part in one if part[0] is not Change.SAME] for one in paragraphs]
    assert changes == [
        [(Change.ADDED, "not"), (Change.REMOVED, "12"), (Change.ADDED, "14")],
        [(Change.ADDED, "Daily")],
    ]
    assert "".join(words for change, words in paragraphs[0] if change is not Change.REMOVED) == (
        "Ada said the bridge is not safe, and 14 came."
    )


def test_typography_case_and_spaces_are_no_change() -> None:
    assert count_changed(OLD, OLD.upper().replace(" ", "\u00a0").replace("\n\n", "\n")) == 0
    assert list(changed_paragraphs(compare_words(OLD, OLD.upper()), OLD.upper())) == []
    assert count_changed(OLD, NEW) == 4


def test_an_empty_side_is_all_removed_or_all_added() -> None:
    assert [one.change for one in compare_words("", NEW)] == [Change.ADDED]
    assert [one.change for one in compare_words(OLD, "")] == [Change.REMOVED]
    assert compare_words("", "") == []


WORDS = st.lists(st.sampled_from(["a", "b", "c", "no", "12", ".", "\n"]), max_size=12)


@given(WORDS, WORDS)
def test_what_stayed_and_came_is_the_new_text_and_what_stayed_and_went_the_old(
    old: list[str], new: list[str]
) -> None:
    before, after = " ".join(old), " ".join(new)
    stretches = compare_words(before, after)
    signs = {".", "\n"}
    for text, absent in ((old, Change.ADDED), (new, Change.REMOVED)):
        words = [
            word
            for stretch in stretches
            if stretch.change is not absent
            for word in stretch.words.split()
            if word not in signs
        ]
        assert words == [word for word in text if word not in signs]
    for stretch in stretches:
        source = before if stretch.change is Change.REMOVED else after
        assert source[stretch.span.start : stretch.span.end] == stretch.words
