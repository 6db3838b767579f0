"""Where content begins and ends: no conjunction before it, no punctuation around it."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Span as Words

from claims.extraction.quotation import Quotation, quotation_at
from claims.extraction.syntax import text_of
from claims.model.span import Span, Spans, join_spans

FILLER = re.compile(r"^[\s,;:.—–-]*(?:(?:that|and|but|adding)\b)?[\s,;:]*", re.IGNORECASE)
TAIL = re.compile(r"[\s,](?:and|but|or)$", re.IGNORECASE)
WORD = re.compile(r"\w+")


def trim(text: str, span: Span) -> Span | None:
    """A span without the conjunction before it and the punctuation around it; None if empty."""
    start, end = span
    lead = FILLER.match(text[start : min(end, start + 40)])
    start += lead.end() if lead else 0
    end = _end(text, start, end)
    tail = TAIL.search(text, max(start, end - 5), end)
    if tail:
        end = _end(text, start, tail.start())
    return Span(start, end) if start < end else None


def _end(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] in ",;:.—–-" or text[end - 1].isspace()):
        end -= 1
    return end


def trim_all(text: str, spans: Iterable[Span]) -> Spans:
    """What is left of spans after trimming, joined; empty spans are dropped."""
    return join_spans(left for span in spans if (left := trim(text, span)))


def count_words(text: str, spans: Iterable[Span]) -> int:
    """How many words stand at spans."""
    return sum(len(WORD.findall(text, start, end)) for start, end in spans)


def whole_sentence(words: Words, quotations: Sequence[Quotation]) -> Span:
    """Where a sentence stands, made whole if the parser ended it inside a quotation."""
    start, end = words.start_char, words.end_char
    opened, closing = quotation_at(quotations, start), quotation_at(quotations, end)
    start = opened.start if opened else start
    end = closing.end if closing else end
    text = text_of(words.doc)
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
