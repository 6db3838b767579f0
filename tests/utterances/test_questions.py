"""Questions reach the queue of links with the words that clash, and only people answer them."""

import json
import uuid

import pytest

from claims.ledger.consistency import find_differences
from claims.review.link_questions import Cursor, find_question, load_questions
from claims.review.transitions import Action
from tests.in_process import connected, run
from tests.utterances.conftest import SAFE, Press
from tests.utterances.test_links import work

TWELVE = "the fire in the old mill by the river killed 12 people"
FOURTEEN = TWELVE.replace("12", "14")
REASON = "do these clash?  same speaker, changed over time: “12 people” ↔ “14 people”"


@pytest.fixture
def clash(press: Press) -> tuple[uuid.UUID, uuid.UUID]:
    """Ada Quill's later words, and the earlier ones with another number; and a plain proposal."""
    earlier = press.print_quote(TWELVE, place="First")
    later = press.print_quote(FOURTEEN, day=4, place="Later")
    press.compare()
    return later, earlier


def settled(press: Press) -> list[tuple[object, ...]]:
    return press.sql("SELECT a, b, kind FROM claims.claim_link WHERE linked_by IS NOT NULL")


def questions(press: Press) -> list[str]:
    with press.database.reader() as session:
        return [card.reasons or "" for card in load_questions(session, limit=10)]


def test_a_question_shows_the_words_that_clash_and_one_key_answers_it(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID]
) -> None:
    later, earlier = clash
    # The machine itself says nothing of the kind.
    assert press.sql("SELECT FROM claims_v1.links WHERE kind NOT LIKE 'same%'") == []
    lines = work(press, "a3")
    assert REASON in lines
    assert any(line.startswith("3 contradicts  4 narrows  5 corrected later") for line in lines)
    assert any(line.startswith("a question proposes nothing") for line in lines)
    assert "saved: contradicts, ledger 1" in lines
    assert settled(press) == [(later, earlier, "contradicts")]
    assert questions(press) == []
    press.undo()
    press.compare()
    assert settled(press) == []
    assert len(questions(press)) == 1


@pytest.mark.parametrize(("key", "kind"), [("4", "narrows"), ("5", "retracts")])
def test_other_answers(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID], key: str, kind: str
) -> None:
    assert f"saved: {kind}, ledger 1" in work(press, key)
    assert settled(press) == [(*clash, kind)]
    assert questions(press) == []


def test_different_things_are_not_asked_again_and_undo_brings_the_question_back(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID]
) -> None:
    lines = work(press, "xux")
    assert lines.count(REASON) == 2
    assert "saved: not linked, ledger 1" in lines
    assert "ledger 1 undone, ledger 2" in lines
    assert settled(press) == []
    assert press.sql("SELECT a, b, kind FROM claims.link_refused") == [(*clash, "contradicts")]
    assert questions(press) == []
    with press.database.reader() as session:
        assert list(find_differences(session)) == []


@pytest.mark.parametrize("key", ["x", "3"])
def test_an_answer_holds_for_all_reports_of_the_words(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID], key: str
) -> None:
    press.print_quote(TWELVE, day=1, place="Second")
    press.print_quote(FOURTEEN, day=5, place="Last")
    press.compare()
    lines = work(press, f"{key}   ")
    assert lines.count(REASON) == 1
    assert questions(press) == []
    with connected(press.database):
        listed = run("about", "mill", "--contradictions", "--format", "json")
        pairs = json.loads(listed.out)
        assert [pair["settled"] for pair in pairs] == ([] if key == "x" else [True])
        assert run("links", "list", "--questions", "--format", "json").out.strip() == "[]"
        press.undo()
        press.compare()
        [pair] = json.loads(run("about", "mill", "--contradictions", "--format", "json").out)
        assert "12 people" in json.dumps(pair, ensure_ascii=False)
        assert not pair["settled"]
    assert len(questions(press)) == 1
    assert {str(one) for one in clash} == {pair["claim"], pair["other_claim"]}


def test_what_waits_behind_a_question_is_shown_too(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID]
) -> None:
    press.print_quote(SAFE, place="First")
    press.print_quote(SAFE, day=1, place="Other")
    press.compare()
    lines = work(press, "  ")
    assert REASON in lines
    assert any(line.startswith("same words?") for line in lines)
    assert len(clash) == len(set(clash))


def test_equal_words_and_other_speakers_and_rejected_claims_raise_no_question(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID]
) -> None:
    press.print_quote(TWELVE.replace("12", "19"), by="Ben Strand", place="Third")
    press.print_quote(TWELVE, day=1, place="Fourth")
    press.compare()
    assert len(questions(press)) == 1
    press.decide(clash[0], Action.REJECT)
    press.compare()
    assert questions(press) == []


def test_pages_of_pairs_end(press: Press, clash: tuple[uuid.UUID, uuid.UUID]) -> None:
    with press.database.reader() as session:
        reached = find_question(session, Cursor())
        assert reached.card is not None
        assert (reached.card.a.id, reached.card.b.id) == clash
        rest = find_question(session, reached.cursor)
        assert (rest.card, rest.ended) == (None, True)


def test_commands_list_show_and_answer_questions(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID]
) -> None:
    later, earlier = map(str, clash)
    with connected(press.database):
        [row] = json.loads(run("links", "list", "--questions", "--format", "json").out)
        assert (row["claim_a"], row["claim_b"], row["kind"]) == (later, earlier, None)
        assert (row["status"], row["score"]) == ("question", None)
        shown = run("links", "show", later, earlier).out
        # They are proposed as the same content too: the card says both.
        assert "same content? " in shown
        assert "words clash: same speaker, changed over time: “12 people” ↔ “14 people”" in shown
        assert run("links", "list", "--questions", "--all").code == 2
        assert run("links", "confirm", later, earlier, "--kind", "contradicts").code == 0
        assert "No question" in run("links", "list", "--questions").err


def test_a_question_without_a_proposal_is_answered_with_a_kind(
    press: Press, clash: tuple[uuid.UUID, uuid.UUID]
) -> None:
    last = press.print_quote(TWELVE.replace("12", "15"), day=5, place="Last")
    press.compare()
    pair = (str(last), str(clash[0]))
    # Each number is asked about beside the first one; these two are compared by whoever wants to.
    assert len(questions(press)) == 2
    with connected(press.database):
        shown = run("links", "show", *pair).out
        assert "do these clash?  same speaker, same day: “14 people” ↔ “15 people”" in shown
        assert f"claims links confirm {pair[0][:8]} {pair[1][:8]} --kind KIND" in shown
        ended = run("links", "confirm", *pair)
        assert (ended.code, settled(press)) == (2, [])
        assert "answer it with --kind" in ended.err
        assert run("links", "refuse", *pair).code == 0
    refused = press.sql("SELECT a, b, kind FROM claims.link_refused")
    assert refused == [(last, clash[0], "contradicts")]
