# ruff: noqa: E501 - odd texts stand in one line each
"""Whatever a text holds: no crash, no minute of CPU, the same result twice."""

import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction.explain import explain
from claims.extraction.parse import SEGMENT, Parser, cut_text, parse_many
from claims.extraction.pipeline import find_proposals, propose, propose_many
from claims.extraction.readable import LONGEST, why_unreadable
from tests.extraction.invariants import check_invariants

ODD = st.sampled_from(
    ["", " ", "\n", "\n\n", "\x00", "\x0b", "\u200f", "\u202e", "שלום", "مرحبا", "😀👩‍👩‍👧", "e\u0301", "\ufeff",
     "said", "“", "”", "‘", "’", '"', "''", "``", "«", "»", "Ada Quill", "according to", "he", "that", ":", ",", ".",
     "—", "(", ")", "<b>", "&amp;", "1" * 50, "a" * 300, "quoted", "as saying", "per", "in the words of", "reports"]
)  # fmt: skip


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(st.lists(ODD, max_size=40).map(" ".join) | st.text(max_size=200))
def test_odd_texts(parser: Parser, text: str) -> None:
    proposals = propose(parser, text, None, everything=True)
    check_invariants(text, proposals)
    assert propose(parser, text, None, everything=True) == proposals
    assert explain(parser, text, None)


@pytest.mark.parametrize(
    "text", ["JANE told the court that it was cold.", "He left.\n\nkevin\nsaid so."]
)
def test_given_names_in_one_case_alone(parser: Parser, text: str) -> None:
    check_invariants(text, propose(parser, text, None, everything=True))


def test_five_megabytes_in_one_line_are_refused_at_once(parser: Parser) -> None:
    begun = time.process_time()
    text = "She said it was safe, he said. " * 170_000
    assert propose(parser, text, None) == ()
    assert "longer than one article" in str(why_unreadable(text))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text", ["'" * 20_000, "“" * 900, '" ' * 2_000, "“ " * 2_000, "a: " * 1_500, "said " * 2_000, "\n" * 9_000]
)  # fmt: skip
def test_marks_without_end_take_no_time(parser: Parser, text: str) -> None:
    begun = time.process_time()
    propose(parser, text, None)
    assert time.process_time() - begun < 20


REPEATED = [
    "he said ", "said that ", "who said ", "adding that ", "“‘ ", '"he said \'she said ', "according to X, ", "said that and that he would ",
    "“Yes,” he said. ", "“Yes he said.\n\n", "was quoted as saying ", "Ada Quill, Bo Stone said ",
    "“It is, Ada Quill said, so.\n\n", "“It is so,” Ada Quill said, “and so.\n\n", "“It is so, she said.\n\n“Very so.\n\n",
]  # fmt: skip


@pytest.mark.parametrize("words", REPEATED)
def test_twice_the_text_is_twice_the_work(parser: Parser, words: str) -> None:
    # 2.6: within one quotation, which has a longest length, work may grow faster
    short, long = (_work(parser, words * (length // len(words))) for length in (2_500, 5_000))
    assert long < 2.6 * short


def _work(parser: Parser, text: str) -> int:
    """How many functions are called to read a parsed text: the same on every machine."""
    [doc] = parse_many(parser, [text])
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        find_proposals(doc, None)
    finally:
        sys.setprofile(None)
    return calls


def test_a_long_article_is_parsed_in_segments_and_read_as_one(parser: Parser) -> None:
    text = (
        "The old bridge over the river was closed for a week. " * 400 + 'Quill said: "It is safe."'
    )
    assert len(text) > 2 * SEGMENT
    assert "".join(cut_text(text)) == text
    assert max(map(len, cut_text(text))) <= SEGMENT
    [proposal] = propose(parser, text, None)
    start, end = proposal.content[0]
    assert text[start:end] == '"It is safe."'


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister sagte am Donnerstag, dass die Brücke sicher sei und dass niemand sich Sorgen machen müsse.",
        "De minister zei donderdag dat de brug veilig is en dat niemand zich zorgen hoeft te maken over de brug.",
        "Le ministre a déclaré jeudi que le pont était sûr et que personne ne devait s'inquiéter de la situation.",
        "El ministro dijo el jueves que el puente era seguro y que nadie debía preocuparse por la situación actual.",
        "Министр заявил в четверг, что мост безопасен и что никому не следует беспокоиться о том, что будет дальше и потом.",
    ],
)
def test_other_languages_are_recognised(parser: Parser, text: str) -> None:
    assert why_unreadable(text) == "not English"
    assert propose(parser, text, None) == ()


def test_a_text_without_words_has_no_proposals(parser: Parser) -> None:
    assert why_unreadable("") is None
    assert list(propose_many(parser, [("", None), (" \n ", None)])) == [(), ()]


def test_what_is_too_long_is_not_english_either() -> None:
    assert why_unreadable("a" * (LONGEST + 1)) is not None
