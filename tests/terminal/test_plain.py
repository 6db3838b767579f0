"""Every act as a line: the same letters, with what belongs to them typed after."""

import uuid

import pytest
from sqlalchemy import select

from claims.documents.decide import decide_on_document
from claims.documents.decisions import DocumentAction
from claims.model.decision import Signature
from claims.schema import DocumentRow
from claims.terminal.controller import ReviewController
from claims.terminal.keys.keymap import DEFAULT_KEYMAP
from claims.terminal.plain import run_plain
from tests.review.conftest import CONTENTS, Room

Claims = list[uuid.UUID]


def talk(room: Room, *typed: str, debounced: bool = False) -> list[str]:
    """What is output while lines are read, prompts among it."""
    output: list[str] = []
    lines = iter(typed)

    def read(asked: str) -> str | None:
        output.append(asked)
        return next(lines, None)

    assert (
        run_plain(
            ReviewController(room.sitting("Ann"), DEFAULT_KEYMAP),
            read,
            output.append,
            debounced=debounced,
        )
        == 0
    )
    return output


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store()


def ledger(room: Room) -> list[tuple[object, ...]]:
    return room.sql("SELECT action, reason FROM claims.decision ORDER BY no")


def test_a_card_is_read_out_one_labelled_line_a_field(room: Room, claims: Claims) -> None:
    lines = talk(room)
    assert lines[0] == f"claim: {str(claims[0])[:8]}, proposed, quote"
    labels = [line.partition(":")[0] for line in lines[:-1]]
    assert labels == ["claim", "place", "article", "outlet", "context", "text", "speaker", "chain",
                      "why now", "check"]  # fmt: skip
    assert lines[4].startswith('context: 1 Mayor {S Ada Quill} <said> [["the bridge is safe"]]')
    assert lines[-1] == "decision [a/x/space/?]: "


def test_acts_with_what_belongs_to_them(room: Room, claims: Claims) -> None:
    lines = talk(room, "n ask the mayor", "s harb", "1", "W The bridge holds", "a", "X 7 a joke",
                "left 2", "context", "undo", "U", "z", "q")  # fmt: skip
    assert ledger(room) == [
        ("note", "ask the mayor"), ("accept", None), ("reject", "other: a joke"), ("undo", None),
        ("redo", None), ("flag", None),
    ]  # fmt: skip
    assert "speaker: 1 Ada Quill | > 2 Harbour Agency | 0 nobody known" in lines
    assert "means: The bridge holds" in lines
    assert next(line for line in lines if line.startswith("saved")).endswith("noted, ledger 1")
    assert room.sql("SELECT statement FROM claims.claim WHERE id = :c", c=claims[0]) == [
        ("The bridge holds",)
    ]


def test_the_chain_in_one_line(room: Room, claims: Claims) -> None:
    lines = talk(room, "h 1 d", "h 0 c on Monday", "h", "1", "enter", "a")
    assert any(line.startswith("refused:") and "no hop 1" in line for line in lines)
    rows = room.sql("SELECT cue FROM claims.attribution WHERE claim = :c", c=claims[0])
    assert rows == [("on Monday",)]


def test_splitting_merging_and_marks(room: Room, claims: Claims) -> None:
    talk(room, "j", "p 4", "enter", "g 2", "m n", "M", "j", "M", "x", "Y", "u", "q")
    actions = [str(action) for action, _ in ledger(room)]
    assert actions == ["split"] * 3 + ["merge"] * 3 + ["reject"] * 2 + ["undo"] * 2
    assert claims


@pytest.mark.usefixtures("claims")
def test_what_is_no_act_does_nothing(room: Room) -> None:
    lines = talk(room, "hello", "", "axu", "7", "Y", "/ ferry", "/ form:verse", "s", "esc", "n", "")
    assert ledger(room) == []
    assert any("hello does nothing here" in line for line in lines)
    assert f"text: {CONTENTS[2]}" in lines


def test_a_name_typed_where_a_source_is_asked_for_is_searched(room: Room, claims: Claims) -> None:
    lines = talk(room, "s", "harb", "1", "s", "harbour agency", "1", "a")
    assert "speaker: 1 Ada Quill | > 2 Harbour Agency | 0 nobody known" in lines
    assert ledger(room) == [("accept", None)]
    assert claims


@pytest.mark.usefixtures("claims")
def test_lists_that_are_asked_for(room: Room) -> None:
    lines = talk(room, "?", "v", "X", "esc", "b", "t mixed", "esc", "y", "o")
    assert any("undo your last decision" in line for line in lines)
    assert any(line.startswith("3 Bob Stone said the ferry") for line in lines)
    assert "1 not said" in " ".join(" ".join(lines).split())
    assert "refused: the article's address is not known" in lines
    assert ledger(room) == []


@pytest.mark.usefixtures("claims")
def test_a_person_who_pastes_lines_decides_once_at_most(room: Room) -> None:
    talk(room, *["a"] * 30, debounced=True)
    assert len(ledger(room)) <= 1


@pytest.mark.usefixtures("claims")
def test_the_card_of_a_corrected_article_says_so_and_why(room: Room) -> None:
    with room.database.writer() as session:
        document = session.scalars(select(DocumentRow.id)).one()
        signed = Signature(uuid.uuid4(), room.reviewer("Ben"), "0", "the day was wrong")
        decide_on_document(session, document, DocumentAction.CORRECT, signed)
    lines = talk(room, "q")
    [line] = [line for line in lines if line.startswith("article: ")]
    assert line.endswith(" (corrected)")
    [why] = [line for line in lines if line.startswith("why now: ")]
    assert why.startswith("why now: its article: corrected by Ben on ")
    assert "the day was wrong" in why
