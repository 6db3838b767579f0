"""Spans of a cleaned text are where the same words stand in the text as it came."""

import gc
import unicodedata
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.alignment import Alignment
from claims.text.clean import clean_text

CHANGED = "\r\n\ufeff\x00\u2028\x85e\u0301\u0323\u212b\u1100\u1161\u11a8\u0f73\u0bc6\u0bbe\ud800a "
ANY = st.text(st.one_of(st.sampled_from(CHANGED), st.characters(exclude_categories=())))


def cleaned_words(raw: str) -> str:
    """The words of a text; composed also where a pile of marks elsewhere kept them as they are."""
    return unicodedata.normalize("NFC", clean_text(raw).text)


def is_whole(text: str, at: int) -> bool:
    """Whether no letter of a text is cut at an offset, however it is composed."""
    parts = (unicodedata.normalize("NFD", part) for part in (text[:at], text[at:]))
    return "".join(parts) == unicodedata.normalize("NFD", text) and not (
        at < len(text) and unicodedata.combining(unicodedata.normalize("NFD", text[at])[0])
    )


@given(ANY, st.data())
def test_a_span_of_the_cleaned_text_has_the_same_words_in_the_raw_one(
    raw: str, data: st.DataObject
) -> None:
    text = clean_text(raw).text
    ends = [at for at in range(len(text) + 1) if is_whole(text, at)]
    start, end = sorted((data.draw(st.sampled_from(ends)), data.draw(st.sampled_from(ends))))
    alignment = Alignment(raw)
    if start < end:
        raw_start, raw_end = alignment.to_raw(start, end)
        words = unicodedata.normalize("NFC", text[start:end])
        assert cleaned_words(raw[raw_start:raw_end]) == words
        assert alignment.to_clean(raw_start, raw_end) == (start, end)


@given(ANY, st.data())
def test_no_span_of_either_text_leads_out_of_the_other(raw: str, data: st.DataObject) -> None:
    text, alignment = clean_text(raw).text, Alignment(raw)
    for one, other, move in (
        (text, raw, alignment.to_raw),
        (raw, text, alignment.to_clean),
    ):
        start = data.draw(st.integers(0, len(one)))
        end = data.draw(st.integers(start, len(one)))
        if start < end:
            moved = move(start, end)
            assert 0 <= moved[0] <= moved[1] <= len(other)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("\ufeff\r\nAda Quill\r\nspoke.\r\n", "Ada Quill"),
        ("Rene\u0301 Moss spoke.", "Rene\u0301 Moss"),
        ("a\x00b\rAda\ufeff Quill", "Ada\ufeff Quill"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8 Kim", "Kim"),
        ("e\ufeff\u0301 Quill", "e\ufeff\u0301"),
    ],
)
def test_words_are_found_where_they_stand(raw: str, words: str) -> None:
    text, sought = clean_text(raw).text, clean_text(words).text
    start = text.index(sought)
    raw_start, raw_end = Alignment(raw).to_raw(start, start + len(sought))
    assert raw[raw_start:raw_end] == words


@pytest.mark.parametrize("part", ["e\u0301\r\n", "\u0bc6\u0bbe\ufeff", "\u0f73", "\u1100\u1161"])
def test_aligning_takes_time_in_proportion_to_the_text(part: str) -> None:
    def seconds(count: int) -> float:
        raw = part * count
        # What other tests left behind, in threads or for the collector, is not measured.
        gc.disable()
        try:
            begun = thread_time()
            Alignment(raw)
            return thread_time() - begun
        finally:
            gc.enable()

    seconds(1_000)
    assert seconds(40_000) < 40 * seconds(4_000) + 0.1
