"""Splits what one cue reports where each part stands alone: "said that A and that B"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from claims.extraction.quotation import Quotation, quotation_at
from claims.extraction.report import Report
from claims.extraction.syntax import SUBJECTS, children, text_of
from claims.extraction.trimming import count_words, trim
from claims.model.span import Span

# Only a repeated "that" shows where the reporter begins a second statement; a bare "and" may go on
# in the reporter's own voice. Costs 0.3 F1 on PolNeAR, whose annotators mostly kept the two as one.
AGAIN = re.compile(r",? (?:and|but|or) (?=that )")
LEAST = 4
"""Words on either side of the cut."""


def split_reports(
    doc: Doc, reports: Sequence[Report], quotations: Sequence[Quotation]
) -> list[Report]:
    """The reports, those of several statements as one each."""
    return [part for made in reports for part in _parts(doc, made, quotations)]


def _parts(doc: Doc, made: Report, quotations: Sequence[Quotation]) -> Iterator[Report]:
    if made.pattern != "clause" or len(made.content) != 1:
        yield made
        return
    start, end = made.content[0]
    cuts = [
        (match.start(), match.end())
        for match in AGAIN.finditer(text_of(doc), start, end)
        if not quotation_at(quotations, match.start()) and _begins_clause(doc, match.end())
    ]
    edges = [start, *(place for cut in cuts for place in cut), end]
    spans = [trim(text_of(doc), Span(*pair)) for pair in zip(edges[::2], edges[1::2], strict=True)]
    if len(spans) == 1 or any(s is None or count_words(text_of(doc), [s]) < LEAST for s in spans):
        yield made
        return
    for span in spans:
        if span is not None:
            marked = any(mark.start < span.end and span.start < mark.end for mark in quotations)
            yield replace(made, content=(span,), marked=marked)


def _begins_clause(doc: Doc, place: int) -> bool:
    """Whether the "that" at a place begins a clause with a subject of its own."""
    words = doc.char_span(place, place + len("that"))
    if words is None:
        return False
    that = words[0]
    return that.dep_ == "mark" and any(children(that.head, *SUBJECTS))
