"""Sentences of our own, one a construction, and the invariants of any text."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction.parse import Parser
from claims.extraction.pipeline import propose, propose_many
from claims.model.kinds import Mode, SourceKind
from claims.model.span import words_at
from tests.extraction.invariants import check_invariants
from tests.extraction.proposals import Propose, Summary, summarise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Ada Quill said: "The bridge is safe again."',
            [('"The bridge is safe again."', ["Ada Quill"])],
        ),
        (
            '"The bridge," said Ada Quill, "is safe again."',
            [('"The bridge," … "is safe again."', ["Ada Quill"])],
        ),
        (
            '"The bridge is safe. Nobody need worry," Ada Quill said.',
            [('"The bridge is safe. Nobody need worry,"', ["Ada Quill"])],
        ),
        (
            "Ada Quill said that the bridge was safe.",
            [("the bridge was safe", ["Ada Quill"])],
        ),
        (
            "The bridge was closed for a week, Ada Quill said.",
            [("The bridge was closed for a week", ["Ada Quill"])],
        ),
        (
            "According to Ada Quill, the bridge was closed for a week.",
            [("the bridge was closed for a week", ["Ada Quill"])],
        ),
        (
            "Ada Quill said the bridge was safe, adding that the ferry would stop.",
            [("the bridge was safe", ["Ada Quill"]), ("the ferry would stop", ["Ada Quill"])],
        ),
        (
            "Ada Quill said the bridge was safe, according to Harbour News.",
            [("the bridge was safe", ["Ada Quill", "Harbour News"])],
        ),
        (
            "Ada Quill quoted Bob Stone as saying that the ferry would stop.",
            [("the ferry would stop", ["Bob Stone", "Ada Quill"])],
        ),
        (
            "Ada Quill, the mayor, opened the bridge. The mayor said it was safe for everybody.",
            [("it was safe for everybody", ["Ada Quill"])],
        ),
        (
            "Ada Quill spoke first. Quill said the bridge was safe. She said the ferry would stop.",
            [("the bridge was safe", ["Ada Quill"]), ("the ferry would stop", ["Ada Quill"])],
        ),
        ("Officials said the bridge was safe.", [("the bridge was safe", ["Officials"])]),
        ("She said the bridge was safe.", [("the bridge was safe", [None])]),
        ("Ada Quill refused to elaborate on Monday.", []),
        ("The bridge was closed on Monday.", []),
    ],
)
def test_constructions(propose_text: Propose, text: str, expected: Summary) -> None:
    assert summarise(text, propose_text(text)) == expected


def test_a_denial_is_no_saying(propose_text: Propose) -> None:
    [denial] = propose_text("Ada Quill denied that the bridge was unsafe.")
    assert denial.chain[0].mode is Mode.DENIES


def test_when_and_where_are_taken_from_around_the_cue(propose_text: Propose) -> None:
    text = "In an interview with state radio, Ada Quill said on Thursday that it was safe."
    [proposal] = propose_text(text)
    assert proposal.said_on is not None
    assert proposal.venue is not None
    assert words_at(text, proposal.said_on.spans) == proposal.said_on.text
    assert words_at(text, proposal.venue.spans) == proposal.venue.text
    assert (proposal.said_on.text, proposal.said_on.first) == ("on Thursday", date(2018, 7, 12))
    assert proposal.venue.text == "In an interview with state radio"


def test_words_on_both_sides_of_a_quotation_are_no_day(propose_text: Propose) -> None:
    [proposal] = propose_text('"The bridge is safe in," Ada Quill said in "such a" July mood.')
    assert proposal.said_on is None


def test_without_a_day_of_publication_no_day_is_made_up(parser: Parser) -> None:
    [proposal] = propose(parser, "Ada Quill said on Thursday that it was safe.", None)
    assert proposal.said_on is not None
    assert (proposal.said_on.first, proposal.said_on.last) == (None, None)


def test_a_capacity_is_what_is_printed(propose_text: Propose) -> None:
    text = "The mayor's spokesman, Bob Stone, said that the ferry would stop."
    [proposal] = propose_text(text)
    assert proposal.chain[0].name == "Bob Stone"
    assert words_at(text, proposal.chain[0].capacity) == "The mayor's spokesman"


def test_a_group_keeps_its_words(propose_text: Propose) -> None:
    [proposal] = propose_text("Two officials said the bridge was safe.")
    assert (proposal.chain[0].name, proposal.chain[0].kind) == ("Two officials", SourceKind.GROUP)


SEGMENTS = st.sampled_from(
    ["Ada Quill", "she", "said", "that", "according to", '"', "“", "”", ",", ".", "\n", "the mayor",
     "adding", "quoted", "as saying", "bridge is safe", "on Thursday", "’", "😀", "(", "  "]
)  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(SEGMENTS, max_size=25))
def test_invariants_hold_for_any_text(parser: Parser, segments: list[str]) -> None:
    text = " ".join(segments)
    proposals = propose(parser, text, None)
    check_invariants(text, proposals)
    assert propose(parser, text, None) == proposals


def test_a_batch_gives_what_one_by_one_gives(parser: Parser) -> None:
    texts = ["Ada Quill said it was safe.", "", "Nobody spoke.", "Bob Stone said: “No.”"] * 5
    batch = list(propose_many(parser, ((text, None) for text in texts)))
    assert batch == [propose(parser, text, None) for text in texts]
