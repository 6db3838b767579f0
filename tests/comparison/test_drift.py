"""What happened to the words of one utterance from one printing to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparison.drift import Change, compare_wordings, kinds_of
from claims.comparison.drift_kinds import MIRRORED, DriftKind
from claims.model.span import Span

K = DriftKind

EXAMPLES = [
    # Nothing but typography.
    ("We will pay in full.", "“We will pay in full,”", []),
    ("We won't pay", "We will not pay", []),
    # Cut, with and without a mark; quoted shorter.
    ("The bridge, if repaired, is safe", "The bridge is safe", [K.HEDGE_LOST, K.CUT]),
    ("The old stone bridge is safe", "The bridge is safe", [K.CUT]),
    ("The old stone bridge is safe", "The … bridge is safe", [K.MARKED_CUT]),
    ("The old stone bridge is safe", "The [...] bridge is safe", [K.MARKED_CUT]),
    ("Last year we built ten schools, and we are proud", "we built ten schools", [K.EXTENT]),
    ("The bridge is safe", "The old stone bridge is safe", [K.ADDED]),
    # Another word.
    ("We met the farmers", "We met the miners", [K.REPLACED]),
    ("She called it a mistake", "She called it a crime", [K.REPLACED]),
    # Numbers and days.
    ("The flood killed twelve people", "The flood killed 14 people", [K.NUMBER]),
    ("It costs $50 million", "It costs $50 billion", [K.NUMBER]),
    ("The flood killed ten people", "The flood killed 10 people", [K.SAME_NUMBER]),
    ("It costs $50bn", "It costs 50 billion dollars", [K.SAME_NUMBER]),
    ("a fall of 12 per cent", "a fall of twelve percent", [K.SAME_NUMBER]),
    ("We sign on Monday", "We sign on Thursday", [K.DATE]),
    ("We sign on 3 May", "We sign on 5 May", [K.DATE]),
    # Polarity, at its place.
    ("The mine is not safe", "The mine is safe", [K.NEGATION_LOST]),
    ("The mine is safe", "The mine is not safe", [K.NEGATION_GAINED]),
    ("The mine isn't safe", "The mine is not safe", []),
    ("There is no danger", "There is not any danger", [K.SMALL_WORDS]),
    ("He never met the minister", "He met the minister", [K.NEGATION_LOST]),
    ("We have always paid", "We have never paid", [K.NEGATION_GAINED]),
    ("The mine is not unsafe", "The mine is safe", [K.SMALL_WORDS]),
    ("I do not think the mine is safe", "I think the mine is not safe", [K.SMALL_WORDS]),
    ("Not only the mayor voted yes", "The mayor voted yes", [K.EXTENT]),
    ("I never said he is guilty", "he is guilty", [K.NEGATION_LOST, K.EXTENT]),
    ("We will not run. He is guilty", "He is guilty", [K.EXTENT]),
    ("The mine is safe", "The mine is unsafe", [K.OPPOSITE]),
    ("Prices rose in June", "Prices fell in June", [K.OPPOSITE]),
    # What was likely and is certain now.
    ("The strike may end today", "The strike will end today", [K.HEDGE_LOST]),
    ("The strike will end today", "The strike could end today", [K.HEDGE_GAINED]),
    ("It can reach up to $50 billion", "It can reach $50 billion", [K.HEDGE_LOST]),
    ("Perhaps the army knew", "the army knew", [K.HEDGE_LOST, K.EXTENT]),
    ("She plans to resign", "She will resign", [K.HEDGE_LOST]),
    # Marks of an editor.
    ("The value of oil ties can grow", "[the value of] oil ties can grow", [K.BRACKETS]),
    ("oil ties can grow", "oil [and gas] ties can grow", [K.BRACKETS]),
    ("He must go", "[Putin] must go", [K.BRACKETS]),
    ("The committee have decided", "[T]he committee have [sic] decided", []),
    # Light ones.
    ("We will build a port", "We would build a port", [K.TENSE]),
    ("We build ports", "We built ports", [K.TENSE]),
    ("We have built ports", "We built ports", [K.TENSE]),
    ("We attacked the port", "We attacked the ports", [K.ENDING]),
    ("The labour party won", "The labor party won", [K.SPELLING]),
    ("Our co-operation goes on", "Our cooperation goes on", [K.SPELLING]),
    ("The goverment fell", "The government fell", [K.SPELLING]),
    ("He is in the county", "He is in the country", [K.REPLACED]),
    ("the end of the war", "the end of a war", [K.SMALL_WORDS]),
    ("I know that he lies", "I know he lies", [K.SMALL_WORDS]),
]


@pytest.mark.parametrize(("earlier", "later", "kinds"), EXAMPLES)
def test_what_happened_to_the_words(earlier: str, later: str, kinds: list[DriftKind]) -> None:
    assert list(kinds_of(compare_wordings(earlier, later))) == kinds


def test_both_places_are_named() -> None:
    [change] = compare_wordings("It costs up to $50 million a year", "It costs $60 million a year")
    assert change == Change(
        (K.NUMBER, K.HEDGE_LOST), Span(9, 26), Span(9, 20), "up to $50 million", "$60 million"
    )
    assert change.is_drift


def test_what_an_advisor_said_of_oil_ties_is_more_careful_than_what_was_made_of_it() -> None:
    quoted = (
        "The Russian president's remarks indicate that [the value of] oil ties between the two"
        " countries can reach up to $50 billion"
    )
    changes = compare_wordings(quoted, "Moscow is prepared to invest $50 billion in Iran's sector")
    assert {K.HEDGE_LOST, K.REPLACED} <= set(kinds_of(changes))
    # The sum is the same, so that it is no change of a number.
    assert K.NUMBER not in kinds_of(changes)
    assert any("can reach up" in change.old_words for change in changes)


VOCABULARY = (
    "the a not never may will can 10 ten twelve $50 million mine mines safe unsafe rose fell"
    " [the] … . , don't Monday May said thinks if"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=9).map(" ".join)


@given(WORDS)
def test_the_same_words_have_not_drifted(text: str) -> None:
    assert compare_wordings(text, text) == ()


@given(WORDS, WORDS)
def test_backwards_it_is_the_mirror(one: str, other: str) -> None:
    forth, back = compare_wordings(one, other), compare_wordings(other, one)
    assert [(change.new, change.old) for change in back] == [(c.old, c.new) for c in forth]
    for change, mirror in zip(forth, back, strict=True):
        assert {MIRRORED.get(kind, kind) for kind in change.kinds} == set(mirror.kinds)


@given(WORDS, WORDS)
def test_places_are_where_the_words_stand(one: str, other: str) -> None:
    for change in compare_wordings(one, other):
        assert one[slice(*change.old)] == change.old_words
        assert other[slice(*change.new)] == change.new_words
