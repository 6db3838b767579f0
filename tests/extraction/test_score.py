"""Scores: from 0 to 1, by the fitted coefficients, the plain before the doubtful."""

from claims.extraction.score import score_of
from tests.extraction.proposals import Propose


def test_a_score_is_a_chance_of_two_digits() -> None:
    assert score_of({"clause": 1.0}) == score_of({"clause": 1.0, "no such feature": 1.0})
    assert 0 < score_of({}) < score_of({"clause": 1.0}) < 1


def test_a_plain_report_is_surer_than_a_phrase(propose_text: Propose) -> None:
    [plain] = propose_text("Ada Quill said that the bridge was safe for everybody.")
    [phrase] = propose_text("Ada Quill condemned the closing of the bridge.")
    assert plain.score > phrase.score
