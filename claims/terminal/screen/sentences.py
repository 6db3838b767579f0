"""Paragraphs and sentences of an article, found by its marks alone: a screen loads no parser."""

import re
from functools import lru_cache

from claims.model.span import Span, Spans

PARAGRAPH = re.compile(r"[^\n]+")
END = re.compile(r"[.!?…。！？]+[\"”’'»)\]]*(?=\s|$)|[。！？]")
SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sen|Rep|Gov|Prof|Jr|Sr|No|Inc|Ltd|Co|vs|approx|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)|\b\w)\.$"
)
"""A full stop after one of these ends no sentence: abbreviations, and initials as in `U.S.`."""


@lru_cache(maxsize=8)
def paragraphs_of(article: str) -> tuple[Span, ...]:
    """Where the paragraphs stand: the lines that hold anything."""
    lines = (Span(*match.span()) for match in PARAGRAPH.finditer(article))
    return tuple(span for span in lines if article[span.start : span.end].strip())


def paragraphs_around(article: str, spans: Spans, around: int) -> Span:
    """Where the paragraphs stand that hold a claim's words, and so many before and after them."""
    paragraphs = paragraphs_of(article)
    home = [
        number
        for number, span in enumerate(paragraphs)
        if span.start < spans[-1].end and spans[0].start < span.end
    ]
    first = max(home[0] - around, 0)
    last = min(home[-1] + around, len(paragraphs) - 1)
    return Span(paragraphs[first].start, paragraphs[last].end)


def sentence_of(article: str, spans: Spans) -> Span:
    """The sentence that a claim stands in, or the sentences if its words reach over several."""
    first, last = spans[0].start, spans[-1].end
    start = article.rfind("\n", 0, first) + 1
    stop = article.find("\n", last)
    stop = len(article) if stop < 0 else stop
    for match in END.finditer(article, start, stop):
        if SHORT.search(article, max(start, match.end() - 8), match.end()):
            continue
        if match.end() <= first:
            start = match.end()
        elif match.end() >= last:
            stop = match.end()
            break
    while start < first and article[start].isspace():
        start += 1
    return Span(start, stop)


@lru_cache(maxsize=8)
def sentences_of(article: str) -> tuple[Span, ...]:
    """Where the sentences stand, in the order of the text."""
    sentences: list[Span] = []
    for paragraph in paragraphs_of(article):
        at = paragraph.start
        while at < paragraph.end and article[at : paragraph.end].strip():
            at += len(article[at:]) - len(article[at:].lstrip())
            sentences.append(sentence_of(article, (Span(at, at + 1),)))
            at = max(sentences[-1].end, at + 1)
    return tuple(sentences)
