"""Brackets around claim, cue, speaker and carriers: nested well for any text."""

from hypothesis import given
from hypothesis import strategies as st

from claims.model.span import Span
from claims.terminal.screen.marks import Mark, mark_text, marks_of
from claims.terminal.screen.segments import words_in
from claims.terminal.screen.sentences import paragraphs_of, sentence_of
from tests.terminal.samples import ARTICLE, CONTENT, card, span


def shown(article: str, marks: list[Mark]) -> str:
    whole = Span(0, len(article))
    return words_in(mark_text(article, whole, marks, sentence=whole)).replace("\xa0", " ")


def test_claim_cue_speaker_and_carriers_have_their_brackets() -> None:
    plain = card()
    text = shown(ARTICLE, marks_of(plain.state.content, plain.hops))
    assert (
        "{S Putin} <had told him>, {1 Velayati} <said,> that [[the two countries will work together"
        " until the end of the programme]], the {2 state news agency IRNA} <reported> on Friday."
    ) in text


def test_marks_that_cross_are_closed_and_opened_again() -> None:
    marks = [Mark(Span(0, 4), "[[", "]]", "claim"), Mark(Span(2, 6), "<", ">", "cue")]
    assert shown("abcdef", marks) == "[[ab<cd>]]<ef>"


@given(
    st.text("ab \x1b漢", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from("[({<"))),
)
def test_marks_are_balanced_and_lose_nothing(
    article: str, spans: list[tuple[int, int, str]]
) -> None:
    closing = {"[": "]", "(": ")", "{": "}", "<": ">"}
    marks = [
        Mark(Span(min(a, b), max(a, b)), sign, closing[sign], "cue")
        for a, b, sign in spans
        if a != b
    ]
    part = Span(0, len(article))
    segments = mark_text(article, part, marks, sentence=part)
    stack: list[str] = []
    for segment in segments:
        if segment.text in closing:
            stack.append(closing[segment.text])
        elif segment.text in closing.values():
            assert stack.pop() == segment.text
    assert stack == []
    letters = [segment.text for segment in segments if segment.text not in "[({<])}>"]
    assert "".join(letters) == article.replace("\x1b", "⟨U+001B⟩")


def test_a_sentence_ends_at_its_stop_and_not_at_an_initial() -> None:
    text = "First. Mr. A. Smith of the U.S. said the bridge is safe. Last.\n"
    spans = span(text, "the bridge is safe")
    start, end = sentence_of(text, spans)
    assert text[start:end] == "Mr. A. Smith of the U.S. said the bridge is safe."


def test_a_sentence_holds_all_the_claims_words() -> None:
    spans = span(ARTICLE, CONTENT)
    start, end = sentence_of(ARTICLE, spans)
    assert ARTICLE[start:end].startswith("Putin had told him")
    assert ARTICLE[start:end].endswith("on Friday.")


def test_empty_lines_are_no_paragraphs() -> None:
    assert paragraphs_of("a\n\n  \nb\n") == (Span(0, 1), Span(6, 7))
