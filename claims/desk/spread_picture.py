"""How an utterance spread, as a picture: a line for each who passed the words on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from claims.comparison.drawing import as_text
from claims.comparison.spread import Node

ROW, STEP = 30, 26
"""Pixels from one line to the next, and of a level."""

LETTERS = 46
"""Letters of a name that a line has room for; the whole name is in its title."""

WIDTH = 640
MOST = 200
"""Lines of the picture; the text beneath has all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture.

    Attributes:
        x: Where its mark stands.
        y: Likewise.
        up: How far above the mark of whom it has the words from stands; 0 for the speaker.
        name: Cut to its width.
        whole: In full.
        below: When it was printed, and how.
        claim: The claim that was printed; None for those whom words only came through.
        withdrawn: Whether the article was withdrawn.
    """

    x: int
    y: int
    up: int
    name: str
    whole: str
    below: str
    claim: uuid.UUID | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class SpreadPicture:
    """The picture.

    Attributes:
        lines: From the speaker on.
        text: The same as text, a line each.
        more: How many lines have no room.
    """

    lines: Sequence[Line]
    text: Sequence[str]
    more: int
    width: int = WIDTH

    @property
    def height(self) -> int:
        """As much as the lines need."""
        return self.lines[-1].y + ROW // 2 + 4


def draw_spread(root: Node) -> SpreadPicture:
    """Draw the tree of an utterance."""
    rows = list(root.walk())
    places = {id(node): number for number, (node, _) in enumerate(rows)}
    parents = {id(child): places[id(node)] for node, _ in rows for child in node.children}
    lines = [
        _line(node, depth, number, number - parents.get(id(node), number))
        for number, (node, depth) in enumerate(rows[:MOST])
    ]
    return SpreadPicture(lines, as_text(root), max(0, len(rows) - MOST))


def _line(node: Node, depth: int, number: int, up: int) -> Line:
    printing, name = node.printing, " ".join(node.name.split())
    return Line(
        x=10 + depth * STEP,
        y=ROW // 2 + 2 + number * ROW,
        up=up * ROW,
        name=name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…",
        whole=name,
        below=f"{printing.printed_on}, {printing.form}" if printing else "",
        claim=printing.claim if printing else None,
        withdrawn=printing is not None and printing.document_status == "withdrawn",
    )
