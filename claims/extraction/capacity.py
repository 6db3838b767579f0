"""The office or role that a text prints beside a name."""

from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.lexicon import HONORIFICS, PERSON_WORDS
from claims.extraction.people import Person, words_of
from claims.extraction.syntax import children, extent, span_of, text_of
from claims.model.span import Span


def find_capacity(head: Token, person: Person) -> Span | None:
    """Where the office or role of a person stands in the mention that a word heads."""
    text = text_of(head.doc)
    first, last = extent(head)
    named = next((t for t in (head, *children(head, "appos")) if t.lower_ in person.words), None)
    if named is None:
        return span_of(first, last) if head.tag_ == "NN" else None
    if named is not head:
        return _trimmed(text, first.idx, named.left_edge.idx)
    return _office_after(head) or _office_before(first, head, person)


def _office_after(name: Token) -> Span | None:
    """The office in an apposition right after a name: "Ada Quill, the mayor"."""
    for child in children(name, "appos"):
        near = 0 <= child.left_edge.idx - (name.idx + len(name)) < len(", ") + 1
        if near and any(t.lower_ in PERSON_WORDS for t in child.subtree):
            return _trimmed(text_of(name.doc), *span_of(*extent(child)))
    return None


def _office_before(first: Token, name: Token, person: Person) -> Span | None:
    """The office or title between a mention's first word and the name: "Mayor Ada Quill"."""
    words = list(takewhile(lambda t: t.lower_ not in person.words, name.doc[first.i : name.i]))
    if not words_of(words) & (PERSON_WORDS | HONORIFICS):
        return None
    return _trimmed(text_of(name.doc), first.idx, words[-1].nbor().idx)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without blanks and commas at either end; None if nothing else is in it."""
    while start < end and text[start] in " ,":
        start += 1
    while start < end and text[end - 1] in " ,":
        end -= 1
    return Span(start, end) if start < end else None
