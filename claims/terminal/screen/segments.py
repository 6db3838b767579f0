"""Lines of a screen: pieces of text with a tone each, measured and broken in cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from claims.text.display import visible

GLUE = "\N{NO-BREAK SPACE}"
"""Stands in marks where no line may break; shown as a space."""

WORDS = re.compile(r" +|[^ ]+")


class Segment(NamedTuple):
    """A run of text in one tone.

    Attributes:
        tone: A key of `claims.terminal.screen.styles.TONES`.
        depth: 0 outside the claim's sentence, 1 in it, 2 in the claim's words.
    """

    text: str
    tone: str = "text"
    depth: int = 0


Line = tuple[Segment, ...]


def line(*parts: str | Segment) -> Line:
    """A line of pieces; bare strings have the tone of text."""
    return tuple(part if isinstance(part, Segment) else Segment(part) for part in parts if part)


def width_of(pieces: Iterable[Segment]) -> int:
    """How many cells pieces take."""
    return cell_len("".join(piece.text for piece in pieces))


def words_in(pieces: Iterable[Segment]) -> str:
    """The text of pieces."""
    return "".join(piece.text for piece in pieces)


def cut(text: str, width: int) -> str:
    """A text made visible that takes so many cells at most, an ellipsis where it was cut."""
    shown = visible(text)
    if cell_len(shown) <= width:
        return shown
    if width < 1:
        return ""
    return set_cell_size(shown, width - 1).rstrip() + "…"


def fit(pieces: Sequence[Segment], width: int) -> Line:
    """A line cut at a width."""
    if width_of(pieces) <= width:
        return tuple(pieces)
    fitted: list[Segment] = []
    left = width
    for piece in pieces:
        taken = cell_len(piece.text)
        if taken < left:
            fitted.append(piece)
            left -= taken
            continue
        # One cell is kept for the ellipsis: what follows is cut off as well.
        kept = set_cell_size(piece.text, max(left - 1, 0)).rstrip()
        fitted.append(piece._replace(text=f"{kept}…" if left > 0 else ""))
        break
    # Signs that join others to one picture may be wider together than apart, or the other way.
    while fitted and width_of(fitted) > width:
        last = fitted.pop()
        if len(last.text) > 1:
            fitted.append(last._replace(text=last.text[:-2] + "…"))
    return tuple(fitted)


def pad(pieces: Sequence[Segment], width: int) -> Line:
    """A line of just so many cells."""
    fitted = fit(pieces, width)
    return (*fitted, Segment(" " * (width - width_of(fitted))))


def wrap(pieces: Iterable[Segment], width: int) -> list[Line]:
    """Break pieces into lines at spaces; words that are longer than a line anywhere.

    Args:
        pieces: Text without line ends, already made visible.
        width: Cells a line may take; 2 at least, which a wide letter needs.

    Returns:
        One line at least.
    """
    lines: list[Line] = []
    now: list[Segment] = []
    gap: Segment | None = None
    used = 0
    for word in _words(pieces):
        if word[0].text[0] == " ":
            gap = word[0] if now else None
            continue
        wide = width_of(word)
        if now and used + (gap is not None) + wide > width:
            lines.append(tuple(now))
            now, used, gap = [], 0, None
        if gap is not None:
            now.append(gap._replace(text=" "))
            used += 1
            gap = None
        if wide > width:
            *full, rest = _chop(word, width)
            lines.extend(full)
            word, wide = list(rest), width_of(rest)  # noqa: PLW2901 - the rest of it goes on
        now.extend(word)
        used += wide
    lines.append(tuple(now))
    return [_unglued(made) for made in lines]


def _words(pieces: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Runs of spaces, and words: which may go on from piece to piece."""
    word: list[Segment] = []
    for piece in pieces:
        for match in WORDS.finditer(piece.text):
            part = piece._replace(text=match.group())
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
    now: list[Segment] = []
    for piece in word:
        for part in chop_cells(piece.text, 1):
            if now and width_of([*now, Segment(part)]) > width:
                lines.append(_joined(now))
                now = []
            now.append(piece._replace(text=part))
    return [*lines, _joined(now)]


def _joined(pieces: list[Segment]) -> Line:
    joined: list[Segment] = []
    for piece in pieces:
        if joined and joined[-1][1:] == piece[1:]:
            joined[-1] = piece._replace(text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)


def _unglued(pieces: Line) -> Line:
    return _joined([piece._replace(text=piece.text.replace(GLUE, " ")) for piece in pieces])
