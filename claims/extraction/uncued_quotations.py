"""Gives a quotation that no cue reports to whoever the sentence before it is about.

Gains 0.7 F1 on the development articles and nothing on PolNeAR, where half of it is right.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Words
from spacy.tokens import Token

from claims.extraction.cue import Cue, make_cue
from claims.extraction.lexicon import VERBS, Entry, Reports
from claims.extraction.parsed_article import ParsedArticle
from claims.extraction.quotation import Quotation
from claims.extraction.quoted_content import follow
from claims.extraction.report import Report, Reported
from claims.extraction.syntax import (
    PROPER,
    SUBJECTS,
    antecedent,
    first_child,
    is_verb,
    sentence_of,
    span_of,
)
from claims.extraction.trimming import count_words
from claims.model.kinds import Mode

LEADS = Entry("", Reports.SPEECH, Mode.SAYS, frozenset({"lead"}))
LEAST = 6
"""Words. A shorter quotation is a title or a turn of phrase."""

BEGINS = re.compile(r"(?:[.?!:][\"”']?|^)\s*$")


def find_uncued_quotations(article: ParsedArticle, reports: Sequence[Report]) -> Iterator[Report]:
    """Reports of quotations that stand alone after a sentence about a person, or its colon."""
    reported = Reported(span for report in reports if not report.quoted for span in report.content)
    end = 0
    for mark in article.quotations:
        if count_words(article.text, [mark.span]) < LEAST:
            continue
        if mark.start < end or reported.touches(mark.span):
            continue
        cue = _lead(article, mark)
        if cue is None:
            continue
        content = follow(article, (mark.span,))
        end = content[-1].end
        yield Report(cue, content, "lead", article.sentence(cue), marked=True)


def _lead(article: ParsedArticle, mark: Quotation) -> Cue | None:
    """The verb of the sentence before a quotation, whose subject is a person."""
    sentence = _sentence_before(article, mark)
    if sentence is None:
        return None
    cue_verbs = [token for token in sentence if token.lower_ in VERBS and is_verb(token)]
    for verb in (sentence.root, *reversed(cue_verbs)):
        subject = first_child(verb, *SUBJECTS)
        if subject is not None and verb.idx < mark.start and _is_somebody(antecedent(subject)):
            return make_cue(verb, (span_of(verb, verb),), antecedent(subject), LEADS, rule="lead")
    return None


def _sentence_before(article: ParsedArticle, mark: Quotation) -> Words | None:
    """The sentence that ends, or leads on by a colon, right before a quotation in its paragraph."""
    text = article.text
    before = text[max(0, mark.start - 3) : mark.start]
    if "\n" in before or not BEGINS.search(before):
        return None
    offset = mark.start - 1
    while offset > 0 and not text[offset].isalnum():
        offset -= 1
    words = article.doc.char_span(offset, offset + 1, alignment_mode="expand")
    return sentence_of(words[0]) if words is not None else None


def _is_somebody(subject: Token) -> bool:
    if subject.lower_ in {"he", "she"}:
        return True
    return subject.tag_ in PROPER and subject.ent_type_ in {"PERSON", ""}
