"""Links that two people read: blind, agreed or disputed, settled by a third, undone."""

import json
import uuid
from dataclasses import replace

import pytest

from claims.catalogue.card import Filters
from claims.ledger.append import sign_in
from claims.ledger.consistency import find_differences
from claims.ledger.errors import ChangedMeanwhileError, UndoRefusedError
from claims.model.decision import Signature
from claims.model.kinds import LinkKind
from claims.review.agreement import load_readings
from claims.review.decide import DecisionResult
from claims.review.errors import LinkForTwoError, NotForYouError
from claims.review.link_decisions import settle_link
from claims.review.link_session import DISPUTED, SEALED, LinkSession
from claims.review.links import load_link
from claims.review.policy import Policy
from claims.review.second_review import save_policy
from claims.review.session import ReviewSession
from claims.review.transitions import Action
from tests.in_process import connected, run
from tests.utterances.conftest import SAFE, Press
from tests.utterances.test_questions import FOURTEEN, TWELVE, questions

Pair = tuple[uuid.UUID, uuid.UUID]


def signature(press: Press, name: str) -> Signature:
    with press.database.writer() as session:
        return Signature(uuid.uuid4(), sign_in(session, name, uuid.uuid4()), "0", None)


def sitting(press: Press, name: str) -> LinkSession:
    """A reviewer at the queue of links."""
    return LinkSession(press.database, lambda: signature(press, name))


def read(press: Press, name: str, pair: Pair, kind: str | None) -> DecisionResult:
    """What a reviewer says of a link."""
    with press.database.reader() as session:
        card = load_link(session, *pair)
    signed = signature(press, name)
    with press.database.writer() as session:
        return settle_link(session, card, LinkKind(kind) if kind else None, signed)


def policy(press: Press, share: float) -> None:
    with press.database.writer() as session:
        chief = Signature(uuid.uuid4(), sign_in(session, "Chief", uuid.uuid4()), "0")
        save_policy(session, Policy(link_share=share), chief)


def print_pair(press: Press) -> Pair:
    """A later report of Ada Quill's words, and the first; two people read each link."""
    policy(press, 1)
    first = press.print_quote(SAFE, place="First")
    later = press.print_quote(f"{SAFE} FIRST", day=1, place="Later")
    press.compare()
    return later, first


@pytest.fixture
def pair(press: Press) -> Pair:
    """A later report and the first, whose link two people read."""
    return print_pair(press)


VISIBLE = (
    "SELECT * FROM claims_v1.links", "SELECT * FROM claims_v1.decisions",
    "SELECT * FROM claims_v1.changes", "SELECT * FROM claims_v1.corroboration",
    "SELECT * FROM claims_v1.who_said_what",
)  # fmt: skip


def shown(press: Press, pair: Pair) -> list[object]:
    """All that views and commands show of a link."""
    a, b = map(str, pair)
    commands = (
        ("links", "list", "--all", "--format", "json"), ("links", "show", a, b),
        ("links", "list", "--disputed"), ("ledger", "show"), ("show", a), ("show", b),
        ("review", "agreement"), ("about", "bridge", "--contradictions"),
    )  # fmt: skip
    with connected(press.database):
        printed = [(run(*command).out, run(*command).err) for command in commands]
    return [*printed, *(press.sql(query) for query in VISIBLE)]


def test_the_first_reading_changes_nothing_that_anybody_sees(press: Press, pair: Pair) -> None:
    ben = sitting(press, "Ben")
    before, card = shown(press, pair), ben.next()
    assert card is not None
    assert card.two_readers
    ann = sitting(press, "Ann")
    ann.next()
    assert ann.settle(LinkKind.SAME_WORDS) == SEALED
    assert ann.next() is None, "nobody reads a link twice"
    assert shown(press, pair) == before
    assert sitting(press, "Ben").next() == card
    assert press.sql("SELECT FROM claims.decision") == []


def test_two_who_agree_make_one_decision_with_both_readings(press: Press, pair: Pair) -> None:
    assert read(press, "Ann", pair, "same_words").number == 0
    done = read(press, "Ben", pair, "same_words")
    assert done.number == 1
    assert done.decision is not None
    readings = done.decision.after["readings"]
    assert isinstance(readings, list)
    assert [one["reviewer"] for one in readings] == [
        str(signature(press, name).reviewer) for name in ("Ann", "Ben")
    ]
    assert press.links() == [(*pair, "same_words", "settled")]
    press.compare()
    assert sitting(press, "Cleo").next() is None
    with press.database.reader() as session:
        assert list(find_differences(session)) == []


def test_two_who_differ_leave_it_to_a_third(press: Press, pair: Pair) -> None:
    read(press, "Ann", pair, "same_words")
    ben = sitting(press, "Ben")
    ben.next()
    assert ben.settle(LinkKind.NARROWS) == f"{DISPUTED}, ledger 1"
    # Nothing is settled, so that nothing is published and nothing is folded otherwise.
    assert press.links() == [(*pair, "same_words", "proposed")]
    for name in ("Ann", "Ben"):
        assert sitting(press, name).next() is None
        with pytest.raises(NotForYouError):
            read(press, name, pair, "same_words")
    cleo = sitting(press, "Cleo")
    card = cleo.next()
    assert card is not None
    assert card.status == "disputed"
    assert [one.after["kind"] for one in card.disputed] == ["same_words", "narrows"]
    assert "Ann" not in str(card)
    assert str(signature(press, "Ann").reviewer) not in str(card)
    assert cleo.settle(None) == "not linked, ledger 2"
    assert press.links() == []
    assert press.sql("SELECT FROM claims.link_disputed") == []
    assert press.sql("SELECT action FROM claims.decision ORDER BY no") == [
        ("dispute",),
        ("settle",),
    ]
    assert cleo.undo() == "ledger 2 undone, ledger 3"
    assert cleo.next() == replace(card, a=replace(card.a, revision=3))
    with press.database.reader() as session:
        assert list(find_differences(session)) == []


def test_an_agreement_that_is_undone_is_read_again_by_both(press: Press, pair: Pair) -> None:
    read(press, "Ann", pair, None)
    ben = sitting(press, "Ben")
    ben.next()
    assert ben.settle(None) == "not linked, ledger 1"
    assert ben.undo() == "ledger 1 undone, ledger 2"
    press.compare()
    assert ben.next() is not None
    assert read(press, "Ben", pair, "same_words").number == 0
    assert read(press, "Ann", pair, "same_words").number == 3


def test_a_reader_may_think_again_and_take_a_reading_back(press: Press, pair: Pair) -> None:
    read(press, "Ann", pair, "narrows")
    ann = sitting(press, "Ann")
    assert ann.next() is None
    again = ReviewSession(
        press.database, signature(press, "Ann").reviewer, "Ann", "0", uuid.uuid4, Filters()
    )
    assert "sealed reading of a link" in again.undo().summary
    with pytest.raises(UndoRefusedError):
        again.undo()
    ann.next()
    assert ann.settle(None) == SEALED
    assert ann.undo() == "your sealed reading is undone"
    assert ann.next() is not None
    assert ann.settle(LinkKind.SAME_WORDS) == SEALED
    assert read(press, "Ben", pair, "same_words").number == 1
    assert ann.undo().startswith("another person has read it since")
    assert press.links() == [(*pair, "same_words", "settled")]


def test_the_same_signature_again_does_nothing_more(press: Press, pair: Pair) -> None:
    with press.database.reader() as session:
        card = load_link(session, *pair)
    signed = [signature(press, name) for name in ("Ann", "Ann", "Ben", "Ben")]
    numbers = []
    for one in (signed[0], signed[0], signed[2], signed[2], signed[0]):
        with press.database.writer() as session:
            numbers.append(settle_link(session, card, LinkKind.SAME_WORDS, one).number)
    assert numbers == [0, 0, 1, 1, 1]


def test_a_reading_of_other_words_counts_no_more(press: Press, pair: Pair) -> None:
    read(press, "Ann", pair, "same_words")
    press.decide(pair[1], Action.EDIT, {"said_on": ["2026-01-01", "2026-01-01"]})
    assert read(press, "Ben", pair, "narrows").number == 0
    assert read(press, "Ann", pair, "narrows").decision is not None


def test_who_decided_on_the_claim_since_is_told(press: Press, pair: Pair) -> None:
    with press.database.reader() as session:
        card = load_link(session, *pair)
    press.decide(pair[0], Action.ACCEPT)
    with press.database.writer() as session, pytest.raises(ChangedMeanwhileError, match="Mira"):
        settle_link(session, card, None, signature(press, "Ann"))


def test_one_person_goes_no_other_way(press: Press, pair: Pair) -> None:
    link = {"links": [{"b": str(pair[1]), "kind": "same_words"}]}
    with pytest.raises(LinkForTwoError, match="read by two"):
        press.decide(pair[0], Action.ACCEPT, link)
    read(press, "Ann", pair, "narrows")
    read(press, "Ben", pair, None)
    with pytest.raises(LinkForTwoError, match="disputed"):
        press.decide(pair[0], Action.EDIT, link)
    assert read(press, "Cleo", pair, "same_words").number == 2
    # What is settled is corrected by one person, as claims are.
    press.decide(pair[0], Action.EDIT, {"links": []})
    assert press.links() == [(*pair, "same_words", "proposed")]


def test_a_question_is_read_by_two_as_well(press: Press) -> None:
    policy(press, 1)
    earlier = press.print_quote(TWELVE, place="First")
    later = press.print_quote(FOURTEEN, day=4, place="Later")
    press.compare()
    ann, ben = sitting(press, "Ann"), sitting(press, "Ben")
    for one in (ann, ben):
        card = one.next()
        assert card is not None
        assert card.status == "question"
    assert ann.settle(LinkKind.CONTRADICTS) == SEALED
    reopened = sitting(press, "Ann").next()
    assert reopened is None or reopened.status != "question"
    assert len(questions(press)) == 1
    assert ben.settle(None).startswith(DISPUTED)
    assert questions(press) == []
    cleo = sitting(press, "Cleo")
    card = cleo.next()
    assert card is not None
    assert "12 people" in str(card.question)
    assert cleo.settle(LinkKind.CONTRADICTS) == "contradicts, ledger 2"
    assert press.sql("SELECT a, b, kind FROM claims.claim_link") == [
        (later, earlier, "contradicts")
    ]
    with press.database.reader() as session:
        assert list(find_differences(session)) == []


def test_agreement_counts_links(press: Press, pair: Pair) -> None:
    third = press.print_quote(f"{SAFE}, FIRST", day=2, place="Third")
    press.compare()
    read(press, "Ann", pair, "same_words")
    read(press, "Ben", pair, "same_words")
    read(press, "Ann", (third, pair[1]), "same_words")
    read(press, "Ben", (third, pair[1]), None)
    with press.database.reader() as session:
        counted = {one.values: (one.field, one.form, one.count) for one in load_readings(session)}
    assert counted == {
        ("same_words", "same_words"): ("link", None, 1),
        ("same_words", "different"): ("link", None, 1),
    }
    with connected(press.database):
        [row] = json.loads(run("review", "agreement", "--by-form", "--format", "json").out)
    assert (row["field"], row["pairs"], row["same"]) == ("link", 2, 0.5)


def test_a_share_is_drawn_by_both_ids(press: Press) -> None:
    pairs = [(uuid.uuid4(), uuid.uuid4()) for _ in range(2000)]
    tenth, half = (Policy(link_share=share) for share in (0.1, 0.5))
    drawn = [pair for pair in pairs if tenth.link_needs_two(*pair)]
    assert 120 < len(drawn) < 280
    assert all(half.link_needs_two(b, a) for a, b in drawn)
    assert not any(Policy().link_needs_two(*pair) for pair in pairs)
    with connected(press.database):
        assert (
            "two read 25% of the links"
            in run("review", "policy", "--links", "0.25", "--as", "Chief").out
        )
        assert run("review", "policy").out.endswith("two read 25% of the links\n")


def test_two_readers_and_an_adjudicator_by_commands_alone(press: Press) -> None:
    first = press.print_quote(SAFE, place="First")
    later = press.print_quote(f"{SAFE} FIRST", day=1, place="Later")
    press.compare()
    a, b = str(later), str(first)
    with connected(press.database):
        run("review", "policy", "--links", "1", "--as", "Chief")
        assert SEALED in run("links", "confirm", a, b, "--as", "Ann").out
        assert "two people have to read it" in run("links", "show", a, b).out
        refused = run("links", "refuse", a, b, "--as", "Ben", "--reason", "another bridge")
        assert f"{DISPUTED}, ledger 1, by Ben" in refused.out
        [row] = json.loads(run("links", "list", "--disputed", "--format", "json").out)
        assert row["disputed"] == [
            {"kind": "same_words", "reason": None}, {"kind": None, "reason": "another bridge"},
        ]  # fmt: skip
        assert (
            "two readers differ: same words / different (another bridge)"
            in run("links", "show", a, b).out
        )
        ended = run("links", "confirm", a, b, "--as", "Ben")
        assert (ended.code, "not-for-you" in ended.err) == (2, True)
        assert "same words, ledger 2, by Cleo" in run("links", "confirm", a, b, "--as", "Cleo").out
        assert run("links", "list", "--disputed").err.startswith("No dispute")
        assert run("ledger", "verify").code == 0
    assert press.links() == [(later, first, "same_words", "settled")]
