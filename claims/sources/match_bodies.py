"""How likely two names are one organisation's or outlet's."""

from collections.abc import Sequence
from functools import lru_cache

from claims.sources.match import FAMILY_ONLY as PART
from claims.sources.match import NO_MATCH, OTHER_SCRIPT, REORDERED, NameMatch
from claims.sources.match_words import INITIAL, SPELLING, TYPO, is_typo
from claims.sources.names import BodyName

SURE_LENGTH = 3
"""Shorter abbreviations have too many meanings."""


@lru_cache(maxsize=65_536)
def compare_bodies(one: BodyName, other: BodyName) -> NameMatch:
    """How likely two names are one organisation's or outlet's."""
    match = _compare_bodies(one, other)
    if match.score and (one.scripts != other.scripts or len(one.scripts) > 1):
        return NameMatch(match.score * OTHER_SCRIPT, f"{match.reason}; letters of another script")
    return match


def _compare_bodies(one: BodyName, other: BodyName) -> NameMatch:
    if one.host or other.host:
        return _compare_hosts(one, other)
    if one.printed == other.printed or one.words == other.words:
        return NameMatch(1.0, "same name")
    if sorted(one.words) == sorted(other.words):
        return NameMatch(REORDERED, "same words in another order")
    if "".join(one.words) == "".join(other.words):
        return NameMatch(SPELLING, "same letters")
    return _abbreviation(one, other) or _difference(one.words, other.words)


def _abbreviation(one: BodyName, other: BodyName) -> NameMatch | None:
    for short, long in ((one.short, other), (other.short, one)):
        if short and _abbreviates(short, long):
            return NameMatch(TYPO if len(short) >= SURE_LENGTH else INITIAL, "its abbreviation")
    return None


def _abbreviates(short: str, long: BodyName) -> bool:
    every = "".join(word[0] for word in long.printed)
    telling = "".join(word[0] for word in long.words)
    return len(long.printed) > 1 and short in {every, telling, every.removeprefix("t")}


def _difference(one: Sequence[str], other: Sequence[str]) -> NameMatch:
    if set(one) < set(other) or set(other) < set(one):
        return NameMatch(PART, "part of the name")
    if len(one) == len(other):
        differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        if len(differing) == 1 and len(one) > 1 and is_typo(*differing[0]):
            return NameMatch(TYPO, "one letter differs")
    return NO_MATCH


def _compare_hosts(one: BodyName, other: BodyName) -> NameMatch:
    if one.host and other.host:
        return NameMatch(1.0, "same address") if one.host == other.host else NO_MATCH
    host, named = (one.host, other) if one.host else (other.host, one)
    name = max(str(host).split(".")[:-1], key=len).replace("-", "")
    if name in {"".join(named.printed), "".join(named.words)}:
        return NameMatch(SPELLING, "its address")
    shortened = "".join(word[0] for word in named.words[:-1]) + named.words[-1]
    if len(named.words) >= SURE_LENGTH and name == shortened:
        return NameMatch(TYPO, "its address, shortened")
    return NO_MATCH
