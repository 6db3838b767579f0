"""Splits what one cue reports where each part stands alone: "that A and that B", paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from claims.extraction.quotation import Quotation, is_marked, marks_at, quotation_at
from claims.extraction.report import Report
from claims.extraction.syntax import SUBJECTS, has_child, text_of
from claims.extraction.trimming import count_words, trim
from claims.model.span import Span, Spans, join_spans

# Only a repeated "that" shows where the reporter begins a second statement; a bare "and" may go on
# in the reporter's own voice. Costs 0.3 F1 on PolNeAR, whose annotators mostly kept the two as one.
AGAIN = re.compile(r",? (?:and|but|or) (?=that )|, (?=that )")
LEAST = 4
"""Words on either side of the cut."""


def split_reports(
    doc: Doc, reports: Sequence[Report], quotations: Sequence[Quotation]
) -> list[Report]:
    """The reports, those of several statements or quoted paragraphs as one each."""
    return [
        part
        for report in reports
        for statement in _split(doc, report, quotations)
        for part in _paragraphs(text_of(doc), statement, quotations)
    ]


def _paragraphs(text: str, report: Report, quotations: Sequence[Quotation]) -> list[Report]:
    """A report as one for each paragraph that a mark reopens its quotation in: decision 0023."""
    if "\n" not in text[report.content[0].start : report.content[-1].end]:
        return [report]
    parts: list[list[Span]] = []
    for span in _without_breaks(report.content, quotations):
        if parts and "\n" not in text[parts[-1][-1].end : span.start]:
            parts[-1].append(span)
        else:
            parts.append([span])
    first, *later = map(join_spans, parts)
    return [
        replace(report, content=first, marked=is_marked(first, quotations)),
        *(replace(report, content=part, pattern="continued", marked=True) for part in later),
    ]


def _without_breaks(content: Spans, quotations: Sequence[Quotation]) -> Iterator[Span]:
    """The spans of content, each cut where a quotation begins within it."""
    for span in content:
        starts = [mark.start for mark in marks_at(quotations, span) if mark.start > span.start]
        for start, end in pairwise([span.start, *starts, span.end]):
            yield Span(start, end)


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
