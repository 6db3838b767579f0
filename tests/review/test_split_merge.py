"""Claims are split and merged; parents stay, and all of it can be undone."""

import uuid

import pytest

from claims.ledger.errors import ChangedMeanwhileError
from claims.review.errors import BadChangeError, NotAllowedError
from claims.review.transitions import Action
from tests.review.conftest import ARTICLE, Room


def texts(room: Room, status: str = "proposed") -> list[str]:
    query = "SELECT text FROM claims.claim WHERE status = :s ORDER BY lower(content_spans)"
    return [row[0] for row in room.sql(query, s=status)]


def parted(room: Room) -> tuple[uuid.UUID, int]:
    """The third claim and where its second part begins."""
    return room.store()[2], ARTICLE.index("and nobody")


def test_both_parts_have_the_words_the_chain_and_the_parent(room: Room) -> None:
    claim, at = parted(room)
    sitting = room.sitting("Ann")
    outcome = sitting.split(sitting.card(claim), at)
    assert outcome.summary == "split, ledger 1"
    assert texts(room)[2:] == [
        "the ferry would stop", "and nobody would be told of it in time",
    ]  # fmt: skip
    assert room.standing(claim).status == "replaced"
    parents = room.sql("SELECT parent FROM claims.claim_parent")
    assert parents == [(claim,), (claim,)]
    chains = {str(row[0]) for row in room.sql(
        "SELECT array_agg(source ORDER BY position)::text FROM claims.attribution a"
        " JOIN claims.claim_parent p ON p.claim = a.claim GROUP BY a.claim")}  # fmt: skip
    assert len(chains) == 1
    waiting = room.sql("SELECT count(*) FROM claims.waiting")
    assert waiting == [(4,)]


def test_a_split_is_one_act_and_one_undo_and_comes_back_by_redo(room: Room) -> None:
    claim, at = parted(room)
    before = texts(room)
    sitting = room.sitting("Ann")
    sitting.split(sitting.card(claim), at)
    after = texts(room)
    sitting.undo()
    assert texts(room) == before
    assert room.standing(claim).status == "proposed"
    sitting.redo()
    assert texts(room) == after
    sitting.undo()
    sitting.split(sitting.card(claim), at)
    assert texts(room) == after, "what was made before is made again, not doubled"
    assert room.sql("SELECT count(*) FROM claims.claim") == [(5,)]


def test_a_split_under_a_later_decision_on_a_part_is_not_taken_back(room: Room) -> None:
    claim, at = parted(room)
    sitting = room.sitting("Ann")
    sitting.split(sitting.card(claim), at)
    part = room.sql("SELECT claim FROM claims.claim_parent ORDER BY claim")[0][0]
    room.act("Ben", part, "accept")
    with pytest.raises(Exception, match="accept by Ben"):
        sitting.undo()
    assert room.standing(claim).status == "replaced"


def test_two_claims_are_joined_with_the_attribution_of_the_first(room: Room) -> None:
    first, second, _ = room.store()
    sitting = room.sitting("Ann")
    outcome = sitting.merge(sitting.card(first), second)
    made = room.standing(outcome.claim)
    assert made.state.text == ('"the bridge is safe" … money was lost and that workers were hurt')
    assert made.state.form == "mixed"
    assert len(made.state.chain) == 2
    assert {room.standing(claim).status for claim in (first, second)} == {"replaced"}
    parents = {row[0] for row in room.sql("SELECT parent FROM claims.claim_parent")}
    assert parents == {first, second}
    sitting.undo()
    assert {room.standing(claim).status for claim in (first, second)} == {"proposed"}
    assert room.standing(outcome.claim).status == "replaced"


def test_what_cannot_be_parted_or_joined_is_refused_whole(room: Room) -> None:
    first, second, third = room.store()
    sitting = room.sitting("Ann")
    for place in (0, len(ARTICLE) - 1):
        with pytest.raises(BadChangeError, match="nothing stands on one side"):
            sitting.split(sitting.card(third), place)
    with pytest.raises(BadChangeError, match="two claims of one text"):
        sitting.merge(sitting.card(first), first)
    old = sitting.card(second)
    room.act("Ben", second, "accept")
    with pytest.raises(ChangedMeanwhileError, match="Ben"):
        sitting.split(old, old.state.content[0].start + 8)
    with pytest.raises(NotAllowedError, match="while accepted"):
        sitting.merge(sitting.card(first), second)
    assert texts(room, "replaced") == []
    assert room.sql("SELECT count(*) FROM claims.claim") == [(3,)]


def test_neighbours_are_those_of_the_text(room: Room) -> None:
    claims = room.store()
    sitting = room.sitting("Ann")
    card = sitting.card(claims[1])
    assert (card.number, card.siblings) == (2, 3)
    assert [sitting.neighbour(card, step) for step in (-1, 1)] == [claims[0], claims[2]]
    assert sitting.neighbour(sitting.card(claims[2]), 1) is None


def test_parents_are_only_ever_added_with_their_decision(room: Room) -> None:
    claim, at = parted(room)
    sitting = room.sitting("Ann")
    sitting.split(sitting.card(claim), at)
    for statement, law in (
        ("DELETE FROM claims.claim_parent", "only ever added"),
        ("UPDATE claims.claim_parent SET parent = claim", "only ever added"),
        (
            "INSERT INTO claims.claim_parent SELECT p.parent, p.claim FROM claims.claim_parent p",
            "only with a decision on the claim",
        ),
    ):
        with pytest.raises(Exception, match=law):  # noqa: SIM117 - the error must come inside
            with room.database.engine.begin() as connection:
                connection.exec_driver_sql(statement)
    card = sitting.card(claim)
    with pytest.raises(NotAllowedError):
        sitting.decide(card, Action.ACCEPT, {})
