"""What the machine says of its proposals beside their words: kept, shown, and read in its order."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims.catalogue.card import Filters
from claims.errors.base import ClaimsError
from claims.model.kinds import ClaimClass
from claims.model.proposal import Hearer
from claims.review.cards import load_card
from claims.review.order import Order
from claims.review.transitions import Action
from tests.makers import TEXT, add_reviewer, proposal, spans_of, store
from tests.review.conftest import ARTICLE, Room

WORDS = ('"the bridge is safe"', "the ferry would stop")


def classed(room: Room, first: ClaimClass) -> None:
    """An article with a claim of a class and one of speech."""
    one, two = (proposal(ARTICLE, words) for words in WORDS)
    store(room.database, replace(one, claim_class=first), two, text=ARTICLE)


@pytest.mark.parametrize(
    ("first", "asked", "count"),
    [
        (ClaimClass.SPEECH, frozenset(), 2),
        (ClaimClass.REQUEST, frozenset(), 2),
        (ClaimClass.FINDING, frozenset(), 2),
        (ClaimClass.LABEL, frozenset(), 1),
        (ClaimClass.BELIEF, frozenset(), 1),
        (ClaimClass.LABEL, frozenset({ClaimClass.LABEL}), 1),
        (ClaimClass.BELIEF, frozenset(ClaimClass), 2),
    ],
)
def test_the_queue_shows_what_is_asked_for(
    room: Room, first: ClaimClass, asked: frozenset[ClaimClass], count: int
) -> None:
    classed(room, first)
    sitting, seen = room.sitting("Ann", filters=Filters(classes=asked)), 0
    while card := sitting.next_card():
        seen += 1
        sitting.decide(card, Action.ACCEPT, {})
    assert seen == count


def test_the_least_sure_name_comes_first(room: Room) -> None:
    sure, unsure = (proposal(ARTICLE, words) for words in WORDS)
    store(
        room.database,
        replace(sure, score=0.9, name_score=0.95),
        replace(unsure, score=0.95, name_score=0.55),
        text=ARTICLE,
    )
    card = room.sitting("Ann", order=Order.UNCERTAIN).next_card()
    assert card is not None
    assert card.name_score == 0.55


def test_a_card_says_what_the_machine_says(room: Room) -> None:
    one = proposal()
    nobody = replace(one.chain[0], name=None)
    hearer = Hearer("on Monday", spans_of(TEXT, "on Monday"))
    guess = replace(
        one,
        chain=(nobody, *one.chain[1:]),
        name_score=0.4,
        suggested_name="Ada Quill",
        hearer=hearer,
        claim_class=ClaimClass.REQUEST,
    )
    [claim] = store(room.database, guess)
    with room.database.writer() as session:
        card = load_card(session, claim, add_reviewer(session))
    assert (card.name_score, card.suggested_name) == (0.4, "Ada Quill")
    assert (card.hearer, card.claim_class) == ("on Monday", "request")
    [published] = room.sql(
        "SELECT class, name_score, suggested_name, hearer, speaker FROM claims_v1.proposals"
    )
    assert tuple(published) == ("request", 0.4, "Ada Quill", "on Monday", None)


def test_who_heard_it_is_what_stands_there(room: Room) -> None:
    wrong = replace(proposal(), hearer=Hearer("the Gazette", spans_of(TEXT, "on Monday")))
    with pytest.raises(ClaimsError, match="hearer is not what stands at its spans"):
        store(room.database, wrong)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims.claim SET class = 'label'",
        "UPDATE claims.claim SET name_score = 0.1",
        "UPDATE claims.claim SET hearer = 'the Gazette'",
        "UPDATE claims.claim SET hearer_spans = '{[0,5)}'",
        "UPDATE claims.claim SET suggested_name = 'Bob Stone'",
    ],
)
def test_nobody_changes_what_the_machine_said(room: Room, statement: str) -> None:
    store(room.database, replace(proposal(), name_score=0.9))
    refusal = pytest.raises(DBAPIError, match="what the machine says of its proposal")
    with refusal as refused, room.database.engine.begin() as connection:
        connection.execute(text(statement))
    assert getattr(refused.value.orig, "sqlstate", None) == "23001"


@pytest.mark.parametrize(
    ("columns", "law"),
    [
        ({"name_score": 1.5}, "ck_claim_name_score"),
        ({"suggested_name": "Ada Quill"}, "ck_claim_suggested_name"),
        ({"suggested_name": "Ada Quill", "name_score": 0.4}, "ck_claim_suggested"),
    ],
)
def test_scores_and_suggestions_fit_each_other(
    room: Room, columns: dict[str, object], law: str
) -> None:
    one = proposal()
    if law == "ck_claim_suggested_name":
        one = replace(one, chain=(replace(one.chain[0], name=None), *one.chain[1:]))
    wrong = replace(one, **columns)  # type: ignore[arg-type]
    with pytest.raises(ClaimsError, match=law):
        store(room.database, wrong)


def test_a_published_claim_keeps_what_the_machine_said(room: Room) -> None:
    whole = replace(proposal(ARTICLE, WORDS[0]), name_score=0.9, claim_class=ClaimClass.FINDING)
    [claim] = store(room.database, whole, text=ARTICLE)
    room.act("Ann", claim, "accept")
    assert room.sql("SELECT class, name_score FROM claims_v1.claims") == [("finding", 0.9)]
