"""The lexicons: forms, meanings, frames."""

import pytest

from claims.extraction.inflect import noun_forms, verb_forms
from claims.extraction.lexicon import NOUNS, PHRASAL, VERBS, Reports
from claims.model.kinds import Mode


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("quip", {"quip", "quips", "quipped", "quipping"}),
        ("write", {"write", "writes", "wrote", "written", "writing"}),
        ("go on", {"go", "goes", "went", "gone", "going"}),
    ],
)
def test_forms(lemma: str, forms: set[str]) -> None:
    assert forms <= set(verb_forms(lemma))


def test_plurals() -> None:
    assert set(noun_forms("testimony")) == {"testimony", "testimonies"}


@pytest.mark.parametrize(
    ("form", "reports", "mode"),
    [
        ("said", Reports.SPEECH, Mode.SAYS),
        ("denied", Reports.SPEECH, Mode.DENIES),
        ("vowed", Reports.SPEECH, Mode.PROMISES),
        ("urging", Reports.SPEECH, Mode.ASKS),
        ("predicts", Reports.SPEECH, Mode.EXPECTS),
        ("wrote", Reports.WRITING, Mode.SAYS),
        ("shows", Reports.SHOWING, Mode.SAYS),
        ("believes", Reports.BELIEF, Mode.BELIEVES),
        ("fears", Reports.FEELING, Mode.EXPECTS),
        ("doubts", Reports.BELIEF, Mode.DENIES),
        ("plans", Reports.INTENTION, Mode.PROMISES),
    ],
)
def test_what_a_verb_reports(form: str, reports: Reports, mode: Mode) -> None:
    assert (VERBS[form].reports, VERBS[form].mode) == (reports, mode)


def test_verbs_of_two_words_and_nouns() -> None:
    assert PHRASAL["called", "for"].mode is Mode.ASKS
    assert NOUNS["warnings"].reports is Reports.SPEECH
    assert NOUNS["denial"].mode is Mode.DENIES


def test_there_are_several_hundred() -> None:
    assert len({entry.lemma for entry in VERBS.values()}) > 450
    assert len({entry.lemma for entry in NOUNS.values()}) > 100
