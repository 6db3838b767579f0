"""A report: a cue with the words it reports."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

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


class Reported:
    """Which stretches of a text are reported. Asking takes no longer where there are many."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Remember some stretches."""
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def touches(self, span: Span) -> bool:
        """Whether a stretch shares a code point with one that is reported."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start
