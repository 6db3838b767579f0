"""Scores that how-tos print of the first seed article are those that the program gives its claims.

Those of the other articles are compared where the tests go through their how-to.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from claims.extraction.pipeline import propose
from claims.model.proposal import Proposal
from claims.model.span import words_at
from claims.text.clean import clean_text
from tests.in_process import load_parser

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds/000_3401827eaba227a0.txt"
TEXT = clean_text(SEED.read_text("utf-8")).text


@pytest.fixture(scope="module")
def proposals() -> tuple[Proposal, ...]:
    return propose(load_parser(), TEXT, date(2018, 7, 14))


def test_a_row_of_a_list_has_the_score_of_its_words(proposals: tuple[Proposal, ...]) -> None:
    page = (ROOT / "docs/how-to/as-of.md").read_text("utf-8")
    rows = re.findall(r"^\w{8}\taccepted\t(.+?)\t.*\t(0\.\d\d)\t(.+) …$", page, re.MULTILINE)
    assert rows, "the how-to shows no row with a score"
    for speaker, score, words in rows:
        [one] = [p for p in proposals if words_at(TEXT, p.content).startswith(words)]
        assert (one.chain[0].name, f"{one.score:.2f}") == (speaker, score)


def test_a_frame_has_scores_of_claims_by_its_speakers(proposals: tuple[Proposal, ...]) -> None:
    page = (ROOT / "docs/how-to/sql.md").read_text("utf-8")
    rows = re.findall(r"^\d +2018-07-14 +(.+?)  says +(0\.\d\d)$", page, re.MULTILINE)
    assert rows, "the how-to shows no frame with scores"
    given = {(p.chain[0].name, f"{p.score:.2f}") for p in proposals}
    assert set(rows) <= given
