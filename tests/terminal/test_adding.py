"""What the machine missed is added at the queue, and decided like any card."""

import re
import uuid

import pytest

from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.model.span import Span, words_at
from claims.terminal.adding import without_article
from claims.terminal.choosing import make_source
from claims.terminal.hints import LETTERS, lettered_parts
from claims.terminal.likely_report import likely_report
from claims.terminal.reported_part import reported_parts
from claims.terminal.screen.layout import draw_screen
from claims.terminal.screen.segments import words_in
from tests.makers import proposal, spans_of, store
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
        (
            "According to the Harbour Agency, Mayor Ada Quill, the bridge was safe.",
            ["the bridge was safe"],
        ),
        ("According to Quill the bridge was safe.", ["the bridge was safe"]),
        ('"The bridge is safe for all of you."', []),
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


def test_a_letter_marks_the_words_that_it_stands_at(room: Room, sit: Sit) -> None:
    store(room.database, proposal(LONG, "the bridge was safe"), text=LONG)
    ann = sit()
    ann.press("A")
    screen = draw_screen(ann.state, ann.controller.keymap, 100, 30)
    shown = " ".join(" ".join(words_in(line) for line in screen).split())
    [letter] = re.findall(r"\{(\w)\}the port would close", shown)
    ann.press(letter)
    assert words_at(LONG, ann.state.sentence) == "the port would close"
    ann.press("Z")
    assert ann.state.message.text == "Z stands nowhere in the article"
    ann.press("1")
    assert [row[:2] for row in room.sql(ADDED)] == [("the port would close", "accepted")]
    assert "{" not in "".join(words_in(line) for line in
                              draw_screen(ann.state, ann.controller.keymap, 100, 30)
                              if "port would" in words_in(line))  # fmt: skip


def test_the_same_letter_goes_on_to_another_end() -> None:
    article = "Ada Quill said the ferry was late, and Ben Strand said the bridge was safe.\n"
    sentence = Span(0, len(article) - 1)
    parts = lettered_parts(article, (), sentence)
    ends = [words_at(article, (part,)) for part in parts["b"]]
    assert ends == [
        "the ferry was late, and Ben Strand said the bridge was safe",
        "the ferry was late",
    ]
    claimed = {(parts["b"][0],)}
    assert lettered_parts(article, claimed, sentence)["b"] == parts["b"][1:]


def test_in_a_long_article_the_words_around_the_marked_ones_have_letters() -> None:
    article = "".join(f"Ada Quill said the ferry {n} would be late.\n" for n in range(200))
    at = article.index("the ferry 150 ")
    parts = lettered_parts(article, (), Span(at, at + 10))
    assert list(parts) == list(LETTERS)
    assert any(one[0].start == at for one in parts.values())


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("According to the Envoy to the United States Quill, ", "Envoy to the United States Quill"),
        ("Quill proceeded to say that ", "Quill"),
        ("In the end all they get is a message saying that ", "a message"),
        ("According to a posting made on Friday, ", "a posting made on Friday"),
    ],
)  # fmt: skip
def test_who_is_named_is_not_what_they_did(before: str, speaker: str) -> None:
    article = f"{before}the bridge was safe.\n"
    sentence, marked = Span(0, len(article) - 1), Span(len(before), len(article) - 2)
    mention = words_at(article, likely_report(article, sentence, marked).mention)
    assert without_article(mention) == without_article(speaker)


def test_whom_the_words_beside_name_has_a_number(room: Room, sit: Sit) -> None:
    article = LONG + "Bob Strand saw it, the harbour was empty.\n"
    store(room.database, proposal(article, "the bridge was safe"), text=article)
    make_source(room.sitting("Ann"), SourceKind.PERSON, "Bob Strand")
    ann = sit()
    ann.press("A")
    assert "Bob Strand" not in [one.name for one in ann.state.search_results]
    ann.press(" ".join(["down"] * LONG.count("\n") * 2))
    number = [one.name for one in ann.state.search_results].index("Bob Strand") + 1
    ann.press(str(number))
    assert [row[3] for row in room.sql(ADDED)] == ["Bob Strand"]


def test_a_key_adds_and_asks_who_said_it(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("A s")
    ann.type("harb")
    ann.press("1")
    assert room.sql(ADDED) == [(SENTENCE, "accepted", "editor", "Harbour Agency")]
    assert claims


@pytest.mark.usefixtures("claims")
def test_words_are_typed_and_refused_ones_stay(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("A w")
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
    shown = " ".join(" ".join(words_in(line).removeprefix(">>") for line in lines).split())
    assert f"[[{SENTENCE}]]" in shown
    assert "1 Ada Quill | 2 Harbour Agency" in shown
    assert "enter add it" in shown


def test_a_quotation_is_marked_to_its_end_over_sentences_and_paragraphs() -> None:
    article = (
        'Ada Quill said: "The bridge is safe. It was closed.\n\nNobody was hurt." It rained.\n'
    )
    sentence = Span(0, article.index(" It was"))
    first, *_ = reported_parts(article, sentence)
    assert article[first.start : first.end] == article[16:-12]
    never = article.replace('hurt."', "hurt.")
    first, *_ = reported_parts(never, sentence)
    assert never[first.start : first.end] == '"The bridge is safe'


def test_many_words_with_capitals_after_according_to_take_no_time() -> None:
    article = "According to " + "Ada Quill " * 2_000 + "the bridge was safe.\n"
    assert reported_parts(article, Span(0, len(article) - 1))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mayor Ada Quill denied that [money was lost].", ("Mayor Ada Quill", "denied", "denies")),
        ("Quill, in Rome, also said [money was lost].", ("Quill", "said", "says")),
        ("[“Money was lost,”] said Mayor Quill.", ("Mayor Quill", "said", "says")),
        ("[“Money was lost,”] she said on Monday.", ("she", "said", "says")),
        ("[Money was lost], according to Quill.", ("Quill", "according to", "says")),
        ("According to the mayor, [money was lost].", ("the mayor", "According to", "says")),
        ("It rained, but Ben Strand said [money was lost].", ("Ben Strand", "said", "says")),
        ("[“Money was lost.”]", ("", "", "says")),
        ("[Money was lost] at noon.", ("", "", "says")),
        ("Quill did not deny that [money was lost].", ("", "", "says")),
        ("Quill has never publicly said that [money was lost].", ("", "", "says")),
        ("Deputy mayor Ada Quill refused to say that [money was lost].", ("", "", "says")),
        ("No official said that [money was lost].", ("", "", "says")),
        ("Quill doubted that [the wall would last], and expects divers to report on it.",
         ("", "", "says")),
        ("“The wall is sound,” said [a spokesman for the port].", ("", "said", "says")),
        ("Deputy mayor Ada Quill, who resigned, said [money was lost].",
         ("Deputy mayor Ada Quill", "said", "says")),
        ("Mayor of Elder Ada Quill defended the ferry and said [money was lost].",
         ("Mayor of Elder Ada Quill", "said", "says")),
    ],
)  # fmt: skip
def test_who_is_likely_to_say_marked_words(sentence: str, expected: tuple[str, str, str]) -> None:
    before, marked, after = re.split(r"[\[\]]", sentence)
    article = f"Earlier.\n{before}{marked}{after}\nLater."
    start = 9 + len(before)
    likely = likely_report(article, Span(9, len(article) - 7), Span(start, start + len(marked)))
    found = (words_at(article, likely.mention), words_at(article, likely.cue), likely.mode.value)
    assert found == expected


NAMING = (
    "Mayor Ada Quill said the bridge was safe.\n"
    "Quill denied that money was lost.\n"
    "Carl Strand said that the port would close.\n"
    "Bob Quill said that nobody was told.\n"
    "Late it was reported by the Harbour Agency.\n"
)
CHAINS = """SELECT c.text, c.status, s.name, a.mention, a.cue, a.mode
              FROM claims.claim AS c JOIN claims.attribution AS a ON a.claim = c.id
              LEFT JOIN claims.source AS s ON s.id = a.source
             WHERE c.rule = 'editor' ORDER BY c.content_spans"""


def test_one_key_adds_what_the_person_named_beside_the_words_says(room: Room, sit: Sit) -> None:
    store(room.database, proposal(NAMING, "the bridge was safe"), text=NAMING)
    ann = sit()
    ann.press("A")
    lines = draw_screen(ann.state, ann.controller.keymap, 80, 24)
    assert any(words_in(line).startswith("  =  Ada Quill") for line in lines)
    ann.press("*")
    assert ann.state.message.text == "nobody new is named beside the words; a number says who"
    ann.press("= A")
    lines = draw_screen(ann.state, ann.controller.keymap, 80, 24)
    assert any(words_in(line).startswith("  *  Carl Strand") for line in lines)
    ann.press("=")
    assert ann.state.message.text == "nobody known is named beside the words; a number says who"
    ann.press("* A")
    # A namesake is somebody else: Bob Quill is not taken for Ada Quill.
    assert (ann.state.said_by, ann.state.new_name) == (None, "Bob Quill")
    assert room.sql(CHAINS) == [
        ("money was lost", "accepted", "Ada Quill", "Quill", "denied", "denies"),
        ("the port would close", "accepted", "Carl Strand", "Carl Strand", "said", "says"),
    ]
    ledger = room.sql("SELECT subject_kind, action FROM claims.decision ORDER BY no")
    added = [("claim", "add"), ("claim", "accept")]
    assert ledger == [*added, ("source", "add"), *added]
    assert room.sql("SELECT kind FROM claims.source WHERE name = 'Carl Strand'") == [("person",)]


def test_a_new_person_is_added_and_accepted_at_a_card_by_one_key(room: Room, sit: Sit) -> None:
    said = {"the port would close": "Carl Strand", "nobody was told": "Bob Quill"}
    named = [
        Proposal(
            spans_of(NAMING, words),
            Form.PARAPHRASE,
            (Hop(None, SourceKind.PERSON, spans_of(NAMING, who), ()),),
            0.6,
            "verb",
        )
        for words, who in said.items()
    ]
    store(room.database, proposal(NAMING, "the bridge was safe"), *named, text=NAMING)
    ann = sit()
    ann.press("*")
    assert ann.state.message.text == "its speaker is Ada Quill: S and * add another person"
    ann.press("a *")
    speakers = """SELECT c.text, c.status, s.name FROM claims.claim AS c
                    LEFT JOIN claims.source AS s ON s.id = c.speaker ORDER BY c.content_spans"""
    assert room.sql(speakers) == [
        ("the bridge was safe", "accepted", "Ada Quill"),
        ("the port would close", "accepted", "Carl Strand"),
        ("nobody was told", "proposed", None),
    ]
    ann.press("u u")
    assert [status for _, status, _ in room.sql(speakers)] == ["proposed"] * 3
    ann.press("a *")
    assert ann.state.message.text == "Carl Strand is known: S and Carl Strand choose them"


def test_one_key_adds_a_name_that_was_typed_and_nobody_has(room: Room, sit: Sit) -> None:
    store(room.database, proposal(NAMING, "the bridge was safe"), text=NAMING)
    ann = sit()
    ann.press("S")
    ann.type("Dora Finch")
    assert ann.state.mode.value == "new-source"
    ann.press("*")
    speakers = """SELECT c.status, s.name, s.kind FROM claims.claim AS c
                    JOIN claims.source AS s ON s.id = c.speaker"""
    assert room.sql(speakers) == [("accepted", "Dora Finch", "person")]


DESCRIBED = (
    "Mayor Ada Quill said that the bridge was safe.\n"
    "Port officials said that money was lost.\n"
    "They said that nobody was told.\n"
    "Late it was reported by the Harbour Agency.\n"
)


def test_one_key_adds_what_somebody_says_who_has_no_name(room: Room, sit: Sit) -> None:
    store(room.database, proposal(DESCRIBED, "the bridge was safe"), text=DESCRIBED)
    ann = sit()
    ann.press("A")
    lines = draw_screen(ann.state, ann.controller.keymap, 80, 24)
    assert any(words_in(line).startswith("  *  Port officials   a new group") for line in lines)
    ann.press("*")
    added = "SELECT name, kind FROM claims.source WHERE name = 'Port officials'"
    assert room.sql(added) == [("Port officials", "group")]
    ann.press("A")
    said_by = ann.state.said_by
    # "They" describes nobody: whoever spoke last is likely, and no group is called so.
    assert said_by is not None
    assert (said_by.name, ann.state.new_name) == ("Port officials", "")
