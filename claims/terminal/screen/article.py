"""What is shown of the article around a claim: whole lines, never without the claim's sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from claims.model.span import Span, Spans
from claims.review.card import HopView
from claims.terminal.screen.marks import Mark, letter_marks, mark_text, marks_of
from claims.terminal.screen.segments import Line, Segment, wrap
from claims.terminal.screen.sentences import paragraphs_of, sentence_of

GUTTER = 6
"""Cells before the text: `>>` beside the claim, the paragraph's number."""


class Extent(StrEnum):
    """How much of the article is shown, at most."""

    ALL = "all"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    THREE = "3 paragraphs"


@dataclass(frozen=True, slots=True)
class Passage:
    """The article as a card shows it.

    Attributes:
        letters: Where words begin that a letter marks.
    """

    article: str
    spans: Spans
    hops: tuple[HopView, ...]
    letters: Mapping[str, int] = field(default_factory=dict)

    @property
    def sentence(self) -> Span:
        """The sentence the claim stands in."""
        return sentence_of(self.article, self.spans)


@dataclass(frozen=True, slots=True)
class Context:
    """Lines of an article.

    Attributes:
        characters: How many characters of the article they hold.
        whole: Whether the claim's sentence is among them as a whole.
    """

    lines: tuple[Line, ...]
    characters: int
    whole: bool


def draw_context(passage: Passage, extent: Extent, width: int, height: int) -> Context:
    """As much of the article around the claim as fits into a number of lines."""
    drawing = _Drawing(passage, extent, width)
    lines = drawing.around(height)
    sentence_lines = [number for number, line in enumerate(lines) if _depth(line)]
    first, last = (sentence_lines[0], sentence_lines[-1]) if sentence_lines else (0, 0)
    whole = last - first < height
    if whole:
        # A third of what is left stands before the sentence: what follows explains more often.
        spare = height - (last - first + 1)
        start = max(min(first - spare // 3, len(lines) - height), 0)
        start = max(min(start, first), last - height + 1)
    else:
        claim_lines = [number for number, line in enumerate(lines) if _depth(line) > 1]
        start = claim_lines[0] if claim_lines else first
    visible_lines = lines[start : start + height]
    characters = sum(len(segment.text) for line in visible_lines for segment in line[1:])
    return Context(tuple(visible_lines), characters, whole)


def lines_needed(passage: Passage, width: int) -> int:
    """How many lines the claim's sentence takes."""
    return len(_Drawing(passage, Extent.SENTENCE, width).around(0))


def draw_article(passage: Passage, width: int) -> tuple[tuple[Line, ...], int]:
    """The whole article, and the number of the line that the claim begins in."""
    drawing = _Drawing(passage, Extent.ALL, width)
    lines = [line for number in range(len(drawing.parts)) for line in drawing.paragraph(number)]
    first = next((number for number, line in enumerate(lines) if _depth(line) > 1), 0)
    return tuple(lines), first


def draw_paragraphs(passage: Passage, around: int, width: int) -> list[Line]:
    """The claim's paragraph as a whole, and so many before it and after it."""
    drawing = _Drawing(passage, Extent.ALL, width)
    first, last = drawing.home
    numbers = range(max(first - around, 0), min(last + around + 1, len(drawing.parts)))
    return [line for number in numbers for line in drawing.paragraph(number)]


class _Drawing:
    """Draws paragraphs, only those that are asked for: an article may be long."""

    def __init__(self, passage: Passage, extent: Extent, width: int) -> None:
        self.passage = passage
        self.sentence = passage.sentence
        self.marks: list[Mark] = [
            *marks_of(passage.spans, passage.hops),
            *letter_marks(passage.letters),
        ]
        self.width = max(width - GUTTER, 2)
        numbered = list(enumerate(paragraphs_of(passage.article), 1))
        home = [
            index
            for index, (_, span) in enumerate(numbered)
            if span.start < self.sentence.end and self.sentence.start < span.end
        ]
        self.home = (home[0], home[-1]) if home else (0, 0)
        reach = {Extent.SENTENCE: 0, Extent.PARAGRAPH: 0, Extent.THREE: 1}.get(extent)
        if reach is not None:
            first, last = max(self.home[0] - reach, 0), self.home[1] + reach + 1
            numbered = numbered[first:last]
            self.home = (self.home[0] - first, self.home[1] - first)
        if extent is Extent.SENTENCE:
            numbered = [
                (n, Span(max(s.start, self.sentence.start), min(s.end, self.sentence.end)))
                for n, s in numbered
            ]
        self.parts = numbered

    def around(self, height: int) -> list[Line]:
        """The claim's paragraphs, and so much before and after that a height can be filled."""
        first, last = self.home
        lines = [line for number in range(first, last + 1) for line in self.paragraph(number)]
        before = after = 0
        while before < height and first > 0:
            first -= 1
            paragraph = self.paragraph(first)
            lines = [*paragraph, *lines]
            before += len(paragraph)
        while after < height and last + 1 < len(self.parts):
            last += 1
            paragraph = self.paragraph(last)
            lines += paragraph
            after += len(paragraph)
        return lines

    def paragraph(self, index: int) -> list[Line]:
        """One paragraph's lines, with the gutter."""
        if not self.parts:
            return [(Segment(" " * GUTTER),)]
        number, span = self.parts[index]
        segments = mark_text(self.passage.article, span, self.marks, sentence=self.sentence)
        lines = []
        for row, line in enumerate(wrap(segments, self.width)):
            sign = ">>" if _depth(line) > 1 else "  "
            label = f"{number:>3}" if row == 0 else "   "
            lines.append((Segment(f"{sign}{label[-3:]} ", "gutter"), *line))
        return lines


def _depth(segments: Sequence[Segment]) -> int:
    return max((segment.depth for segment in segments), default=0)
