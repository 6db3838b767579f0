# ruff: noqa: E501, ISC004 - the reading is a table, a statement a row
"""The seed article, read by hand before anything was run: every statement, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from claims.extraction.parse import Parser
from claims.extraction.pipeline import propose
from claims.model.proposal import Proposal
from claims.model.span import words_at

SEED = Path(__file__).parents[2] / "seeds/000_3401827eaba227a0.txt"
SATURDAY, FRIDAY = date(2018, 7, 14), date(2018, 7, 13)
ADVISOR, PUTIN, SPOKESMAN = "Ali Akbar Velayati", "Vladimir Putin", "Dmitry Peskov"
LEADER = "Seyyed Ali Khamenei"

# The words, the chain from the voice outward, the form, the day it was said, if the text says so.
# "on Thursday" in the first sentence is the meeting's day, not the statement's. "The Leader believes"
# is two claims: what the Leader believes, through his advisor, and that his advisor says he does.
# Left out: what companies "announced plans" of, what "was discussed", the two sentences after it.
READING = [
    ('he had a "very constructive" meeting with the Russian president on Thursday',
     [ADVISOR], "mixed", None),
    ("Moscow is prepared to invest $50 billion in Iran's energy sector",
     [ADVISOR], "paraphrase", None),
    ('"The Russian president\'s remarks indicate that [the value of] oil ties between the two '
     'countries can reach up to $50 billion,"', [ADVISOR, "IRNA"], "quote", None),
    ('"Russia is ready to invest in Iran\'s oil sector, and, if it happens, it will compensate the '
     'departure of some oil firms from the country,"', [ADVISOR], "quote", None),
    ("A $4 billion agreement between Iran and one of Russia's major oil companies will be "
     "implemented soon", [ADVISOR], "paraphrase", None),
    ('"Two other major Russian oil companies, Rosneft and Gazprom, have started talks with our Oil '
     'Ministry, and contracts with these two firms could be worth $10 billion,"',
     [ADVISOR, "IRIB News"], "quote", None),
    ('US unilateral sanctions against Tehran are "unacceptable" and "illegal"',
     [PUTIN, ADVISOR], "mixed", None),
    ("he supports the 2015 nuclear agreement", [PUTIN, ADVISOR], "paraphrase", None),
    ('The Leader believes Iran-Russia ties are "strategic"', [ADVISOR], "mixed", None),
    ('Iran-Russia ties are "strategic"', [LEADER, ADVISOR], "mixed", None),
    ("the close relationship will be sustained", [ADVISOR], "paraphrase", None),
    ("Putin and Velayati discussed the situation in Syria and bilateral relations",
     ["Kremlin", "Reuters"], "paraphrase", None),
    ("Velayati presented to Putin messages from Ayatollah Khamenei and Rouhani",
     ["Kremlin", "Reuters"], "paraphrase", None),
    ("the letters dealt with bilateral relations and the situation in the region",
     [SPOKESMAN, "AP"], "paraphrase", None),
    ("Tehran coordinates its military presence in Syria with Moscow and Damascus",
     [ADVISOR], "paraphrase", FRIDAY),
    ("Iran's role in Syria will be a key item at a summit between Putin and Trump on Monday",
     ["reports"], "paraphrase", None),
    ("Iran and Russia's presence in Syria will continue to protect the Arab country against "
     "terrorist groups and America's aggression", [ADVISOR], "paraphrase", None),
    ('they "will immediately leave if Iraqi and Syrian governments want, not because of Israel and '
     'American pressure."', [ADVISOR], "mixed", None),
    ('"It can be said that sending the important and strategic message from the Supreme Leader, as '
     "well as the message of the president and talks with President Putin, was a turning point in "
     'relations between our two countries,"', [ADVISOR], "quote", None),
    ('"We hope that cooperation between Iran and Russia will be a model for cooperation among Iran, '
     "China, India and some major East Asian countries, helping realize a strategic vision to "
     'develop relations with the eastern countries,"', [ADVISOR], "quote", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def seed(parser: Parser) -> tuple[Proposal, ...]:
    """What is proposed for the seed, as published."""
    return propose(parser, SEED.read_text("utf-8").strip(), SATURDAY)


def test_every_statement_and_nothing_else(seed: tuple[Proposal, ...]) -> None:
    text = SEED.read_text("utf-8").strip()
    read = [
        (
            words_at(text, proposal.content),
            [hop.name for hop in proposal.chain],
            str(proposal.form),
            proposal.said_on.first if proposal.said_on else None,
        )
        for proposal in seed
    ]
    assert sorted(read) == sorted(READING)


def test_occasions_and_offices_as_printed(seed: tuple[Proposal, ...]) -> None:
    text = SEED.read_text("utf-8").strip()
    venues = {
        words_at(text, proposal.content)[:20]: words_at(text, proposal.venue.spans)
        for proposal in seed if proposal.venue
    }  # fmt: skip
    assert venues["the letters dealt wi"] == "in a conference call with reporters"
    assert venues['"The Russian preside'] == "In an interview with state TV"
    capacities = {proposal.chain[0].name: words_at(text, proposal.chain[0].capacity) for proposal in seed
                  if proposal.chain[0].capacity}  # fmt: skip
    assert capacities[SPOKESMAN] == "Putin's spokesman"
