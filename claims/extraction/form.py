"""The form of a claim, counted from the quotation marks around its words."""

import re

from claims.extraction.quotation import find_quotations
from claims.model.kinds import Form
from claims.model.span import Spans

WORD = re.compile(r"\w+")


def form_of(text: str, spans: Spans) -> Form:
    """Quote if all words at the spans stand in quotation marks, paraphrase if none, else mixed."""
    quoted = find_quotations(text)
    inside = [
        any(mark.start < start + word.start() < mark.end for mark in quoted)
        for start, end in spans
        for word in WORD.finditer(text[start:end])
    ]
    if inside and all(inside):
        return Form.QUOTE
    return Form.MIXED if any(inside) else Form.PARAPHRASE
