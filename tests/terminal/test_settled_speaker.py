"""Whom people settled as a speaker is proposed where the article names the same person again."""

import uuid

import pytest

from claims.database.engine import Database
from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.review.cards import load_card
from claims.review.policy import SecondReading
from claims.terminal.plain import card_lines
from tests.makers import RUN, spans_of, store
from tests.review.conftest import Room
from tests.terminal.conftest import Hands, Sit

ARTICLE = (
    "Ambassador Hamid Rowe said the bridge is safe.\n"
    "Mr Rowe denied that money was lost.\n"
    "A neighbour said the ferry was late.\n"
    "Rowe said nobody was hurt.\n"
)
SAID = {
    "the bridge is safe": "Ambassador Hamid Rowe",
    "money was lost": "Mr Rowe",
    "the ferry was late": "A neighbour",
    "nobody was hurt": "Rowe said",
}
SPEAKERS = """SELECT c.status, s.name FROM claims.claim AS c
                LEFT JOIN claims.source AS s ON s.id = c.speaker ORDER BY c.content_spans"""
Claims = list[uuid.UUID]


@pytest.fixture
def claims(room: Room) -> Claims:
    return keep(room.database)


def keep(database: Database, **changes: object) -> Claims:
    """Store claims of whose speakers the machine knows no name."""
    proposals = [
        Proposal(
            spans_of(ARTICLE, words),
            Form.PARAPHRASE,
            (Hop(None, SourceKind.PERSON, spans_of(ARTICLE, who.removesuffix(" said")), ()),),
            0.6,
            "verb",
        )
        for words, who in SAID.items()
    ]
    return store(database, *proposals, run=RUN, text=ARTICLE, **changes)


def speaker(hands: Hands) -> str | None:
    return hands.state.hops[0].name


@pytest.mark.usefixtures("claims")
def test_a_new_speaker_is_proposed_at_the_next_claims_and_one_key_accepts(
    room: Room, sit: Sit
) -> None:
    ann = sit()
    assert speaker(ann) is None
    ann.press("S *")
    assert speaker(ann) == "Hamid Rowe"
    assert ann.state.message.text == "as elsewhere in this article it is Hamid Rowe; esc drops it"
    shown = list(card_lines(ann.state))
    assert any("the speaker is Hamid Rowe elsewhere in the article" in line for line in shown)
    ann.press("a")
    assert speaker(ann) is None
    ann.press("x")
    assert speaker(ann) == "Hamid Rowe"
    ann.press("a")
    assert room.sql(SPEAKERS) == [
        ("accepted", "Hamid Rowe"),
        ("accepted", "Hamid Rowe"),
        ("rejected", None),
        ("accepted", "Hamid Rowe"),
    ]


@pytest.mark.usefixtures("claims")
def test_undoing_the_choice_takes_the_proposals_back(sit: Sit) -> None:
    ann = sit()
    ann.press("S *")
    assert speaker(ann) == "Hamid Rowe"
    ann.press("u")
    assert speaker(ann) is None
    ann.press("j")
    assert speaker(ann) is None


def test_what_is_proposed_is_dropped_by_esc_and_kept_nowhere(
    room: Room, claims: Claims, sit: Sit
) -> None:
    ann = sit()
    ann.press("S *")
    ann.press("j k")
    assert speaker(ann) == "Hamid Rowe"
    assert room.sql("SELECT count(*) FROM claims.draft") == [(0,)]
    assert room.sql(SPEAKERS)[1] == ("proposed", None)
    ann.press("esc")
    assert speaker(ann) is None
    ann.press("a")
    assert room.sql(SPEAKERS)[1] == ("accepted", None)
    assert room.sql("SELECT count(*) FROM claims.draft WHERE claim = :c", c=claims[1]) == [(0,)]


@pytest.mark.usefixtures("claims")
def test_what_is_marked_has_no_change_that_marking_would_lose(sit: Sit) -> None:
    ann = sit()
    ann.press("S *")
    ann.press("M")
    assert ann.state.message.is_error
    assert not ann.state.marked_cards


@pytest.mark.usefixtures("claims")
def test_another_article_and_two_readers_begin_with_what_the_machine_proposed(
    room: Room, sit: Sit
) -> None:
    other = keep(room.database, place="b.txt", url="https://news.example/b")
    ann = sit()
    ann.press("S *")
    with room.database.reader() as session:
        assert load_card(session, other[1], uuid.uuid4()).settled is None
    room.policy(second_reading=SecondReading.ALL)
    bob = sit("Bob")
    assert bob.state.card is not None
    assert bob.state.card.two_readers
    assert speaker(bob) is None


def test_a_second_editor_is_shown_the_same(claims: Claims, sit: Sit) -> None:
    sit().press("S * q")
    bob = sit("Bob")
    assert bob.state.card is not None
    assert bob.state.card.claim in claims[1:]
    assert speaker(bob) == "Hamid Rowe"
