"""A report: a cue with the words it reports."""

from dataclasses import dataclass

from claims.extraction.cue import Cue
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
