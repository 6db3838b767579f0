"""A parsed article as the rules of content read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from claims.extraction.cue import Cue
from claims.extraction.quotation import Quotation, quotations_within
from claims.extraction.syntax import sentence_of, text_of
from claims.extraction.trimming import whole_sentence
from claims.model.span import Span


@dataclass(slots=True)
class ParsedArticle:
    """The parse of an article with its quotations.

    Attributes:
        asides: Clauses that close a sentence or go on from another report; content stops there.
    """

    doc: Doc
    quotations: Sequence[Quotation]
    asides: Sequence[Span] = ()
    _sentences: dict[int, Span] = field(default_factory=dict)
    _within: dict[Quotation, Sequence[Quotation]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The article's text."""
        return str(text_of(self.doc))

    def sentence(self, cue: Cue) -> Span:
        """Where a cue's sentence stands, quotations whole."""
        words = sentence_of(cue.token)
        sentence = self._sentences.get(words.start)
        if sentence is None:
            sentence = self._sentences[words.start] = whole_sentence(words, self.quotations)
        return sentence

    def within(self, outer: Quotation) -> Sequence[Quotation]:
        """The quotations within one of the article's, in order."""
        if outer not in self._within:
            self._within[outer] = quotations_within(self.text, outer)
        return self._within[outer]
