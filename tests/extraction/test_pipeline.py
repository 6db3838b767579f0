"""Sentences of our own, one a construction, and the laws that hold for any text."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction.parse import Parser
from claims.extraction.pipeline import propose, propose_many
from claims.model.kinds import Mode, SourceKind
from claims.model.proposal import Proposal
from claims.model.span import words_at
from tests.extraction.laws import check_laws

Propose = Callable[[str], list[Proposal]]


def told(text: str, proposals: list[Proposal]) -> list[tuple[str, list[str | None]]]:
    """Content and names of each proposal."""
    return [(words_at(text, p.content), [hop.name for hop in p.chain]) for p in proposals]


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
def test_constructions(found: Propose, text: str, expected: list[object]) -> None:
    assert told(text, found(text)) == expected


def test_a_denial_is_no_saying(found: Propose) -> None:
    [denial] = found("Ada Quill denied that the bridge was unsafe.")
    assert denial.chain[0].mode is Mode.DENIES


def test_when_and_where_are_taken_from_around_the_cue(found: Propose) -> None:
    text = "In an interview with state radio, Ada Quill said on Thursday that it was safe."
    [made] = found(text)
    assert made.said_on is not None
    assert made.venue is not None
    assert words_at(text, made.said_on.spans) == made.said_on.text
    assert words_at(text, made.venue.spans) == made.venue.text
    assert (made.said_on.text, made.said_on.first) == ("on Thursday", date(2018, 7, 12))
    assert made.venue.text == "In an interview with state radio"


def test_words_on_both_sides_of_a_quotation_are_no_day(found: Propose) -> None:
    [made] = found('"The bridge is safe in," Ada Quill said in "such a" July mood.')
    assert made.said_on is None


def test_without_a_day_of_publication_no_day_is_made_up(parser: Parser) -> None:
    [made] = propose(parser, "Ada Quill said on Thursday that it was safe.", None)
    assert made.said_on is not None
    assert (made.said_on.first, made.said_on.last) == (None, None)


def test_a_capacity_is_what_is_printed(found: Propose) -> None:
    text = "The mayor's spokesman, Bob Stone, said that the ferry would stop."
    [made] = found(text)
    assert made.chain[0].name == "Bob Stone"
    assert words_at(text, made.chain[0].capacity) == "The mayor's spokesman"


def test_a_group_keeps_its_words(found: Propose) -> None:
    [made] = found("Two officials said the bridge was safe.")
    assert (made.chain[0].name, made.chain[0].kind) == ("Two officials", SourceKind.GROUP)


PIECES = st.sampled_from(
    ["Ada Quill", "she", "said", "that", "according to", '"', "“", "”", ",", ".", "\n", "the mayor",
     "adding", "quoted", "as saying", "bridge is safe", "on Thursday", "’", "😀", "(", "  "]
)  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=25))
def test_laws_hold_for_any_text(parser: Parser, pieces: list[str]) -> None:
    text = " ".join(pieces)
    proposals = propose(parser, text, None)
    check_laws(text, proposals)
    assert propose(parser, text, None) == proposals


def test_many_at_once_are_as_one_by_one(parser: Parser) -> None:
    texts = ["Ada Quill said it was safe.", "", "Nobody spoke.", "Bob Stone said: “No.”"] * 5
    many = list(propose_many(parser, ((text, None) for text in texts)))
    assert many == [propose(parser, text, None) for text in texts]
