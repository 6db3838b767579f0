"""Two readers know nothing of each other until both have read; a third settles."""

import json
import uuid
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ledger.append import load_head
from claims.ledger.errors import UndoRefusedError
from claims.model.kinds import ClaimStatus
from claims.review.edits import set_source
from claims.review.errors import NotAllowedError, NotForYouError
from claims.review.policy import Policy, SecondReading
from claims.review.session import ReviewSession
from claims.review.transitions import Action
from tests.review.conftest import Room


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    """Three claims, each to be read by two."""
    room.policy(second_reading="all")
    return room.store()


def ledger_length(room: Room) -> int:
    with room.database.reader() as session:
        return load_head(session)[0]


def test_the_first_reading_changes_nothing_that_anybody_sees(
    room: Room, claims: list[uuid.UUID]
) -> None:
    ben = room.sitting("Ben")
    before = json.dumps(asdict(ben.card(claims[0])), default=str)
    ben.leave()
    published = room.sql("SELECT * FROM claims_v1.proposals ORDER BY claim")
    done = room.act("Ann", claims[0], "reject", reason="certainly not said")
    assert (done.number, done.decision) == (0, None)
    assert room.standing(claims[0]).status == "proposed"
    assert ledger_length(room) == 0
    assert room.sql("SELECT * FROM claims_v1.proposals ORDER BY claim") == published
    assert room.sql("SELECT * FROM claims_v1.decisions") == []
    after = ben.card(claims[0])
    lease = after.lease_until
    assert json.dumps(asdict(after), default=str).replace(str(lease), "") == before.replace(
        before[before.rindex('"lease_until": "') + 16 :].partition('"')[0], ""
    )
    assert "certainly" not in str(ben.recent_decisions(9))


def test_two_who_agree_make_one_decision_with_both_readings(
    room: Room, claims: list[uuid.UUID]
) -> None:
    room.act("Ann", claims[0], "accept")
    done = room.act("Ben", claims[0], "accept")
    assert done.number == 1
    assert done.decision is not None
    assert done.decision.action == "accept"
    readings = done.decision.after["readings"]
    assert isinstance(readings, list)
    assert [reading["action"] for reading in readings] == ["accept", "accept"]
    assert [reading["reviewer"] for reading in readings] == [
        str(room.reviewer("Ann")), str(room.reviewer("Ben")),
    ]  # fmt: skip
    assert room.standing(claims[0]).status == "accepted"


def test_two_who_disagree_leave_it_to_a_third(room: Room, claims: list[uuid.UUID]) -> None:
    room.act("Ann", claims[0], "accept")
    dispute = room.act("Ben", claims[0], "reject", reason="not his")
    assert dispute.decision is not None
    assert (dispute.decision.action, room.standing(claims[0]).status) == ("dispute", "disputed")
    for name in ("Ann", "Ben"):
        assert claims[0] not in served(room.sitting(name))
        with pytest.raises(NotForYouError):
            room.act(name, claims[0], "accept")
    cleo = room.sitting("Cleo")
    card = cleo.next_card()
    assert card is not None
    assert card.claim == claims[0]
    assert [reading.action for reading in card.disputed] == ["accept", "reject"]
    assert "Ann" not in str(card.disputed)
    assert str(room.reviewer("Ann")) not in str(card.disputed)
    outcome = cleo.decide(card, Action.ACCEPT, {})
    assert (outcome.number, room.standing(claims[0]).status) == (2, "accepted")


def served(sitting: ReviewSession) -> list[uuid.UUID]:
    """What a reviewer is offered, moving on each time."""
    found = []
    card = sitting.next_card()
    while card:
        found.append(card.claim)
        card = sitting.next_card(after=card.claim)
    sitting.leave()
    return found


def test_the_same_act_with_another_speaker_is_a_dispute(
    room: Room, claims: list[uuid.UUID]
) -> None:
    state = room.standing(claims[0]).state
    agency = state.chain[1].source
    room.act("Ann", claims[0], "accept", set_source(state, 1, agency, 0.6))
    room.act("Ben", claims[0], "accept")
    assert room.standing(claims[0]).status == "disputed"


def test_how_a_speaker_was_found_is_no_dispute(room: Room, claims: list[uuid.UUID]) -> None:
    state = room.standing(claims[0]).state
    agency = state.chain[1].source
    room.act("Ann", claims[0], "accept", set_source(state, 1, agency, 0.6))
    room.act("Ben", claims[0], "accept", set_source(state, 1, agency, None))
    assert room.standing(claims[0]).status == "accepted"


def test_nobody_reads_a_claim_twice(room: Room, claims: list[uuid.UUID]) -> None:
    ann = room.sitting("Ann")
    read = []
    while card := ann.next_card():
        read.append(card.claim)
        ann.decide(card, Action.ACCEPT, {})
    assert read == claims
    assert ann.counts()[0] == 0
    assert served(room.sitting("Ben")) == claims


def test_a_reader_may_think_again_until_the_other_has_read(
    room: Room, claims: list[uuid.UUID]
) -> None:
    room.act("Ann", claims[0], "reject")
    room.act("Ann", claims[0], "accept")
    room.act("Ben", claims[0], "accept")
    assert room.standing(claims[0]).status == "accepted"


def test_a_sealed_reading_is_taken_back_by_undo(room: Room, claims: list[uuid.UUID]) -> None:
    ann = room.sitting("Ann")
    card = ann.next_card()
    assert card is not None
    ann.decide(card, Action.ACCEPT, {})
    assert "sealed" in ann.undo().summary
    assert served(ann) == claims
    room.act("Ben", claims[0], "accept")
    assert room.standing(claims[0]).status == "proposed", "one reading is left, Ben's"
    with pytest.raises(UndoRefusedError):
        ann.undo()


def test_what_two_read_is_only_accepted_or_rejected(room: Room, claims: list[uuid.UUID]) -> None:
    for action, changes in (("edit", {"venue": "x"}), ("note", {}), ("flag", {}), ("later", {})):
        with pytest.raises(NotAllowedError, match="two people"):
            room.act("Ann", claims[0], action, changes)
    ann = room.sitting("Ann")
    card = ann.next_card()
    assert card is not None
    assert ann.decide(card, Action.LATER, {}).summary == "passed over"
    assert room.standing(claims[0]).revision == 0


def test_a_flagged_claim_is_read_by_two_whatever_the_policy(room: Room) -> None:
    claim = room.store()[0]
    room.act("Ann", claim, "flag")
    assert room.act("Ann", claim, "accept").number == 0
    assert room.act("Ben", claim, "accept").number == 2


def test_a_decision_made_of_two_readings_can_be_taken_back(
    room: Room, claims: list[uuid.UUID]
) -> None:
    room.act("Ann", claims[0], "accept")
    room.act("Ben", claims[0], "accept")
    room.sitting("Ben").undo()
    assert room.standing(claims[0]).status == "proposed"
    assert served(room.sitting("Ann")) == claims, "both may read it again"


def test_readings_are_only_ever_added(room: Room, claims: list[uuid.UUID]) -> None:
    room.act("Ann", claims[0], "accept")
    for statement in (
        "UPDATE claims.reading SET action = 'reject'",
        "DELETE FROM claims.reading",
        "TRUNCATE claims.reading",
        "SET session_replication_role = replica; DELETE FROM claims.reading",
        "DELETE FROM claims.review_policy",
    ):
        with pytest.raises(Exception, match="only ever added"):  # noqa: SIM117 - the error must come inside
            with room.database.engine.begin() as connection:
                connection.exec_driver_sql(statement)


@given(st.uuids(), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_holds_the_smaller(
    claim: uuid.UUID, one: float, other: float, score: float
) -> None:
    small, large = sorted((one, other))
    drawn = [
        Policy(SecondReading.SHARE, share).needs_two(claim, "quote", score)
        for share in (small, large)
    ]
    assert drawn[0] <= drawn[1]
    assert not Policy().needs_two(claim, "paraphrase", score)
    assert Policy(paraphrase_below=1.0).needs_two(claim, "paraphrase", score) == (score < 1)
    assert not Policy(paraphrase_below=1.0).needs_two(claim, "quote", score)


def test_a_share_is_about_that_many() -> None:
    half = Policy(SecondReading.SHARE, 0.2)
    drawn = sum(half.needs_two(uuid.uuid4(), "quote", 0.5) for _ in range(5000))
    assert 850 < drawn < 1150, "5,000 draws at 0.2: five standard deviations are 141"


def test_disputed_claims_wait_and_are_not_published(room: Room, claims: list[uuid.UUID]) -> None:
    room.act("Ann", claims[0], "accept")
    room.act("Ben", claims[0], "reject")
    [status] = room.sql("SELECT status FROM claims_v1.proposals WHERE claim = :c", c=claims[0])[0]
    assert status == ClaimStatus.DISPUTED
    assert room.sql("SELECT * FROM claims_v1.claims") == []
