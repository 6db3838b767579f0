"""Of which class a claim is: speech, request, label, finding or belief."""

from claims.extraction.lexicon import Reports
from claims.extraction.report import Report
from claims.model.kinds import ClaimClass, Mode

LABELS = frozenset({"label", "object"})
"""Patterns whose content only names or judges something: "called it a disgrace"."""

ACTS = frozenset({"infinitive", "object", "preposition"})
"""Patterns in which a verb of asking wants an act: "urged them to stay", "called for a vote"."""

URGING = frozenset({"demand", "urge", "request", "propose", "recommend", "advocate"})
"""Verbs whose clause is what is wanted: "demanded that it close"; "asked whether" is a question."""

BELIEFS = frozenset({Reports.BELIEF, Reports.FEELING, Reports.INTENTION})


def class_of(report: Report) -> ClaimClass:
    """The class of a report's words, by its verb and how the words stand to it."""
    entry = report.cue.entry
    if entry.reports in BELIEFS or entry.mode is Mode.BELIEVES:
        return ClaimClass.BELIEF
    if entry.reports is Reports.SHOWING:
        return ClaimClass.FINDING
    if entry.mode is Mode.ASKS:
        is_act = report.pattern in ACTS or entry.lemma in URGING
        return ClaimClass.REQUEST if is_act else ClaimClass.SPEECH
    if report.pattern in LABELS and entry.mode is Mode.SAYS:
        return ClaimClass.LABEL
    return ClaimClass.SPEECH
