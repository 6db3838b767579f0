"""How likely two names are one organisation's or outlet's."""

from collections.abc import Sequence

from claims.sources.likeness import (
    FAMILY_ONLY as PART,
)
from claims.sources.likeness import (
    INITIAL,
    NOTHING,
    OTHER_SCRIPT,
    SPELLING,
    TURNED,
    TYPO,
    Likeness,
    is_typo,
)
from claims.sources.names import BodyName

SURE_LENGTH = 3
"""Shorter abbreviations have too many meanings."""


def compare_bodies(one: BodyName, other: BodyName) -> Likeness:
    """How likely two names are one organisation's or outlet's."""
    found = _compare_bodies(one, other)
    if found.score and (one.scripts != other.scripts or len(one.scripts) > 1):
        return Likeness(found.score * OTHER_SCRIPT, f"{found.reason}; letters of another script")
    return found


def _compare_bodies(one: BodyName, other: BodyName) -> Likeness:
    if one.host or other.host:
        return _compare_hosts(one, other)
    if one.printed == other.printed or one.words == other.words:
        return Likeness(1.0, "same name")
    if sorted(one.words) == sorted(other.words):
        return Likeness(TURNED, "same words in another order")
    if "".join(one.words) == "".join(other.words):
        return Likeness(SPELLING, "same letters")
    return _abbreviation(one, other) or _difference(one.words, other.words)


def _abbreviation(one: BodyName, other: BodyName) -> Likeness | None:
    for short, long in ((one.short, other), (other.short, one)):
        if short and _abbreviates(short, long):
            return Likeness(TYPO if len(short) >= SURE_LENGTH else INITIAL, "its abbreviation")
    return None


def _abbreviates(short: str, long: BodyName) -> bool:
    every = "".join(word[0] for word in long.printed)
    telling = "".join(word[0] for word in long.words)
    return len(long.printed) > 1 and short in {every, telling, every.removeprefix("t")}


def _difference(one: Sequence[str], other: Sequence[str]) -> Likeness:
    if set(one) < set(other) or set(other) < set(one):
        return Likeness(PART, "part of the name")
    if len(one) == len(other):
        differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        if len(differing) == 1 and len(one) > 1 and is_typo(*differing[0]):
            return Likeness(TYPO, "one letter differs")
    return NOTHING


def _compare_hosts(one: BodyName, other: BodyName) -> Likeness:
    if one.host and other.host:
        return Likeness(1.0, "same address") if one.host == other.host else NOTHING
    host, named = (one.host, other) if one.host else (other.host, one)
    name = max(str(host).split(".")[:-1], key=len).replace("-", "")
    if name in {"".join(named.printed), "".join(named.words)}:
        return Likeness(SPELLING, "its address")
    shortened = "".join(word[0] for word in named.words[:-1]) + named.words[-1]
    if len(named.words) >= SURE_LENGTH and name == shortened:
        return Likeness(TYPO, "its address, shortened")
    return NOTHING
