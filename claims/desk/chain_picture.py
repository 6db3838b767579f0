"""The chain of a claim as a picture: where each box stands, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.catalogue.card import ClaimCard

WIDTH = 340
BOX = 46
GAP = 42
NAME = 38
"""Letters of a name that a box has room for; the whole name is in its title."""

CUE = 44
UNSURE = 0.7
"""Links that score less are drawn with a broken line, as cards mark them with `!`."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the picture.

    Attributes:
        top: Where it begins.
        name: What stands in it, cut to its width.
        whole: The same in full.
        below: A second line: the office, or what it is.
        label: What stands at the line to the next box: what is done with the words, and the cue.
        kind: speaker, carrier or outlet.
        unsure: Whether the link to the source is unsure, or nobody knows it.
    """

    top: int
    name: str
    whole: str
    below: str
    label: str
    kind: str
    unsure: bool

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + BOX


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """The picture.

    Attributes:
        boxes: From the speaker to the outlet.
        text: The same in a sentence, for whoever does not see it.
    """

    boxes: Sequence[Box]
    text: str
    width: int = WIDTH

    @property
    def height(self) -> int:
        """As much as the boxes need."""
        return self.boxes[-1].bottom + 2


def draw_chain(card: ClaimCard) -> ChainPicture:
    """The chain of a claim, from the speaker through everybody to the outlet."""
    boxes, sentence = [], []
    for number, hop in enumerate(card.hops):
        name = hop.name or (f"[{hop.mention}]" if hop.mention else "[nobody named]")
        score = hop.linked.score if hop.linked else None
        cue = f" “{_cut(hop.cue, CUE)}”" if hop.cue else ""
        boxes.append(
            Box(
                top=1 + number * (BOX + GAP),
                name=_cut(name, NAME),
                whole=name,
                below=_cut(hop.capacity or hop.description or hop.kind or "nobody known", NAME + 6),
                label=f"{hop.mode}{cue}" + (f" {score:.2f}" if score is not None else ""),
                kind="carrier" if number else "speaker",
                unsure=hop.source is None or (score is not None and score < UNSURE),
            )
        )
        sentence.append(f"{name} {hop.mode}{' it' if number else ''}")
    outlet = card.outlet or "an outlet not named"
    day = f", {card.published_at:%Y-%m-%d}" if card.published_at else ""
    boxes.append(
        Box(
            top=1 + len(card.hops) * (BOX + GAP),
            name=_cut(outlet, NAME),
            whole=outlet,
            below=f"printed it{day}, version {card.version}",
            label="",
            kind="outlet",
            unsure=False,
        )
    )
    sentence.append(f"{outlet} printed it")
    return ChainPicture(boxes, "; ".join(sentence) + ".")


def _cut(text: str, length: int) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= length else f"{joined[: length - 1]}…"
