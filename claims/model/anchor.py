"""Anchors: where the words of a claim stand in another version of its article."""

from dataclasses import dataclass
from enum import StrEnum

from claims.model.json import JsonObject
from claims.model.span import Spans


class AnchorState(StrEnum):
    """What became of a claim's words in another version."""

    SAME = "same"
    """The same words, reported in the same way, in their place of the article."""
    MOVED = "moved"
    """The same words elsewhere."""
    ALTERED = "altered"
    """Other words in their place, or the same words under another name."""
    LOST = "lost"
    """Nothing there stands for them."""
    AMBIGUOUS = "ambiguous"
    """More than one place might stand for them."""


class Change(StrEnum):
    """How the words of a claim differ between two versions."""

    TYPOGRAPHY = "typography"
    """Case, quotation marks, dashes, spaces."""
    WORDS = "words"
    NUMBER = "number"
    """A number, a currency or a per cent sign."""
    NEGATION = "negation"
    ATTRIBUTION = "attribution"
    """The words that name a source, or that report."""
    FORM = "form"
    """Other words than before stand between quotation marks."""


@dataclass(frozen=True, slots=True)
class SoughtHop:
    """The words of one attribution, where they stand in the old version."""

    mention: Spans
    cue: Spans = ()
    capacity: Spans = ()


@dataclass(frozen=True, slots=True)
class SoughtClaim:
    """A claim as it stands in the old version.

    Attributes:
        content: Where the words that carry it stand.
        hops: Its chain from the voice outward.
    """

    content: Spans
    hops: tuple[SoughtHop, ...] = ()


@dataclass(frozen=True, slots=True)
class HopAnchor:
    """Where the words of one attribution stand in the new version; empty where they do not."""

    mention: Spans
    cue: Spans
    capacity: Spans

    def to_json(self) -> JsonObject:
        """As the column `hop_spans` holds it."""
        return {
            name: [list(span) for span in spans]
            for name, spans in (
                ("mention", self.mention), ("cue", self.cue), ("capacity", self.capacity)
            )
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a claim stands in the new version.

    Attributes:
        state: What became of it.
        spans: Where the words stand; empty if lost. If it is ambiguous, the likeliest place.
        score: 0 to 1, how likely the place is right.
        runner_up: The score of the next best place; None if there is no other.
        changes: What differs, in the order of `Change`.
        hops: Where its attributions stand; empty if lost or ambiguous.
    """

    state: AnchorState
    spans: Spans
    score: float
    runner_up: float | None = None
    changes: tuple[Change, ...] = ()
    hops: tuple[HopAnchor, ...] = ()
