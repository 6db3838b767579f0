"""Lines of a screen: segments of text with a style each, measured and broken in cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from claims.text.display import visible

GLUE = "\N{NO-BREAK SPACE}"
"""Stands in marks where no line may break; shown as a space."""

WORDS = re.compile(r" +|[^ ]+")


class Segment(NamedTuple):
    """A run of text in one style.

    Attributes:
        style: A key of `claims.terminal.screen.styles.STYLES`.
        depth: 0 outside the claim's sentence, 1 in it, 2 in the claim's words.
    """

    text: str
    style: str = "text"
    depth: int = 0


Line = tuple[Segment, ...]


def line(*parts: str | Segment) -> Line:
    """A line of segments; bare strings have the style of text."""
    return tuple(part if isinstance(part, Segment) else Segment(part) for part in parts if part)


def width_of(segments: Iterable[Segment]) -> int:
    """How many cells segments take."""
    return cell_len("".join(segment.text for segment in segments))


def words_in(segments: Iterable[Segment]) -> str:
    """The text of segments."""
    return "".join(segment.text for segment in segments)


def cut(text: str, width: int) -> str:
    """A text made visible that takes so many cells at most, an ellipsis where it was cut."""
    result = visible(text)
    if cell_len(result) <= width:
        return result
    if width < 1:
        return ""
    return set_cell_size(result, width - 1).rstrip() + "…"


def fit(segments: Sequence[Segment], width: int) -> Line:
    """A line cut at a width."""
    if width_of(segments) <= width:
        return tuple(segments)
    result: list[Segment] = []
    left = width
    for segment in segments:
        cells = cell_len(segment.text)
        if cells < left:
            result.append(segment)
            left -= cells
            continue
        # One cell is left for the ellipsis: what follows is cut off as well.
        start = set_cell_size(segment.text, max(left - 1, 0)).rstrip()
        result.append(segment._replace(text=f"{start}…" if left > 0 else ""))
        break
    # Signs that join others to one picture may be wider together than apart, or the other way.
    while result and width_of(result) > width:
        last = result.pop()
        if len(last.text) > 1:
            result.append(last._replace(text=last.text[:-2] + "…"))
    return tuple(result)


def pad(segments: Sequence[Segment], width: int) -> Line:
    """A line of just so many cells."""
    result = fit(segments, width)
    return (*result, Segment(" " * (width - width_of(result))))


def wrap(segments: Iterable[Segment], width: int) -> list[Line]:
    """Break segments into lines at spaces; words that are longer than a line anywhere.

    Args:
        segments: Text without line ends, already made visible.
        width: Cells a line may take; 2 at least, which a wide letter needs.

    Returns:
        One line at least.
    """
    lines: list[Line] = []
    row: list[Segment] = []
    gap: Segment | None = None
    used = 0
    for word in _words(segments):
        if word[0].text[0] == " ":
            gap = word[0] if row else None
            continue
        wide = width_of(word)
        if row and used + (gap is not None) + wide > width:
            lines.append(tuple(row))
            row, used, gap = [], 0, None
        if gap is not None:
            row.append(gap._replace(text=" "))
            used += 1
            gap = None
        if wide > width:
            *full, rest = _chop(word, width)
            lines.extend(full)
            word, wide = list(rest), width_of(rest)  # noqa: PLW2901 - the rest of it goes on
        row.extend(word)
        used += wide
    lines.append(tuple(row))
    return [_unglue(full_line) for full_line in lines]


def _words(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Runs of spaces, and words: which may go on from segment to segment."""
    word: list[Segment] = []
    for segment in segments:
        for match in WORDS.finditer(segment.text):
            part = segment._replace(text=match.group())
            if part.text[0] != " ":
                word.append(part)
                continue
            if word:
                yield word
                word = []
            yield [part]
    if word:
        yield word


def _chop(word: list[Segment], width: int) -> list[Line]:
    lines: list[Line] = []
    row: list[Segment] = []
    for segment in word:
        for part in chop_cells(segment.text, 1):
            if row and width_of([*row, Segment(part)]) > width:
                lines.append(_merge_equal(row))
                row = []
            row.append(segment._replace(text=part))
    return [*lines, _merge_equal(row)]


def _merge_equal(segments: list[Segment]) -> Line:
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1][1:] == segment[1:]:
            joined[-1] = segment._replace(text=joined[-1].text + segment.text)
        else:
            joined.append(segment)
    return tuple(joined)


def _unglue(segments: Line) -> Line:
    return _merge_equal(
        [segment._replace(text=segment.text.replace(GLUE, " ")) for segment in segments]
    )
