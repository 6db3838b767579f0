"""A report: a cue with the words it reports; and what all rules of content read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from claims.extraction.cue import Cue
from claims.extraction.quotation import Quotation
from claims.extraction.syntax import sentence_of, text_of
from claims.extraction.trimming import whole_sentence
from claims.model.span import Span, Spans


@dataclass(frozen=True, slots=True)
class Report:
    """A cue with what it reports.

    Attributes:
        content: Where the reported words stand, marks included.
        pattern: How content and cue stand to each other.
        sentence: The cue's sentence, quotations whole.
        marked: Whether quotation marks stand in the content.
        quoted: Whether the cue itself stands in a quotation.
    """

    cue: Cue
    content: Spans
    pattern: str
    sentence: Span
    marked: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Reading:
    """An article as the rules of content read it.

    Attributes:
        asides: Clauses that close a sentence or go on from another report; content stops there.
    """

    doc: Doc
    quotations: Sequence[Quotation]
    asides: Sequence[Span] = ()
    _sentences: dict[int, Span] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The article's text."""
        return str(text_of(self.doc))

    def sentence(self, cue: Cue) -> Span:
        """A cue's sentence, quotations whole."""
        words = sentence_of(cue.token)
        known = self._sentences.get(words.start)
        if known is None:
            known = self._sentences[words.start] = whole_sentence(words, self.quotations)
        return known
