"""What stands between quotation marks, and what only looks so."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.extraction.form import form_of
from claims.extraction.quotation import find_quotations
from claims.model.span import Span


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("He said “yes”.", ["“yes”"]),
        ("He said «yes».", ["«yes»"]),
        ("He said 'it is safe' twice.", ["'it is safe'"]),
        ("The mayor's 6' pole and the boys' boat.", []),
        ('A 6" pipe broke.', []),
        ('She said "it isn\'t".', ['"it isn\'t"']),
        ('He said "it goes on\nto here" and ended.', ['"it goes on\nto here"']),
        ('"First.\n"Second."', ['"First.', '"Second."']),
        ('He said "no end', ['"no end']),
        ('“Mixed," he said. "As well.”', ['“Mixed,"', '"As well.”']),
        ('“The "inner" part,” he said.', ['“The "inner" part,”']),
        # What is not closed here must not be closed by a mark that stands before it.
        ("“One,” he said.\n“Two ‘or’ two.\n“Six.”", ["“One,”", "“Two ‘or’ two.", "“Six.”"]),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[mark.start : mark.end] for mark in find_quotations(text)] == quoted


@pytest.mark.parametrize(
    ("words", "form"),
    [('"is safe"', "quote"), ('bridge "is safe"', "mixed"), ("bridge", "paraphrase")],
)
def test_form_is_counted_from_the_marks(words: str, form: str) -> None:
    text = 'The bridge "is safe" he said.'
    start = text.index(words)
    assert form_of(text, (Span(start, start + len(words)),)) == form


@pytest.mark.parametrize("mixed", ['“a" ', '"a ', '"a” "b'])
def test_mixed_marks_take_no_time(mixed: str) -> None:
    begun = time.process_time()
    find_quotations(mixed * 20_000)
    assert time.process_time() - begun < 5


MARKED = st.lists(st.sampled_from([*"“”«»„‘’'‹›\"", "``", "''", "\n", " ", " a", "Boats ", ", "]))
"""Pieces of texts of which nearly all are marks."""


@given(MARKED.map("".join))
@example("“Shut.” She wrote: “Boats that ‘never’ sail. “Who knows?”\n")
@example("“Shut,” he said.\n“The ‘old’ “mill is open")
def test_quotations_follow_each_other_whatever_the_marks(text: str) -> None:
    end = 0
    for mark in find_quotations(text):
        assert end <= mark.start < mark.end <= len(text)
        end = mark.end
