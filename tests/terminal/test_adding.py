"""What the machine missed is added at the queue, and decided like any card."""

import uuid

import pytest

from claims.model.span import Span, words_at
from claims.terminal.reported_part import reported_parts
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from tests.makers import proposal, store
from tests.review.conftest import ARTICLE, Room
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
def test_a_part_of_a_sentence_is_marked_and_accepted_with_its_speaker(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("A { {")
    assert words_at(ARTICLE, ann.state.sentence) == "She denied"
    ann.press("{")
    assert ann.state.message.text == "no word would be left, or the article ends there"
    ann.press("right right shift+right shift+left")
    assert words_at(ARTICLE, ann.state.sentence) == "She denied that money"
    ann.press("9")
    assert ann.state.message.text == "no candidate has the number 9"
    assert ann.state.mode.value == "add"
    ann.press("1")
    assert [row[:2] for row in room.sql(ADDED)] == [("She denied that money", "accepted")]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("The bridge was safe, the mayor said on Monday.", ["The bridge was safe"]),
        ("The mayor said on Monday that the bridge was safe.", ["the bridge was safe"]),
        ("“The bridge is safe,” said Ada Quill.", ["“The bridge is safe,”"]),
        ("According to the mayor, the bridge was safe.", ["the bridge was safe"]),
        (
            "Ada Quill said the ferry was late, and Ben Strand said the bridge was safe.",
            [
                "the ferry was late, and Ben Strand said the bridge was safe",
                "the ferry was late",
                "the bridge was safe",
                "Ada Quill said the ferry was late",
            ],
        ),
        ("The bridge was closed at noon.", []),
    ],
)
def test_the_parts_of_a_sentence_that_may_be_reported(sentence: str, parts: list[str]) -> None:
    article = f"Earlier.\n{sentence}\nLater."
    found = reported_parts(article, Span(9, 9 + len(sentence)))
    assert [article[part.start : part.end] for part in found] == [*parts, sentence]


LONG = (
    "Mayor Ada Quill said the bridge was safe.\n"
    "It rained. The Harbour Agency reported that the ferry was late.\n"
    "Nobody came. The wind blew. Bob Stone said that the port would close.\n"
)


def test_a_key_goes_on_to_what_was_missed_and_another_by_paragraphs(room: Room, sit: Sit) -> None:
    store(room.database, proposal(LONG, "the bridge was safe"), text=LONG)
    ann = sit()

    def marked() -> str:
        return words_at(LONG, ann.state.sentence)

    ann.press("A")
    assert marked() == "the ferry was late"
    ann.press("space")
    assert marked() == "the port would close"
    ann.press("space")
    assert marked() == "the ferry was late"
    ann.press("pagedown")
    assert marked() == "Nobody came."
    ann.press("space 1 A space")
    assert ann.state.message.text == "in no other sentence somebody reports and no claim stands"
    ann.press("pageup")
    assert marked() == "It rained."
    ann.press("pageup pageup")
    assert ann.state.message.text == "it begins there"
    assert [row[:2] for row in room.sql(ADDED)] == [("the port would close", "accepted")]


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
