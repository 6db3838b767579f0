"""Splits what one cue reports where each part stands alone: "said that A and that B"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from claims.extraction.quotation import Quotation, is_marked, quotation_at
from claims.extraction.report import Report
from claims.extraction.syntax import SUBJECTS, has_child, text_of
from claims.extraction.trimming import count_words, trim
from claims.model.span import Span

# Only a repeated "that" shows where the reporter begins a second statement; a bare "and" may go on
# in the reporter's own voice. Costs 0.3 F1 on PolNeAR, whose annotators mostly kept the two as one.
AGAIN = re.compile(r",? (?:and|but|or) (?=that )|, (?=that )")
LEAST = 4
"""Words on either side of the cut."""


def split_reports(
    doc: Doc, reports: Sequence[Report], quotations: Sequence[Quotation]
) -> list[Report]:
    """The reports, those of several statements as one each."""
    return [part for report in reports for part in _split(doc, report, quotations)]


def _split(doc: Doc, report: Report, quotations: Sequence[Quotation]) -> list[Report]:
    if report.pattern != "clause" or len(report.content) != 1:
        return [report]
    statements = _statements(doc, report.content[0], quotations)
    if len(statements) == 1 or not all(_stands_alone(doc, span) for span in statements):
        return [report]
    return [
        replace(report, content=(span,), marked=is_marked([span], quotations))
        for span in statements
        if span is not None
    ]


def _statements(doc: Doc, content: Span, quotations: Sequence[Quotation]) -> list[Span | None]:
    """Content cut before each repeated "that"; None for a part without words."""
    text = text_of(doc)
    cuts = [
        match
        for match in AGAIN.finditer(text, *content)
        if not quotation_at(quotations, match.start()) and _begins_clause(doc, match.end())
    ]
    starts = [content.start, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), content.end]
    return [trim(text, Span(start, end)) for start, end in zip(starts, ends, strict=True)]


def _stands_alone(doc: Doc, span: Span | None) -> bool:
    """Whether a part has words enough to be a statement."""
    return span is not None and count_words(text_of(doc), [span]) >= LEAST


def _begins_clause(doc: Doc, offset: int) -> bool:
    """Whether the "that" at an offset begins a clause with a subject of its own."""
    words = doc.char_span(offset, offset + len("that"))
    if words is None:
        return False
    that = words[0]
    return that.dep_ == "mark" and has_child(that.head, *SUBJECTS)
