"""Proposals of a withdrawn article leave the queue, and come back with it as they were."""

import uuid

import pytest
from sqlalchemy import select

from claims.documents.decide import decide_on_document, save_document_decision
from claims.documents.decisions import DocumentAction
from claims.ledger.entries import load_entry
from claims.ledger.errors import ChangedMeanwhileError
from claims.ledger.undo import undo
from claims.model.decision import Signature
from claims.model.notice import Notice, NoticeKind
from claims.review.transitions import Action
from claims.schema import DocumentRow
from tests.documents.test_notices import ingest
from tests.makers import NOW, proposal, store
from tests.review.conftest import ARTICLE, Room, proposals

URL = "https://wire.example/1"


@pytest.fixture
def claims(room: Room) -> list[uuid.UUID]:
    """Three claims of the article that is withdrawn; another article has one that stays.

    Another's words, so that it is printed no less often when the first is withdrawn.
    """
    other = f"{ARTICLE}The other.\n"
    store(room.database, proposal(other, "The other"), text=other, url="https://pier.example/other")
    return room.store(url=URL)


def decide(room: Room, action: str) -> int:
    """An editor's decision on the article; its number in the ledger."""
    with room.database.writer() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.url == URL)).one()
        signed = Signature(uuid.uuid4(), room.reviewer("Ben"), "0", "its author made it up")
        result = decide_on_document(session, document, DocumentAction(action), signed)
        assert result is not None
        return result.number


def take_back(room: Room, number: int) -> None:
    """Undo a decision."""
    with room.database.writer() as session:
        signed = Signature(uuid.uuid4(), room.reviewer("Ben"), "0")
        undo(session, load_entry(session, number), signed, {"document": save_document_decision})


def hear(room: Room, kind: NoticeKind, hour: int) -> None:
    """A wire's notice about the article."""
    issued = NOW.replace(hour=hour)
    ingest(
        room.database,
        Notice(kind, "ninjs-pubstatus", "killed", "a.json", url=URL, issued_at=issued),
    )


def queue(room: Room) -> list[tuple[object, ...]]:
    """The whole queue, row by row."""
    return room.sql("SELECT to_jsonb(w) FROM claims.waiting AS w ORDER BY w.claim")


def test_they_leave_with_the_article_and_come_back_with_it(
    room: Room, claims: list[uuid.UUID]
) -> None:
    room.act("Ann", claims[2], "later")
    before = queue(room)
    number = decide(room, "withdraw")
    left = room.sql("SELECT claim FROM claims.waiting")
    assert len(left) == 1
    assert left[0][0] not in claims
    ann = room.sitting("Ann")
    assert (ann.counts()[0], room.sitting("Ann", put_aside=True).next_card()) == (1, None)
    take_back(room, number)
    assert queue(room) == before
    decide(room, "withdraw")
    decide(room, "restore")
    assert queue(room) == before


def test_a_wires_kill_takes_them_away_and_its_last_word_brings_them_back(
    room: Room, claims: list[uuid.UUID]
) -> None:
    before = queue(room)
    hear(room, NoticeKind.KILL, 13)
    assert claims[0] not in [claim for (claim,) in room.sql("SELECT claim FROM claims.waiting")]
    # The kill is overruled, and the undo of that lets it hold again.
    number = decide(room, "restore")
    assert queue(room) == before
    take_back(room, number)
    assert len(queue(room)) == 1
    hear(room, NoticeKind.RESTORE, 14)
    assert queue(room) == before


def test_what_was_read_once_or_disputed_goes_on_where_it_was(
    room: Room, claims: list[uuid.UUID]
) -> None:
    room.policy(second_reading="all")
    room.act("Ann", claims[0], "accept")
    for name, action in (("Ann", "accept"), ("Ben", "reject")):
        room.act(name, claims[1], action)
    assert room.standing(claims[1]).status == "disputed"
    before = queue(room)
    take_back(room, decide(room, "withdraw"))
    assert queue(room) == before


def test_decided_and_undone_meanwhile_they_stay_away(room: Room, claims: list[uuid.UUID]) -> None:
    room.act("Ann", claims[0], "accept")
    number = decide(room, "withdraw")
    room.sitting("Ann").undo()
    assert room.standing(claims[0]).status == "proposed"
    room.act("Ann", claims[1], "reject")
    assert len(queue(room)) == 1
    take_back(room, number)
    waiting = {claim for (claim,) in room.sql("SELECT claim FROM claims.waiting")}
    assert waiting & {*claims} == {claims[0], claims[2]}


def test_a_card_in_hand_is_decided_only_after_its_article_was_seen_as_it_is(
    room: Room, claims: list[uuid.UUID]
) -> None:
    ann = room.sitting("Ann")
    card = ann.card(claims[0])
    hear(room, NoticeKind.KILL, 13)
    with pytest.raises(ChangedMeanwhileError, match=r"killed by .* on .*"):
        ann.decide(card, Action.ACCEPT, {})
    fresh = ann.card(claims[0])
    assert (fresh.article_status, fresh.article_note[:30]) == (
        "withdrawn", "withdrawn: the article was kil",
    )  # fmt: skip
    decide(room, "restore")
    with pytest.raises(ChangedMeanwhileError, match="relied on again"):
        ann.decide(fresh, Action.ACCEPT, {})
    ann.decide(ann.card(claims[0]), Action.ACCEPT, {})
    assert room.standing(claims[0]).status == "accepted"


def test_a_published_claim_whose_words_were_edited_is_not_asked_about(
    room: Room, claims: list[uuid.UUID]
) -> None:
    room.act("Ann", claims[0], "accept")
    edited = ARTICLE.replace("bridge is safe", "bridge is closed")
    store(room.database, proposals()[2], text=edited, url=URL, publisher_time=NOW.replace(hour=20))
    assert is_returned_to(room, claims[0])
    number = decide(room, "withdraw")
    assert not is_returned_to(room, claims[0])
    take_back(room, number)
    assert is_returned_to(room, claims[0])


def is_returned_to(room: Room, claim: uuid.UUID) -> bool:
    """Whether the claim is the first card."""
    card = room.sitting("Ann").next_card()
    return card is not None and card.claim == claim
