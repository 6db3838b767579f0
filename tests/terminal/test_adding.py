"""What the machine missed is added at the queue, and decided like any card."""

import uuid

import pytest

from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from tests.review.conftest import Room
from tests.terminal.conftest import Sit

Claims = list[uuid.UUID]
ADDED = """SELECT c.text, c.status, c.rule, s.name FROM claims.claim AS c
             LEFT JOIN claims.source AS s ON s.id = c.speaker WHERE c.rule = 'editor'"""
SENTENCE = "She denied that money was lost and that workers were hurt."


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store()


@pytest.mark.usefixtures("claims")
def test_the_next_sentence_is_added_and_accepted(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("A enter")
    assert ann.words == SENTENCE
    assert "nobody knows" not in ann.state.message.text
    ann.press("S 1")
    assert room.sql(ADDED) == [(SENTENCE, "accepted", "editor", "Ada Quill")]
    ledger = room.sql("SELECT action FROM claims.decision ORDER BY no")
    assert ledger == [("add",), ("accept",)]
    ann.press("u u")
    assert room.sql("SELECT status FROM claims.claim WHERE rule = 'editor'") == [("replaced",)]
    ann.press("U")
    assert ann.words == SENTENCE


@pytest.mark.usefixtures("claims")
def test_words_are_typed_and_refused_ones_stay(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("A")
    ann.type("nobody was told")
    assert ann.state.message.is_error
    assert ann.state.field is not None
    assert ann.state.field.text == "nobody was told"
    ann.press("ctrl+u")
    ann.type("nobody would be told of it")
    assert ann.words == "nobody would be told of it"
    assert [row[1] for row in room.sql(ADDED)] == ["proposed"]


@pytest.mark.usefixtures("claims")
def test_sentences_end_with_the_article_and_leaving_adds_nothing(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("A up up")
    assert ann.state.message.text == "it begins there"
    ann.press("down down down")
    assert ann.state.message.text == "the article ends there"
    assert ann.press("esc").mode.value == "card"
    assert room.sql("SELECT count(*) FROM claims.decision") == [(0,)]


@pytest.mark.usefixtures("claims")
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
def test_the_words_are_seen_at_each_size(sit: Sit, size: tuple[int, int]) -> None:
    ann = sit()
    ann.press("A")
    lines = draw_screen(ann.state, ann.controller.keymap, *size)
    shown = " ".join(" ".join(words_in(line) for line in lines).split())
    assert f"[[{SENTENCE}]]" in shown
    assert "enter add it" in shown
