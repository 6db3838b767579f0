"""Through whom words came beside the cue, and who only heard them."""

import pytest

from claims.model.span import words_at
from tests.extraction.proposals import Propose, Summary, summarise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor, through an aide, said that the bridge was safe.",
         [("the bridge was safe", ["The mayor", "an aide"])]),
        ("Ada Quill, speaking through a lawyer, said the bridge was safe.",
         [("the bridge was safe", ["Ada Quill", "a lawyer"])]),
        ("In a letter seen by the Gazette, Ada Quill wrote that the bridge was unsafe.",
         [("the bridge was unsafe", ["Ada Quill", "Gazette"])]),
        ("Ada Quill said the bridge was unsafe in a letter seen by the Gazette.",
         [("the bridge was unsafe", ["Ada Quill", "Gazette"])]),
        ("A driver set fire to the bridge, a court heard.",
         [("A driver set fire to the bridge", [None, "a court"])]),
        ("Jurors were told that the bridge was unsafe.", [("the bridge was unsafe", [None])]),
        ("The judge heard a lawyer on Monday.", []),
        ("The Gazette quoted Ada Quill saying the bridge was safe.",
         [("the bridge was safe", ["Ada Quill", "Gazette"])]),
        ("“The bridge is safe,” the Gazette quoted Ada Quill as saying.",
         [("“The bridge is safe,”", ["Ada Quill", "Gazette"])]),
        ("Harbour News reported, citing Ada Quill, that the bridge was safe.",
         [("the bridge was safe", ["Ada Quill", "Harbour News"])]),
        ("The bridge is unsafe, according to Harbour News, which cited two people in the port.",
         [("The bridge is unsafe", ["two people", "Harbour News"])]),
        ("The Gazette, citing an official, reported that the bridge was safe.",
         [("the bridge was safe", ["an official", "Gazette"])]),
        ("The Gazette closed the bridge, citing safety rules.", []),
        ("A driver, who asked not to be named, said the bridge was unsafe.",
         [("the bridge was unsafe", ["A driver"])]),
    ],
)  # fmt: skip
def test_carriers(propose_text: Propose, text: str, expected: Summary) -> None:
    assert summarise(text, propose_text(text)) == expected


@pytest.mark.parametrize(
    ("text", "hearer"),
    [
        ("“The bridge is safe,” Ada Quill told Harbour News.", "Harbour News"),
        ("Ada Quill told the inquiry that the bridge was safe.", "the inquiry"),
        ("Ada Quill said in a statement to the Gazette that the bridge was safe.", "the Gazette"),
        ("In an interview with Harbour Radio, Ada Quill said it was safe.", "Harbour Radio"),
        ("“The bridge is safe,” Ada Quill said in an email to drivers.", "drivers"),
        ("Ada Quill told him that the bridge was safe.", None),
        ("Ada Quill said the bridge led to the quay.", None),
    ],
)
def test_who_heard_it_is_no_carrier(propose_text: Propose, text: str, hearer: str | None) -> None:
    proposal = propose_text(text)[0]
    assert [hop.name for hop in proposal.chain] == ["Ada Quill"]
    if hearer is None:
        assert proposal.hearer is None
    else:
        assert proposal.hearer is not None
        assert proposal.hearer.text == words_at(text, proposal.hearer.spans) == hearer


def test_what_a_speaker_did_next_is_not_among_the_words(propose_text: Propose) -> None:
    text = "Ada Quill told us that “the bridge is cracked” and left the room."
    assert words_at(text, propose_text(text)[0].content) == "“the bridge is cracked”"


def test_a_word_in_single_marks_does_not_end_a_quotation(propose_text: Propose) -> None:
    text = "Ada Quill said: ‘I never wrote the word ‘bridge’ in a letter. It was a joke.’"
    assert words_at(text, propose_text(text)[0].content) == text[len("Ada Quill said: ") :]
