"""Changes are pure: fields in, changed fields out, and the article's words stay the article's."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.model.claim import BLANK, ClaimState, HopState
from claims.model.kinds import Mode
from claims.model.span import Span
from claims.review.edits import (
    drop_hop,
    find_words,
    insert_hop,
    move_edge,
    move_hop,
    set_content,
    set_mode,
    set_source,
    set_words,
)
from claims.review.errors import BadChangeError, QuoteDiffersError

ARTICLE = 'Mayor Ada Quill said "the bridge is safe" on Monday, the Harbour Agency reported.\n'
SOURCE = uuid.uuid4()


def hop(name: str) -> HopState:
    start = ARTICLE.index(name)
    return HopState(mention=(Span(start, start + len(name)),))


def claim(words: str = "bridge is safe") -> ClaimState:
    start = ARTICLE.index(words)
    chain = (hop("Ada Quill"), hop("Harbour Agency"))
    return set_content(ARTICLE, replace(BLANK, chain=chain), [(start, start + len(words))])


def mentions(state: ClaimState) -> list[str]:
    return [ARTICLE[s:e] for hop in state.chain for s, e in hop.mention]


def test_a_source_is_said_by_a_person_and_can_be_nobody() -> None:
    chosen = set_source(claim(), 1, SOURCE, 0.61)
    assert chosen.chain[0].source == SOURCE
    assert chosen.chain[0].link_rule == "person"
    assert "0.61" in (chosen.chain[0].link_reason or "")
    nobody = set_source(chosen, 1, None).chain[0]
    assert [nobody.source, nobody.link_rule, nobody.link_score] == [None] * 3


def test_hops_are_put_in_taken_out_and_moved() -> None:
    now = claim()
    assert mentions(move_hop(now, 2, 1)) == ["Harbour Agency", "Ada Quill"]
    assert mentions(drop_hop(now, 1)) == ["Harbour Agency"]
    assert mentions(insert_hop(now, 3, hop("Mayor"))) == ["Ada Quill", "Harbour Agency", "Mayor"]
    assert mentions(now) == ["Ada Quill", "Harbour Agency"], "the state given stays as it is"


def test_a_chain_keeps_its_voice_and_its_places() -> None:
    with pytest.raises(BadChangeError, match="only hop"):
        drop_hop(drop_hop(claim(), 2), 1)
    for place in (0, 3):
        with pytest.raises(BadChangeError, match=f"none at {place}"):
            set_source(claim(), place, SOURCE)
    with pytest.raises(BadChangeError, match="none at 4"):
        insert_hop(claim(), 4, HopState())


def test_words_of_a_hop_are_found_where_they_are_printed() -> None:
    made = set_words(ARTICLE, claim(), 1, name="capacity", words="Mayor")
    assert made.chain[0].capacity == ((0, 5),)
    gone = set_words(ARTICLE, made, 1, name="capacity", words=" ")
    assert gone.chain[0].capacity == ()
    with pytest.raises(QuoteDiffersError):
        set_words(ARTICLE, claim(), 1, name="cue", words="shouted")
    denied = set_mode(claim(), 1, Mode.DENIES)
    assert denied.chain[0].mode == "denies"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("the bridge is safe", "quote"),
        ('said "the bridge is safe" on', "mixed"),
        ("Mayor Ada", "paraphrase"),
    ],
)
def test_the_form_is_counted_from_the_marks(words: str, form: str) -> None:
    start = ARTICLE.index(words)
    assert set_content(ARTICLE, BLANK, [(start, start + len(words))]).form == form


@pytest.mark.parametrize("spans", [[], [(5, 5)], [(-1, 4)], [(0, 999)], [(5, 6)]])
def test_content_has_words_of_the_article(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(BadChangeError):
        set_content(ARTICLE, BLANK, spans)


@pytest.mark.parametrize(
    ("end", "words", "text"),
    [
        (True, -1, "bridge is"),
        (True, 1, 'bridge is safe" on'),
        (False, 1, "is safe"),
        (False, -1, "the bridge is safe"),
        (True, -9, None),
    ],
)
def test_an_edge_moves_by_words(end: bool, words: int, text: str | None) -> None:  # noqa: FBT001 - a case of the table
    if text is None:
        with pytest.raises(BadChangeError):
            move_edge(ARTICLE, claim(), end=end, words=words)
        return
    assert move_edge(ARTICLE, claim(), end=end, words=words).text == text


@pytest.mark.parametrize(
    ("words", "end", "moves", "text"),
    [
        ('said "the bridge is safe" on', True, -1, 'said "the bridge is safe"'),
        ('said "the bridge is safe"', True, -1, 'said "the bridge is'),
        ('"the bridge is safe"', False, 1, 'bridge is safe"'),
        ('bridge is safe" on', False, -1, '"the bridge is safe" on'),
        ('"the bridge is safe"', True, 1, '"the bridge is safe" on'),
    ],
)
def test_a_quotation_mark_goes_along_with_its_word(
    words: str,
    end: bool,  # noqa: FBT001 - a case of the table
    moves: int,
    text: str,
) -> None:
    assert move_edge(ARTICLE, claim(words), end=end, words=moves).text == text


def test_an_edge_moves_by_one_sign() -> None:
    assert move_edge(ARTICLE, claim(), end=True, characters=1).text == 'bridge is safe"'


def test_words_are_found_near_the_claim_whatever_their_marks() -> None:
    twice = ARTICLE * 3
    start = twice.rindex("bridge")
    now = set_content(twice, BLANK, [(start, start + 6)])
    found = find_words(twice, now, "“the  bridge is safe”")
    assert found.content[0].start == twice.rindex('"the')
    split = find_words(twice, now, "the bridge … on Monday")
    assert split.text == "the bridge … on Monday"


def test_words_that_are_not_printed_are_refused_with_the_difference() -> None:
    with pytest.raises(QuoteDiffersError, match=r"\[-bridge-\] \{\+ferry\+\}"):
        find_words(ARTICLE, claim(), "the ferry is safe")


@given(st.lists(st.tuples(st.booleans(), st.integers(-3, 3)), max_size=8))
def test_whatever_is_moved_the_words_are_the_articles(moves: list[tuple[bool, int]]) -> None:
    now = claim()
    for end, words in moves:
        try:
            now = move_edge(ARTICLE, now, end=end, words=words)
        except BadChangeError:
            continue
        [(start, stop)] = now.content
        assert now.text == ARTICLE[start:stop]
