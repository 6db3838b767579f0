"""How likely two names are one person's: a formula over what agrees, and words that explain it.

The score is a product. It starts at 1; each part of the names that differs multiplies it. The
factors and thresholds were found on one half of tests/gate/names.csv and judged on the other
(docs/sources.md has the table).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from nicknames import NickNamer
from rapidfuzz.distance import OSA

from claims.sources.lexicon import person_words
from claims.sources.names import PersonName
from claims.sources.offices import Agreement
from claims.text.romanise import skeleton

CERTAIN = 0.9
"""From here on a mention is linked to a source without asking."""

POSSIBLE = 0.5
"""From here on a pair is suggested."""

SPELLING = 0.97
"""Words that are one name in two romanisations."""
NICKNAME = 0.96
TYPO = 0.93
"""One letter of a long name, neither at its start nor its last."""
INITIAL = 0.8
MIDDLE_LEFT_OUT = 0.98
SECOND_SURNAME_LEFT_OUT = 0.93
TURNED = 0.98
"""Family name first in one, last in the other."""
OTHER_SCRIPT = 0.7
OTHER_MIDDLE = 0.6
OTHER_GENERATION = 0.5
GIVEN_LEFT_OUT = 0.6
"""More than a family name is left, but the first given name is gone."""
FAMILY_ONLY = 0.55
ONE_NAME = 0.95
COMMON = 0.7
"""Many bear the name and nothing else speaks for it."""
CLASHING = 0.8
OTHER_GENDER = 0.3

START = 3
"""Letters of a word that a typo is taken to leave alone, so that they can be looked up: with one
alone twice as many pairs are compared, and McConnell is MacConnell."""
TYPO_LENGTH = 7
ROMANISED = 4
"""Shorter words are not compared by their skeleton: Jan is not Yan."""


Pairs = tuple[tuple[int, int], ...]
"""Places in two names whose words are alike."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are.

    Attributes:
        score: 0 to 1.
        reason: What was found, in words, most telling last.
    """

    score: float
    reason: str


NOTHING = NameMatch(0.0, "another name")


@cache
def _namer() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=65_536)
def short_forms(word: str) -> frozenset[str]:
    """Short and long forms of an English given name: Bill and William."""
    return frozenset(_namer().nicknames_of(word)) | frozenset(_namer().canonicals_of(word))


@lru_cache(maxsize=262_144)
def compare_words(one: str, other: str) -> float:
    """How alike two folded words of persons' names are: 1 same, 0 others."""
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return INITIAL if one[0] == other[0] else 0.0
    if _are_two_names(one, other):
        return 0.0
    if _is_spelling(one, other):
        return SPELLING
    if other in short_forms(one) and not _is_other_gender(one, other):
        return NICKNAME
    return TYPO if is_typo(one, other) else 0.0


def _are_two_names(one: str, other: str) -> bool:
    """Whether each is a family name of many: Anderson is not Andersson."""
    common = person_words().common_family
    return one in common and other in common


@lru_cache(maxsize=65_536)
def spelling_of(word: str) -> str:
    """What all romanisations of a word have in common."""
    return skeleton(person_words().variants.get(word, word))


def _is_spelling(one: str, other: str) -> bool:
    lexicon = person_words()
    if lexicon.variants.get(one, one) == lexicon.variants.get(other, other):
        return True
    return min(len(one), len(other)) >= ROMANISED and spelling_of(one) == spelling_of(other)


def _is_other_gender(one: str, other: str) -> bool:
    """Whether two given names differ in their ending alone: Daniel, Daniela, Danielle."""
    endings = ("", "a", "e", "o", "er", "ra", "ine", "ina", "la", "le", "lle", "ki", "na", "ne")
    stems = [{name.removesuffix(end) for end in endings} for name in (one, other)]
    longest = min(len(one), len(other)) - 1
    return any(len(stem) >= longest for stem in stems[0] & stems[1])


def is_typo(one: str, other: str) -> bool:
    """Whether long words differ by one letter, neither at the start nor the last."""
    inner = one[:START] == other[:START] and one[-1] == other[-1]
    return inner and min(len(one), len(other)) >= TYPO_LENGTH and OSA.distance(one, other) == 1


def compare_persons(one: PersonName, other: PersonName, offices: Agreement) -> NameMatch:
    """How likely two names are one person's.

    Args:
        one: A name.
        other: Another.
        offices: Whether what is printed of their offices agrees.
    """
    if not one.words or not other.words:
        return NOTHING
    found = _compare_orders(one, other)
    if found.score == 0:
        return found
    score, reasons = found.score, [found.reason]
    for factor, reason in _circumstances(one, other, offices):
        score *= factor
        reasons.append(reason)
    return NameMatch(score, "; ".join(reasons))


def _circumstances(
    one: PersonName, other: PersonName, offices: Agreement
) -> list[tuple[float, str]]:
    """What beside the words themselves speaks for or against."""
    found = []
    if one.scripts != other.scripts or len(one.scripts) > 1:
        found.append((OTHER_SCRIPT, "letters of another script"))
    if one.generation != other.generation:
        found.append((OTHER_GENERATION, "another generation"))
    if one.gender and other.gender and one.gender != other.gender:
        found.append((OTHER_GENDER, "another gender"))
    if offices is Agreement.AGREE:
        found.append((1.0, "same office"))
    elif is_widespread(one) or is_widespread(other):
        found.append((COMMON, "many bear this name"))
    if offices is Agreement.CLASH:
        found.append((CLASHING, "other offices"))
    return found


def is_widespread(name: PersonName) -> bool:
    """Whether many people bear a name, so that it alone says little."""
    lexicon = person_words()
    words = [word for word in name.words if len(word) > 1]
    family = lexicon.common_family
    return any(word in family for word in words) and all(
        word in family or word in lexicon.common_given for word in words
    )


def _compare_orders(one: PersonName, other: PersonName) -> NameMatch:
    if one.joined == other.joined:
        return _same(one)
    straight = _compare_sequences(one, other)
    if straight.score >= CERTAIN or len(one.words) < 2 or len(other.words) < 2:  # noqa: PLR2004
        return straight
    first = person_words().family_first
    turned = (*other.words[1:], other.words[0])
    if other.words[0] in first and _all_alike(one.words, turned):
        return NameMatch(TURNED, "same name, family name first")
    turned = (*one.words[1:], one.words[0])
    if one.words[0] in first and _all_alike(turned, other.words):
        return NameMatch(TURNED, "same name, family name first")
    return straight


def _same(name: PersonName) -> NameMatch:
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
        return NOTHING
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
    named = {SPELLING: "another spelling", NICKNAME: "a short form", TYPO: "one letter differs"}
    return named.get(level, "only an initial agrees")


def _align(one: Sequence[str], other: Sequence[str]) -> Pairs:
    """The pairs of places, in order in both, whose words are most alike in sum."""
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
    """Factors for what one name has and the other lacks, from the first word to the last."""
    found = []
    first, last = pairs[0], pairs[-1]
    if first[0] and first[1]:
        return [(0.0, "another given name")]
    if first[0] or first[1]:
        more = len(pairs) > 1
        found.append((GIVEN_LEFT_OUT if more else FAMILY_ONLY, "the given name is not stated"))
    behind = (len(one.words) - 1 - last[0], len(other.words) - 1 - last[1])
    if all(behind):
        return [(0.0, "another family name")]
    if any(behind):
        words = [*one.words[last[0] + 1 :], *other.words[last[1] + 1 :]]
        found.append(_behind_left_out(words, [one.words[i] for i, _ in pairs]))
    for (i, j), (k, m) in pairwise(pairs):
        gaps = (range(i + 1, k), range(j + 1, m))
        if all(gaps):
            found.append((OTHER_MIDDLE, "another middle name"))
        elif any(gaps):
            part = one.compound.intersection(gaps[0]) or other.compound.intersection(gaps[1])
            middle = [*one.words[i + 1 : k], *other.words[j + 1 : m]]
            initials = len(pairs) > 2 and any(len(word) == 1 for word in middle)  # noqa: PLR2004
            factor = OTHER_MIDDLE if initials or part else MIDDLE_LEFT_OUT
            found.append((factor, "a middle name is left out"))
    return found


def _behind_left_out(words: Sequence[str], kept: Sequence[str]) -> tuple[float, str]:
    """In Spanish a second family name goes unsaid; elsewhere a short last word is a given name."""
    telling = all(len(word) > 3 for word in kept) and len(words[0]) > 2  # noqa: PLR2004
    if len(kept) > 1 and len(words) == 1 and telling:
        return SECOND_SURNAME_LEFT_OUT, "a second family name is left out"
    return FAMILY_ONLY, "a family name is left out"
