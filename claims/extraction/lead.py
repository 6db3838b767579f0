"""Gives a quotation that no cue reports to whoever the sentence before it is about.

Gains 0.7 F1 on the development articles and nothing on PolNeAR, where half of it is right.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.cue import Cue, make_cue
from claims.extraction.lexicon import VERBS, Entry, Reports
from claims.extraction.quotation import Quotation
from claims.extraction.quoted import follow
from claims.extraction.report import Reading, Report
from claims.extraction.syntax import PROPER, SUBJECTS, antecedent, children, sentence_of
from claims.extraction.syntax import VERBS as VERB_TAGS
from claims.extraction.trimming import count_words
from claims.model.kinds import Mode
from claims.model.span import Span

LEADS = Entry("", Reports.SPEECH, Mode.SAYS, frozenset({"lead"}))
LEAST = 6
"""Words. A shorter quotation is a title or a turn of phrase."""

BEGINS = re.compile(r"(?:[.?!:][\"”']?|^)\s*$")


def find_leads(reading: Reading, reports: Sequence[Report]) -> Iterator[Report]:
    """Reports of quotations that stand alone after a sentence about a person, or its colon."""
    told = [span for made in reports if not made.quoted for span in made.content]
    for mark in reading.quotations:
        if count_words(reading.text, [Span(*mark[:2])]) < LEAST:
            continue
        if any(s < mark.end and mark.start < e for s, e in told):
            continue
        cue = _lead(reading, mark)
        if cue is None:
            continue
        content = follow(reading, (Span(*mark[:2]),))
        told += content
        yield Report(cue, content, "lead", reading.sentence(cue), marked=True)


def _lead(reading: Reading, mark: Quotation) -> Cue | None:
    """The verb of the sentence before a quotation, whose subject is a person."""
    text = reading.text
    before = text[max(0, mark.start - 3) : mark.start]
    if "\n" in before or not BEGINS.search(before):
        return None
    place = mark.start - 1
    while place > 0 and not text[place].isalnum():
        place -= 1
    words = reading.doc.char_span(place, place + 1, alignment_mode="expand")
    if words is None:
        return None
    root = sentence_of(words[0]).root
    inner = [t for t in sentence_of(words[0]) if t.lower_ in VERBS and t.tag_ in VERB_TAGS]
    for verb in (root, *reversed(inner)):
        subject = next(children(verb, *SUBJECTS), None)
        if subject is not None and verb.idx < mark.start and _is_somebody(antecedent(subject)):
            return make_cue(
                verb,
                (Span(verb.idx, verb.idx + len(verb)),),
                antecedent(subject),
                LEADS,
                rule="lead",
            )
    return None


def _is_somebody(subject: Token) -> bool:
    return subject.lower_ in {"he", "she"} or (
        subject.tag_ in PROPER and subject.ent_type_ in {"PERSON", ""}
    )
