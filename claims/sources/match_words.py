"""How alike two words of names are: the same, another spelling, a short form, a typing error.

A word is folded: lower-case ASCII. The factors are part of the formula in `match.py`.
"""

from functools import cache, lru_cache

from nicknames import NickNamer
from rapidfuzz.distance import OSA

from claims.sources.lexicon import person_words
from claims.text.romanise import skeleton

SPELLING = 0.97
"""Words that are one name in two romanisations."""
NICKNAME = 0.96
TYPO = 0.93
"""One letter of a long name, neither at its start nor its last."""
INITIAL = 0.8

START = 3
"""Letters at the start of a word in which no typing error is expected, so that the word can be
looked up by them. With one letter alone twice as many pairs are compared, and McConnell matches
MacConnell."""
TYPO_LENGTH = 7
ROMANISED = 4
"""Shorter words are not compared by their skeleton: Jan is not Yan."""


@cache
def _nicknames() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=65_536)
def short_forms(word: str) -> frozenset[str]:
    """Short and long forms of an English given name: Bill and William."""
    return frozenset(_nicknames().nicknames_of(word)) | frozenset(_nicknames().canonicals_of(word))


@lru_cache(maxsize=262_144)
def compare_words(one: str, other: str) -> float:
    """How alike two folded words of persons' names are, from 0 (different) to 1 (equal)."""
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
    """Whether each is a family name of many people: Anderson is not Andersson."""
    common = person_words().common_family
    return one in common and other in common


@lru_cache(maxsize=65_536)
def spelling_of(word: str) -> str:
    """The form that all romanisations of a word share."""
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
    """Whether two long words differ by one letter, neither at the start nor the last."""
    inner = one[:START] == other[:START] and one[-1] == other[-1]
    return inner and min(len(one), len(other)) >= TYPO_LENGTH and OSA.distance(one, other) == 1
