"""Finds whom somebody spoke to: "told the Post", "in a statement to the Post"."""

from spacy.tokens import Token

from claims.extraction.cue import Cue
from claims.extraction.hearings import carries
from claims.extraction.report import Report
from claims.extraction.syntax import (
    NOUNS,
    children,
    children_after,
    extent,
    first_child,
    sentence_of,
    span_of,
)
from claims.model.kinds import Mode
from claims.model.proposal import Hearer

OCCASIONS = frozenset(
    ["statement", "statements", "interview", "interviews", "letter", "email", "e-mail", "message",
     "comments", "remarks", "speech", "address", "briefing", "call", "conversation", "testimony",
     "evidence", "note", "memo", "reply", "response", "text"]
)  # fmt: skip
"""What somebody gives or has with those who listen."""

SPEAKING = frozenset({"speaking", "talking", "writing", "responding", "testifying"})


def find_hearer(report: Report, text: str) -> Hearer | None:
    """Whom a report was made to, as printed; None if it does not say, or only by a pronoun."""
    cue = report.cue
    heard = cue.head if cue.rule == "heard" and not carries(cue) else None
    subject = first_child(cue.token, "nsubjpass") if cue.rule == "told" else None
    if subject is not None and subject.tag_ not in NOUNS:
        return None
    head = heard or subject or _object(report) or _addressed(report)
    if head is None:
        return None
    words = span_of(*extent(head))
    return Hearer(text[words.start : words.end], (words,))


def _object(report: Report) -> Token | None:
    """As in "told the Post that …", "urged them to go"; not "was told": there the subject hears."""
    cue = report.cue
    urged = report.pattern == "infinitive" and cue.entry.mode is Mode.ASKS
    if cue.rule != "verb" or not (urged or cue.entry.takes("hearer")):
        return None
    heard = children_after(cue.token, "dobj", "dative")
    return next((noun for noun in heard if noun.tag_ in NOUNS), None)


def _addressed(report: Report) -> Token | None:
    """As in "in a statement to the Post", "speaking to reporters", "said to her sister"."""
    cue = report.cue
    for prep in sentence_of(cue.token):
        if prep.lower_ not in {"to", "with"} or prep.dep_ not in {"prep", "dative"}:
            continue
        above, inside = prep.head, any(s <= prep.idx < e for s, e in report.content)
        if inside or not (above.i == cue.token.i or cue.token in above.ancestors):
            continue
        if _is_address(prep, above, cue):
            return next((n for n in children(prep, "pobj") if n.tag_ in NOUNS), None)
    return None


def _is_address(prep: Token, above: Token, cue: Cue) -> bool:
    """Whether a preposition leads to those who listen."""
    if above.i == cue.token.i:
        return prep.lower_ == "to" and cue.entry.lemma in {"say", "write", "explain", "confirm"}
    if above.lower_ in SPEAKING:
        return True
    return above.lower_ in OCCASIONS
