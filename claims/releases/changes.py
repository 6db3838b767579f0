"""How two states differ: claims field by field in words, sources by name and by what they are."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.catalogue.card import ClaimCard, HopCard

Facts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        what: Of a claim added, removed, changed; of a source renamed, merged, separated, changed;
            of a link confirmed, refused, changed, undone.
        kind: claim, source or link.
        id: The claim or source; of a link the claim that is linked.
        name: The speaker, or the source's name.
        field: What differs, in words; None if the whole claim came or went. Of a link the start of
            the other claim's id.
        before: As it was in the first state.
        after: As it is in the second.
        other: Of a link the claim that it leads to.
    """

    what: str
    kind: str
    id: uuid.UUID
    name: str
    field: str | None
    before: str | None
    after: str | None
    other: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source in one state.

    Attributes:
        merged: Whether it was merged into another.
        shown_as: Name of the source it is shown as; its own if it is not merged.
        others: Its further fields by name.
    """

    id: uuid.UUID
    name: str
    merged: bool
    shown_as: str
    others: Facts


def compare_claims(old: ClaimCard | None, new: ClaimCard | None) -> list[Change]:
    """What became of a claim; None for a state that does not publish it."""
    if old is None:
        return [_whole("added", new, None, new.reported)] if new else []
    if new is None:
        return [_whole("removed", old, old.reported, None)]
    return [
        Change("changed", "claim", new.id, new.speaker, field, before, after)
        for field, before, after in _differing(_facts(old), _facts(new))
    ]


def compare_sources(old: SourceFacts | None, new: SourceFacts | None) -> list[Change]:
    """What became of a source that both states have; of any other nothing."""
    if old is None or new is None:
        return []
    changes = []
    if old.name != new.name:
        changes.append(Change("renamed", "source", new.id, old.name, "name", old.name, new.name))
    if (old.merged, old.shown_as) != (new.merged, new.shown_as) and (old.merged or new.merged):
        what = "merged" if new.merged else "separated"
        facts = ("shown as", old.shown_as, new.shown_as)
        changes.append(Change(what, "source", new.id, old.name, *facts))
    return changes + [
        Change("changed", "source", new.id, new.name, field, before, after)
        for field, before, after in _differing(old.others, new.others)
    ]


def compare_links(
    pair: tuple[uuid.UUID, uuid.UUID], speaker: str, before: str | None, after: str | None
) -> Change:
    """What became of what people settled of two claims.

    Args:
        pair: The claim that is linked, and the one it is linked to.
        speaker: Who said the words of the first.
        before: What was settled in the first state, in words; None for nothing.
        after: The same in the second state.
    """
    if after is None:
        what = "undone"
    elif before is not None:
        what = "changed"
    else:
        what = "refused" if after.startswith("not ") else "confirmed"
    a, b = pair
    return Change(what, "link", a, speaker, str(b)[:8], before, after, b)


def summarise(changes: Iterable[Change]) -> str:
    """How many differences of each kind: `2 claims added, 1 changed; 1 source renamed`.

    A claim of which several fields changed counts once.
    """
    counted = Counter(
        (kind, what)
        for kind, what, *_ in {(one.kind, one.what, one.id, one.other) for one in changes}
    )
    parts = []
    for kind, ways in WAYS.items():
        counts = [f"{counted[kind, what]} {what}" for what in ways if counted[kind, what]]
        if counts:
            number, _, rest = counts[0].partition(" ")
            noun = kind if number == "1" else f"{kind}s"
            parts.append(", ".join([f"{number} {noun} {rest}", *counts[1:]]))
    return "; ".join(parts) or "nothing differs"


WAYS = {
    "claim": ("added", "removed", "changed"),
    "source": ("renamed", "merged", "separated", "changed"),
    "link": ("confirmed", "refused", "changed", "undone"),
}


def _whole(what: str, card: ClaimCard, before: str | None, after: str | None) -> Change:
    return Change(what, "claim", card.id, card.speaker, None, before, after)


def _differing(old: Facts, new: Facts) -> list[tuple[str, str | None, str | None]]:
    return [(field, old[field], new[field]) for field in old if old[field] != new[field]]


def _facts(card: ClaimCard) -> Facts:
    """What is published of a claim, in words."""
    days = " to ".join(str(day) for day in dict.fromkeys(card.said_on or ()))
    return {
        "words": card.text,
        "form": card.form,
        "statement": card.statement,
        "speaker": card.speaker,
        "chain": " < ".join(_hop(hop) for hop in card.hops),
        "said": ", ".join(filter(None, (card.said_on_text, days))) or None,
        "venue": card.venue,
        "attribution confidence": _optional(card.attribution_confidence),
        "credibility": _optional(card.credibility),
        "article": card.document_status,
        "status": card.status,
    }


def _hop(hop: HopCard) -> str:
    who = ", ".join(filter(None, (hop.name or f"[{hop.mention}]", hop.capacity)))
    printed = f" printed “{hop.mention}”" if hop.name and hop.name != hop.mention else ""
    cue = f" “{hop.cue}”" if hop.cue else ""
    mode = "" if hop.mode == "says" else f" ({hop.mode})"
    return f"{who}{printed}{cue}{mode}"


def _optional(value: float | None) -> str | None:
    return None if value is None else str(value)
