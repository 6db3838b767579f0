"""A decision and its effect are written together or not at all."""

import json
import uuid
from typing import TYPE_CHECKING

import pytest

from claims.ledger.append import load_head, load_rows, sign_in
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.claim import HopState
from claims.review.edits import insert_hop, set_source
from claims.review.errors import BadChangeError
from tests.makers import article, proposal, store
from tests.review.conftest import ARTICLE, Room

if TYPE_CHECKING:
    from claims.model.json import Json


def test_accepting_moves_the_claim_and_adds_one_row(room: Room) -> None:
    claim = room.store()[0]
    assert room.act("Ann", claim, "accept", reason=None).number == 1
    standing = room.standing(claim)
    with room.database.reader() as session:
        [row] = load_rows(session, subject=claim)
    assert (standing.status, standing.revision) == ("accepted", 1)
    assert (row.signed, row.action) == ("Ann", "accept")
    after = json.loads(row.after)
    assert len(after.pop("digest")) == 64
    assert after == {"status": "accepted"}


def test_the_second_of_two_is_told_who_did_what_and_nothing_is_written(room: Room) -> None:
    claim = room.store()[0]
    room.act("Ann", claim, "accept", revision=0)
    with pytest.raises(ChangedMeanwhileError, match="accept by Ann, ledger 1"):
        room.act("Ben", claim, "reject", revision=0)
    assert room.standing(claim).status == "accepted"
    with room.database.reader() as session:
        assert load_head(session)[0] == 1


def test_the_same_act_again_is_known(room: Room) -> None:
    claim, id_ = room.store()[0], uuid.uuid4()
    assert room.act("Ann", claim, "accept", id=id_, revision=0).number == 1
    assert room.act("Ann", claim, "accept", id=id_, revision=0).number == 1


def test_a_reviewer_is_the_same_person_by_name(room: Room) -> None:
    with room.database.writer() as session:
        first = sign_in(session, "Ann", uuid.uuid4())
        assert sign_in(session, "Ann", uuid.uuid4()) == first
        assert sign_in(session, "Ben", uuid.uuid4()) != first


def test_every_field_is_written_and_read_back_as_it_was_decided(room: Room) -> None:
    claim, other, _ = room.store()
    state = room.standing(claim).state
    agency = state.chain[1].source
    edited = insert_hop(set_source(state, 1, agency), 3, HopState())
    changes: dict[str, Json] = {
        "statement": "The bridge is safe.",
        "said_on": ["2026-05-03", "2026-05-04"],
        "said_on_text": "at the weekend",
        "venue": "at the pier",
        "attribution_confidence": 0.75,
        "credibility": 6,
        "chain": edited.to_json()["chain"],
        "links": [{"b": str(other), "kind": "contradicts"}],
    }
    room.act("Ann", claim, "accept", changes)
    after = room.standing(claim).state.to_json()
    assert {name: after[name] for name in changes} == changes
    [speaker] = room.sql("SELECT speaker::text FROM claims.claim WHERE id = :c", c=claim)[0]
    assert speaker == str(agency)
    [published] = room.sql("SELECT speaker, said_on::text FROM claims_v1.claims")
    assert published == ("Harbour Agency", "[2026-05-03,2026-05-05)")


def test_two_claims_never_have_just_the_same_words(room: Room) -> None:
    claim, other, _ = room.store()
    words = room.standing(other).state.to_json()
    same = {name: words[name] for name in ("content", "text", "form")}
    with pytest.raises(BadChangeError, match="just these words"):
        room.act("Ann", claim, "edit", same)
    assert room.standing(claim).revision == 0


def test_a_newer_extractor_leaves_what_somebody_decided_read_or_typed(room: Room) -> None:
    corrected, read, typed = room.store()
    edge: dict[str, Json] = {"content": [[21, 41]], "text": ARTICLE[21:41], "form": "quote"}
    room.act("Ann", corrected, "edit", edge)
    room.policy(second_reading="all")
    room.act("Ann", read, "accept")
    sitting = room.sitting("Ann")
    sitting.keep_draft(sitting.card(typed), {"venue": "Pier"})
    better = proposal(ARTICLE, "Bob Stone said")
    store(room.database, proposal(ARTICLE), better, text=ARTICLE)
    kept = {row[0] for row in room.sql("SELECT id FROM claims.claim")}
    assert {corrected, read, typed} <= kept
    assert len(kept) in {3, 4}, "at most the new proposal is added"
    assert room.standing(corrected).state.text == ARTICLE[21:41]
    assert article(ARTICLE).text == ARTICLE
