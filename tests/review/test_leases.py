"""Leases belong to a tab or a terminal: two of one person never hold the same card."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from claims.ledger.errors import ChangedMeanwhileError
from claims.review.leases import Leasing
from claims.review.session import ReviewSession
from claims.review.transitions import Action
from tests.review.conftest import Room
from tests.review.test_queue import articles

HELD = "SELECT claim FROM claims.lease WHERE until > clock_timestamp() ORDER BY claim"


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    return room.store()


def held(room: Room) -> set[uuid.UUID]:
    return {row[0] for row in room.sql(HELD)}


def tab(room: Room, name: str, *, several: bool = False) -> ReviewSession:
    """Somebody with another tab or terminal."""
    return room.sitting(name, id=uuid.uuid4(), several=several)


def taken(session: ReviewSession) -> uuid.UUID:
    onward = session.go_on(loaded=False)
    assert onward.claim
    return onward.claim


@pytest.mark.parametrize("several", [False, True])
def test_two_tabs_of_one_person_hold_different_cards(
    room: Room, claims: list[uuid.UUID], *, several: bool
) -> None:
    one, two = (tab(room, "Ann", several=several) for _ in range(2))
    assert [taken(one), taken(two)] == claims[:2]
    assert held(room) == set(claims[:2])
    # The second goes on: what the first has stays the first's.
    two.held = claims[1]
    assert two.go_on(claims[1]).claim == claims[2]
    assert held(room) == {claims[0], claims[2]}
    one.leave()
    assert held(room) == {claims[2]}


def test_eight_tabs_of_one_person_at_once_share_no_card(room: Room) -> None:
    made = articles(room, 8)
    every = [claim for claims in made for claim in claims]
    tabs = [tab(room, "Ann") for _ in range(8)]

    def work(tab: ReviewSession) -> list[uuid.UUID]:
        served = []
        while card := tab.next_card():
            served.append(card.claim)
            tab.decide(card, Action.ACCEPT, {})
        return served

    with ThreadPoolExecutor(8) as pool:
        served = [claim for claims in pool.map(work, tabs) for claim in claims]
    assert sorted(served) == sorted(every)


def test_an_address_that_two_tabs_show_serves_no_card_twice(
    room: Room, claims: list[uuid.UUID]
) -> None:
    """Without a script a duplicated tab has the id of the first."""
    id_ = uuid.uuid4()
    one, two = (room.sitting("Ann", id=id_, several=True) for _ in range(2))
    assert {taken(one), taken(two)} == set(claims[:2])


def test_a_card_that_is_open_elsewhere_is_looked_at_and_taken_over(
    room: Room, claims: list[uuid.UUID]
) -> None:
    one, two = tab(room, "Ann"), tab(room, "Ann")
    mine = one.next_card()
    assert mine
    card = two.card(claims[0])
    assert (card.elsewhere, card.lease_until, mine.elsewhere) == (True, None, False)
    assert two.renew(claims[0]) is None
    with pytest.raises(ChangedMeanwhileError, match="in another tab or terminal"):
        two.decide(card, Action.ACCEPT, {})
    card = two.card(claims[0], Leasing.TAKE_OVER)
    assert not card.elsewhere
    assert one.renew(claims[0]) is None
    with pytest.raises(ChangedMeanwhileError, match="in another tab or terminal"):
        one.decide(mine, Action.REJECT, {}, "late")
    two.decide(card, Action.ACCEPT, {})
    assert room.standing(claims[0]).status == "accepted"


def test_nobody_takes_over_what_somebody_else_has(room: Room, claims: list[uuid.UUID]) -> None:
    ann, ben = tab(room, "Ann"), tab(room, "Ben")
    assert ann.next_card()
    card = ben.card(claims[0], Leasing.TAKE_OVER)
    assert (card.lease_until, card.elsewhere) == (None, False)
    # Nor with the id of somebody else's tab.
    thief = room.sitting("Ben", id=ann.holder.session)
    assert thief.card(claims[0]).lease_until is None
    thief.leave()
    thief.free(claims[0], datetime.now(UTC) + timedelta(hours=1))
    assert held(room) == {claims[0]}
    with pytest.raises(ChangedMeanwhileError, match="Ann has the card now"):
        thief.decide(card, Action.ACCEPT, {})


def test_a_page_that_is_closed_frees_no_more_than_it_knew(
    room: Room, claims: list[uuid.UUID]
) -> None:
    """A page that is loaded anew may renew the card before the old one says that it is gone."""
    ann = tab(room, "Ann")
    card = ann.next_card()
    assert card
    assert card.lease_until
    renewed = ann.renew(claims[0])
    assert renewed
    assert renewed > card.lease_until
    ann.free(claims[0], card.lease_until)
    assert held(room) == {claims[0]}
    ann.free(claims[0], renewed)
    assert held(room) == set()


def test_marked_claims_that_are_open_elsewhere_are_left(
    room: Room, claims: list[uuid.UUID]
) -> None:
    one, two = tab(room, "Ann", several=True), tab(room, "Ann", several=True)
    assert one.next_card()
    cards = [two.card(claim) for claim in claims]
    outcome = two.decide_in_bulk(cards, Action.ACCEPT)
    assert "1 skipped" in outcome.summary
    assert [str(room.standing(one).status) for one in claims] == [
        "proposed", "accepted", "accepted"
    ]  # fmt: skip


def test_what_was_leased_by_an_earlier_version_is_nobodys_tab(
    room: Room, claims: list[uuid.UUID]
) -> None:
    ann = room.reviewer("Ann")
    with room.database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO claims.lease (claim, reviewer, version, until)"
                " SELECT id, :ann, version, clock_timestamp() + interval '1 minute'"
                "   FROM claims.claim WHERE id = :claim"
            ),
            {"ann": ann, "claim": claims[0]},
        )
    assert taken(tab(room, "Ann")) == claims[1]
