"""An article's text with the claim, its cues and its sources marked by brackets and styles."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.model.span import Span, Spans
from claims.review.card import HopView
from claims.terminal.screen.segments import GLUE, Segment
from claims.text.display import visible


class Mark(NamedTuple):
    """Brackets around a span."""

    span: Span
    opening: str
    closing: str
    style: str


def marks_of(spans: Spans, hops: Sequence[HopView]) -> list[Mark]:
    """The marks of a claim: `[[words]]`, `{S speaker}`, `{1 carrier}`, `<cue>`."""
    marks = [Mark(span, "[[", "]]", "claim") for span in spans]
    for hop in hops:
        sign, style = ("S", "speaker") if hop.position == 1 else (str(hop.position - 1), "carrier")
        marks += [Mark(span, f"{{{sign}{GLUE}", "}", style) for span in hop.mention]
        marks += [Mark(span, "<", ">", "cue") for span in hop.cue]
    # One cue may serve two hops: it is shown once.
    return list(dict.fromkeys(marks))


def letter_marks(starts: Mapping[str, int]) -> list[Mark]:
    """The marks `{a}` of places that a letter leads to."""
    return [
        Mark(Span(start, start + 1), f"{{{letter}}}", "", "key") for letter, start in starts.items()
    ]


def mark_text(article: str, part: Span, marks: Iterable[Mark], *, sentence: Span) -> list[Segment]:
    """A part of an article in segments, its marks properly nested.

    Args:
        article: The whole text.
        part: What of it; marks that reach beyond are closed at its end.
        marks: Around what brackets stand.
        sentence: Segments inside it have the depth 1, inside the claim's words 2.
    """
    within = [
        mark._replace(span=Span(max(mark.span.start, part.start), min(mark.span.end, part.end)))
        for mark in marks
    ]
    within = [mark for mark in within if mark.span.start < mark.span.end]
    offsets = {part.start, part.end} | {edge for mark in within for edge in mark.span}
    offsets |= {edge for edge in sentence if part.start < edge < part.end}
    segments: list[Segment] = []
    open_marks: list[Mark] = []
    ordered = sorted(offsets)
    for offset, following in zip(ordered, [*ordered[1:], part.end], strict=True):
        depth = _depth(open_marks, offset, sentence)
        segments += _close(open_marks, offset, depth)
        opening = [mark for mark in within if mark.span.start == offset]
        for mark in sorted(opening, key=lambda mark: -mark.span.end):
            open_marks.append(mark)
            segments.append(Segment(mark.opening, mark.style, _depth(open_marks, offset, sentence)))
        if offset < following:
            style = open_marks[-1].style if open_marks else "text"
            depth = _depth(open_marks, offset, sentence)
            segments.append(Segment(visible(article[offset:following]), style, depth))
    return segments


def _depth(open_marks: Iterable[Mark], offset: int, sentence: Span) -> int:
    if any(mark.style == "claim" for mark in open_marks):
        return 2
    return 1 if sentence.start <= offset < sentence.end else 0


def _close(open_marks: list[Mark], offset: int, depth: int) -> list[Segment]:
    """Close what ends here; what does not end is closed over it and opened again."""
    segments: list[Segment] = []
    if not any(mark.span.end == offset for mark in open_marks):
        return segments
    again: list[Mark] = []
    while any(mark.span.end == offset for mark in open_marks):
        mark = open_marks.pop()
        segments.append(Segment(mark.closing, mark.style, depth))
        if mark.span.end > offset:
            again.insert(0, mark)
    for mark in again:
        open_marks.append(mark)
        segments.append(Segment(mark.opening, mark.style, depth))
    return segments
