"""An article's text with the claim, its cues and its sources marked by brackets and tones."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claims.model.span import Span, Spans
from claims.review.card import HopView
from claims.terminal.screen.segments import GLUE, Segment
from claims.text.display import visible


class Mark(NamedTuple):
    """Brackets around a span."""

    span: Span
    opens: str
    closes: str
    tone: str


def marks_of(spans: Spans, hops: Sequence[HopView]) -> list[Mark]:
    """The marks of a claim: `[[words]]`, `{S speaker}`, `{1 carrier}`, `<cue>`."""
    marks = [Mark(span, "[[", "]]", "claim") for span in spans]
    for hop in hops:
        sign, tone = ("S", "speaker") if hop.position == 1 else (str(hop.position - 1), "carrier")
        marks += [Mark(span, f"{{{sign}{GLUE}", "}", tone) for span in hop.mention]
        marks += [Mark(span, "<", ">", "cue") for span in hop.cue]
    # One cue may serve two hops: it is shown once.
    return list(dict.fromkeys(marks))


def marked(article: str, part: Span, marks: Iterable[Mark], *, sentence: Span) -> list[Segment]:
    """A part of an article in pieces, its marks properly nested.

    Args:
        article: The whole text.
        part: What of it; marks that reach beyond are closed at its end.
        marks: Around what brackets stand.
        sentence: Pieces inside it have the depth 1, inside the claim's words 2.
    """
    within = [
        mark._replace(span=Span(max(mark.span.start, part.start), min(mark.span.end, part.end)))
        for mark in marks
    ]
    within = [mark for mark in within if mark.span.start < mark.span.end]
    places = {part.start, part.end} | {edge for mark in within for edge in mark.span}
    places |= {edge for edge in sentence if part.start < edge < part.end}
    pieces: list[Segment] = []
    open_marks: list[Mark] = []
    ordered = sorted(places)
    for place, following in zip(ordered, [*ordered[1:], part.end], strict=True):
        depth = _depth(open_marks, place, sentence)
        pieces += _close(open_marks, place, depth)
        opening = [mark for mark in within if mark.span.start == place]
        for mark in sorted(opening, key=lambda mark: -mark.span.end):
            open_marks.append(mark)
            pieces.append(Segment(mark.opens, mark.tone, _depth(open_marks, place, sentence)))
        if place < following:
            tone = open_marks[-1].tone if open_marks else "text"
            depth = _depth(open_marks, place, sentence)
            pieces.append(Segment(visible(article[place:following]), tone, depth))
    return pieces


def _depth(open_marks: Iterable[Mark], place: int, sentence: Span) -> int:
    if any(mark.tone == "claim" for mark in open_marks):
        return 2
    return 1 if sentence.start <= place < sentence.end else 0


def _close(open_marks: list[Mark], place: int, depth: int) -> list[Segment]:
    """Close what ends here; what does not end is closed over it and opened again."""
    pieces: list[Segment] = []
    if not any(mark.span.end == place for mark in open_marks):
        return pieces
    again: list[Mark] = []
    while any(mark.span.end == place for mark in open_marks):
        mark = open_marks.pop()
        pieces.append(Segment(mark.closes, mark.tone, depth))
        if mark.span.end > place:
            again.insert(0, mark)
    for mark in again:
        open_marks.append(mark)
        pieces.append(Segment(mark.opens, mark.tone, depth))
    return pieces
