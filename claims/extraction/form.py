"""The form of a claim, counted from the quotation marks around its words."""

import re
from collections.abc import Sequence

from claims.extraction.quotation import Quotation, find_quotations, quotation_at
from claims.model.kinds import Form
from claims.model.span import Spans

WORD = re.compile(r"\w+")


def form_of(text: str, spans: Spans, quotations: Sequence[Quotation] | None = None) -> Form:
    """Quote if all words at the spans stand in quotation marks, paraphrase if none, else mixed.

    Args:
        text: The text.
        spans: Where the content stands.
        quotations: The text's quotations, if they have been found already.
    """
    marks = find_quotations(text) if quotations is None else quotations
    inside = [
        quotation_at(marks, word.start()) is not None
        for start, end in spans
        for word in WORD.finditer(text, start, end)
    ]
    if inside and all(inside):
        return Form.QUOTE
    return Form.MIXED if any(inside) else Form.PARAPHRASE
