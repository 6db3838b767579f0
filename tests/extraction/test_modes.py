"""What a chain does with the words: nobody is shown to say what they deny, doubt or never said."""

import pytest

from claims.extraction.lexicon import NOUNS, VERBS, Reports
from claims.extraction.parse import Parser
from claims.extraction.pipeline import propose
from claims.model.kinds import Mode
from claims.model.span import words_at
from tests.extraction.proposals import Propose

SAYS, DENIES, BELIEVES, ASKS = Mode.SAYS, Mode.DENIES, Mode.BELIEVES, Mode.ASKS
UNSAFE = "the bridge was unsafe"


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("Police believe that the bridge was unsafe, Ben Strand said on Monday.",
         [("Police", BELIEVES), ("Ben Strand", SAYS)]),
        ("The firm doubts that the bridge was unsafe, Ada Quill said.",
         [("The firm", DENIES), ("Ada Quill", SAYS)]),
        ("Ada Quill reckoned that the bridge was unsafe.", [("Ada Quill", BELIEVES)]),
        ("Ada Quill voiced the belief that the bridge was unsafe.", [("Ada Quill", BELIEVES)]),
        ("In Ada Quill's view, the bridge was unsafe.", [("Ada Quill", BELIEVES)]),
        ("Ada Quill denied reports that the bridge was unsafe.", [("Ada Quill", DENIES)]),
        ("Ada Quill dismissed reports that the bridge was unsafe.",
         [("reports", SAYS), ("Ada Quill", DENIES)]),
        ("Ben Strand denied that Ada Quill had said the bridge was unsafe.",
         [("Ada Quill", SAYS), ("Ben Strand", DENIES)]),
    ],
)  # fmt: skip
def test_what_each_hop_does_with_the_words(
    parser: Parser, text: str, modes: list[tuple[str, Mode]]
) -> None:
    chains = [
        [(hop.name, hop.mode) for hop in proposal.chain]
        for proposal in propose(parser, text, None, everything=True)
        if words_at(text, proposal.content) == UNSAFE
    ]
    assert chains == [modes]


def test_no_rule_of_the_lexicons_takes_a_belief_or_a_wish_for_a_saying() -> None:
    held = {Reports.BELIEF, Reports.FEELING, Reports.INTENTION}
    entries = [*VERBS.values(), *NOUNS.values()]
    assert [one for one in entries if one.reports in held and one.mode is SAYS] == []


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill did not deny that the bridge was unsafe.",
        "Ada Quill never denied that the bridge was unsafe.",
        "The ministry neither confirmed nor denied that the bridge was unsafe.",
        "Ada Quill did not confirm or deny that the bridge was unsafe.",
        "Ada Quill could not deny that the bridge was unsafe.",
        "Ada Quill stopped short of denying that the bridge was unsafe.",
        "Nobody said that the bridge was unsafe.",
        "No one denied that the bridge was unsafe.",
        "No official said that the bridge was unsafe.",
        "None of the officials said that the bridge was unsafe.",
        "Neither Ada Quill nor Ben Strand said that the bridge was unsafe.",
        "Ada Quill hardly said that the bridge was unsafe.",
        "Ada Quill denied that she had said that the bridge was unsafe.",
        "Ada Quill denied saying the bridge was unsafe.",
        "Ada Quill denies she ever denied that the bridge was unsafe.",
        "Ben Strand did not say that Ada Quill had said the bridge was unsafe.",
        "Asked whether she had denied that the bridge was unsafe, Ada Quill said nothing.",
        "If Ada Quill says that the bridge was unsafe, it will be closed.",
        "Ada Quill made no claim that the bridge was unsafe.",
        "There was no denial from Ada Quill that the bridge was unsafe.",
        "Ada Quill was believed to have said that the bridge was unsafe.",
    ],
)
def test_what_was_not_said_is_nobodys(parser: Parser, text: str) -> None:
    proposals = propose(parser, text, None, everything=True)
    assert [p for p in proposals if words_at(text, p.content) == UNSAFE] == []


def test_a_house_whose_name_begins_with_no_speaks(propose_text: Propose) -> None:
    text = "No 10 said that the bridge was unsafe."
    assert [words_at(text, p.content) for p in propose_text(text)] == [UNSAFE]
