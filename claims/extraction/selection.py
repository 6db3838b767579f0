"""Which reports are proposed without being asked for: words that somebody put out as said."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.lexicon import (
    EVIDENCE,
    ISSUED,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PROPOSED,
    Reports,
)
from claims.extraction.negation import is_unsaid
from claims.extraction.report import Report
from claims.extraction.syntax import NOUNS, PROPER, children, prepositions, text_of
from claims.model.kinds import Mode

ANONYMITY = re.compile(
    r"(?:that (?:he|she|they|their name) )?not (?:to )?be (?:named|identified|quoted)"
    r"|(?:to (?:remain|stay|speak|be kept) )?(?:anonymous|anonymity)\b",
    re.IGNORECASE,
)

NESTED = frozenset({"clause", "beside", "infinitive", "quote-after", "quote-before"})
"""Patterns of reports that are proposed within a quotation."""

THIRD_PERSONS = frozenset({"he", "she", "they"})
PLURALS = frozenset({"NNS", "NNPS"})
IMPLIES = frozenset({"suggest", "indicate", "signal", "imply", "show"})
"""Verbs of facts and letters too; what these tell is the speaker's own thought."""

GOING_ON = frozenset(
    ["went", "go", "goes", "going", "continued", "continues", "proceeded", "proceeds", "began"]
)  # fmt: skip
"""Verbs under which an infinitive really happens: "went on to say"."""


def select_reports(reports: Sequence[Report], *, everything: bool) -> list[Report]:
    """The reports to propose: what was said or written, and what it says others believe.

    Args:
        reports: All that were found.
        everything: Also beliefs, feelings, intentions, and what is only named ("criticised him").
    """
    reports = [one for one in reports if not (is_unsaid(one.cue) or _is_unreal(one))]
    reports = [one for one in reports if not _asks_for_anonymity(one)]
    if everything:
        return [report for report in reports if not report.quoted or _is_nested(report)]
    statements = [report for report in reports if _is_statement(report)]
    beliefs = [report for report in reports if _is_reported_belief(report, statements)]
    selected = set(map(id, [*statements, *beliefs]))
    return [report for report in reports if id(report) in selected]


def _asks_for_anonymity(report: Report) -> bool:
    """Whether somebody asks not to be named: how they spoke, and nothing that they said."""
    if report.cue.entry.mode is not Mode.ASKS:
        return False
    start, end = report.content[0]
    return ANONYMITY.match(text_of(report.cue.token.doc)[start:end]) is not None


def _is_reported_belief(report: Report, statements: Sequence[Report]) -> bool:
    """Whether a belief is what a statement says: "The leader believes …, his advisor said"."""
    entry = report.cue.entry
    if report.quoted or report.pattern != "clause" or entry.reports is not Reports.BELIEF:
        return False
    if entry.takes("faint") and not entry.takes("quote"):
        return False  # "said he saw people of many races" tells of a sight, not of a belief
    offset = report.cue.token.idx
    return any(start <= offset < end for other in statements for start, end in other.content)


def _is_statement(report: Report) -> bool:
    """Whether a report passes on what was said, written or shown, and really was."""
    if report.cue.entry.reports not in PROPOSED:
        return False
    if report.quoted:
        return _is_nested(report)
    if report.pattern == "object" and not (report.marked or report.cue.entry.takes("act")):
        return False
    # "referred to the bridge": nine of 31 right on PolNeAR's training part, one of five on its
    # development part. Objects of "acknowledge", "voice" and their like, by the frame "act": 62 of
    # 83 and 11 of 15; of "cite", "announce", "reveal" on neither the articles nor the seed.
    if report.pattern == "preposition" and report.cue.entry.takes("names") and not report.marked:
        return False
    return report.cue.rule != "noun" or report.cue.head is not None


def _is_unreal(report: Report) -> bool:
    """Whether a saying is wanted, possible or to come: "meant to show that", "could say that"."""
    verb = report.cue.token
    if report.cue.rule != "verb":
        return False
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp":
        above = verb.head
        return above.lower_ in {"from", "without", "against"} or above.head.lower_ == "short"
    if any(aux.tag_ == "TO" for aux in children(verb, "aux")):  # also "believed to have said"
        return verb.head.lower_ not in GOING_ON and not _uses(verb.head)
    return verb.tag_ == "VB" and not any(
        aux.lower_ in {"did", "does", "do"} for aux in children(verb, "aux")
    )


def _uses(verb: Token) -> bool:
    """Whether a verb says by what means somebody spoke: "took to the stage to say"."""
    if verb.lower_ in {"took", "takes"}:
        return any(prepositions(verb, "to"))
    return verb.lower_ in {"used", "uses"}


def _is_nested(report: Report) -> bool:
    """Whether a cue within a quotation plainly reports somebody else's words."""
    cue = report.cue
    if report.pattern not in NESTED or cue.entry.takes("faint") or cue.head is None:
        return False
    happened = cue.token.tag_ in {"VBD", "VBZ"} or (
        cue.token.tag_ == "VB" and cue.token.head.lower_ in GOING_ON
    )
    people = cue.head.tag_ in PLURALS and cue.head.lower_ not in ISSUED | EVIDENCE
    if cue.entry.lemma not in IMPLIES and (cue.head.lower_ in THIRD_PERSONS or people):
        return happened or cue.token.tag_ == "VBP"
    if cue.entry.reports is Reports.SHOWING or cue.entry.lemma == "suggest":
        things = PERSON_WORDS | ORGANISATION_WORDS | EVIDENCE
        if cue.head.tag_ not in PROPER and cue.head.lower_ not in things:
            return False  # "the fact that it sank suggests …" is the speaker's own thought
    return happened and cue.head.tag_ in NOUNS
