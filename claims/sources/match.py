"""How likely it is that two names are one person's: a score, and the reason in words.

The score is a product. It starts at 1; each part of the names that differs multiplies it. The
factors and thresholds were found on one half of tests/gate/names.csv and judged on the other
(docs/sources.md has the table).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from claims.sources.lexicon import person_words
from claims.sources.match_words import INITIAL, NICKNAME, SPELLING, TYPO, compare_words
from claims.sources.names import PersonName
from claims.sources.offices import Agreement

CERTAIN = 0.9
"""The score from which a mention is linked to a source without asking."""

POSSIBLE = 0.5
"""The score from which a pair is suggested."""

MIDDLE_LEFT_OUT = 0.98
SECOND_SURNAME_LEFT_OUT = 0.93
REORDERED = 0.98
"""The family name comes first in one name, last in the other."""
OTHER_SCRIPT = 0.7
OTHER_MIDDLE = 0.6
OTHER_GENERATION = 0.5
GIVEN_LEFT_OUT = 0.6
"""More than a family name agrees, but one name lacks the first given name."""
FAMILY_ONLY = 0.55
ONE_NAME = 0.95
COMMON = 0.7
"""Many people bear the name, and nothing else supports the match."""
OTHER_OFFICE = 0.8
OTHER_GENDER = 0.3

Pairs = tuple[tuple[int, int], ...]
"""Indexes of words in two names that are alike."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are.

    Attributes:
        score: 0 to 1.
        reason: What agrees and what differs, in words.
    """

    score: float
    reason: str


NO_MATCH = NameMatch(0.0, "another name")


@lru_cache(maxsize=262_144)
def compare_persons(one: PersonName, other: PersonName, offices: Agreement) -> NameMatch:
    """How likely two names are one person's.

    Args:
        one: A name.
        other: Another.
        offices: Whether the printed descriptions of their offices agree.
    """
    if not one.words or not other.words:
        return NO_MATCH
    match = _compare_orders(one, other)
    if match.score == 0:
        return match
    score, reasons = match.score, [match.reason]
    for factor, reason in _circumstances(one, other, offices):
        score *= factor
        reasons.append(reason)
    return NameMatch(score, "; ".join(reasons))


def _circumstances(
    one: PersonName, other: PersonName, offices: Agreement
) -> list[tuple[float, str]]:
    """Factors for everything but the words themselves, each with its reason."""
    factors = []
    if one.scripts != other.scripts or len(one.scripts) > 1:
        factors.append((OTHER_SCRIPT, "letters of another script"))
    if one.generation != other.generation:
        factors.append((OTHER_GENERATION, "another generation"))
    if one.gender and other.gender and one.gender != other.gender:
        factors.append((OTHER_GENDER, "another gender"))
    if offices is Agreement.AGREE:
        factors.append((1.0, "same office"))
    elif is_widespread(one) or is_widespread(other):
        factors.append((COMMON, "many bear this name"))
    if offices is Agreement.CLASH:
        factors.append((OTHER_OFFICE, "other offices"))
    return factors


def is_widespread(name: PersonName) -> bool:
    """Whether so many people bear a name that it does not identify anybody."""
    lexicon = person_words()
    words = [word for word in name.words if len(word) > 1]
    family = lexicon.common_family
    return any(word in family for word in words) and all(
        word in family or word in lexicon.common_given for word in words
    )


def _compare_orders(one: PersonName, other: PersonName) -> NameMatch:
    if one.joined == other.joined:
        return _equal(one)
    in_order = _compare_sequences(one, other)
    if in_order.score >= CERTAIN or min(len(one.words), len(other.words)) == 1:
        return in_order
    for name, family_first in ((one, other), (other, one)):
        family, *given_names = family_first.words
        written_first = family in person_words().family_first
        if written_first and _all_alike(name.words, (*given_names, family)):
            return NameMatch(REORDERED, "same name, family name first")
    return in_order


def _equal(name: PersonName) -> NameMatch:
    if name.full or sum(len(word) == 1 for word in name.words) > 1:
        return NameMatch(1.0, "same name")
    if len(name.words) == 1 and name.regal:
        return NameMatch(ONE_NAME, "same name and title")
    if len(name.words) > 1:
        return NameMatch(INITIAL, "same initial and family name")
    return NameMatch(FAMILY_ONLY, "one name alone")


def _all_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if "".join(one) == "".join(other):
        return True
    return len(one) == len(other) and all(
        compare_words(a, b) >= SPELLING for a, b in zip(one, other, strict=True)
    )


def _compare_sequences(one: PersonName, other: PersonName) -> NameMatch:
    pairs = _align(one.words, other.words)
    if not pairs:
        return NO_MATCH
    score, reasons = 1.0, []
    for i, j in pairs:
        level = compare_words(one.words[i], other.words[j])
        inner = 0 < i < len(one.words) - 1 and 0 < j < len(other.words) - 1
        score *= MIDDLE_LEFT_OUT if inner and level == INITIAL else level
        if level < 1:
            reasons.append(_difference(level))
    for factor, reason in _left_out(one, other, pairs):
        score *= factor
        reasons.append(reason)
    return NameMatch(score, "; ".join(dict.fromkeys(reasons)) or "same name")


def _difference(level: float) -> str:
    reasons = {SPELLING: "another spelling", NICKNAME: "a short form", TYPO: "one letter differs"}
    return reasons.get(level, "only an initial agrees")


def _align(one: Sequence[str], other: Sequence[str]) -> Pairs:
    """The pairs of words, in order in both names, that are most alike in sum."""
    best: dict[tuple[int, int], tuple[float, Pairs]] = {}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            choices: list[tuple[float, Pairs]] = (
                [(0.0, ())] if 0 in (i, j) else [best[i - 1, j], best[i, j - 1]]
            )
            if i and j and (level := compare_words(one[i - 1], other[j - 1])):
                total, pairs = best[i - 1, j - 1]
                choices.append((total + level, (*pairs, (i - 1, j - 1))))
            best[i, j] = max(choices, key=lambda choice: choice[0])
    return best[len(one), len(other)][1]


def _left_out(
    one: PersonName, other: PersonName, pairs: Sequence[tuple[int, int]]
) -> list[tuple[float, str]]:
    """Factors for the words that one name has and the other lacks, from first to last."""
    factors = []
    first, last = pairs[0], pairs[-1]
    if first[0] and first[1]:
        return [(0.0, "another given name")]
    if first[0] or first[1]:
        more = len(pairs) > 1
        factors.append((GIVEN_LEFT_OUT if more else FAMILY_ONLY, "the given name is not stated"))
    endings = (one.words[last[0] + 1 :], other.words[last[1] + 1 :])
    if all(endings):
        return [(0.0, "another family name")]
    if any(endings):
        factors.append(_ending_left_out(endings[0] + endings[1], [one.words[i] for i, _ in pairs]))
    for (i, j), (k, m) in pairwise(pairs):
        gaps = (range(i + 1, k), range(j + 1, m))
        if all(gaps):
            factors.append((OTHER_MIDDLE, "another middle name"))
        elif any(gaps):
            part = one.compound.intersection(gaps[0]) or other.compound.intersection(gaps[1])
            middle = [*one.words[i + 1 : k], *other.words[j + 1 : m]]
            initials = len(pairs) > 2 and any(len(word) == 1 for word in middle)  # noqa: PLR2004 - letters and parts of a name
            factor = OTHER_MIDDLE if initials or part else MIDDLE_LEFT_OUT
            factors.append((factor, "a middle name is left out"))
    return factors


def _ending_left_out(ending: Sequence[str], shared: Sequence[str]) -> tuple[float, str]:
    """The factor for last words that one name lacks.

    In Spanish a second family name can be left out; elsewhere a short last word is a given name.
    """
    telling = all(len(word) > 3 for word in shared) and len(ending[0]) > 2  # noqa: PLR2004 - letters and parts of a name
    if len(shared) > 1 and len(ending) == 1 and telling:
        return SECOND_SURNAME_LEFT_OUT, "a second family name is left out"
    return FAMILY_ONLY, "a family name is left out"
