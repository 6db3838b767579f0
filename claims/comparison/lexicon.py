"""Words that a comparison of wordings must know: negations, hedges, opposites, small words."""

import json
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from itertools import product

_FOLDER = files("claims.comparison").joinpath("lexicons")
_WORDS: dict[str, str | list[str]] = json.loads(_FOLDER.joinpath("words.json").read_text("utf-8"))


def _set(name: str) -> frozenset[str]:
    words = _WORDS[name]
    return frozenset(words.split() if isinstance(words, str) else words)


def _lines(name: str) -> list[tuple[str, list[str]]]:
    lines = _FOLDER.joinpath(name).read_text("utf-8").splitlines()
    parts = [line.split(" : ") for line in lines if line and not line.startswith("#")]
    return [(word, others.split()) for word, others in parts]


SMALL, AUXILIARIES = _set("small") | _set("auxiliaries"), _set("auxiliaries")
NEGATIONS, REFUSALS, FAILURES = _set("negations"), _set("refusals"), _set("failures")
HEDGES, APPROXIMATIONS = _set("hedges"), _set("approximations")
BOUNDS = frozenset(tuple(bound.split()) for bound in _set("bounds"))
MONTHS, WEEKDAYS = _set("months"), _set("weekdays")

WITHDRAWING, REMARKS = _set("withdrawing"), _set("remarks")

_LEMMAS: dict[str, frozenset[str]] = {
    form: frozenset({form, verb}) for verb, forms in _lines("irregular.txt") for form in forms
}
IRREGULAR = frozenset(_LEMMAS)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
# Words that begin like the opposite of another one and are none.
_ALONE = _set("no_opposites")
_LEAST = 4
"""Letters of a word, or of what is left of it, that make it one."""


def _read_opposites() -> dict[str, frozenset[str]]:
    opposites: defaultdict[str, set[str]] = defaultdict(set)
    for word, others in _lines("opposites.txt"):
        for other in others:
            opposites[word].add(other)
            opposites[other].add(word)
    return {word: frozenset(others) for word, others in opposites.items()}


_OPPOSITES = _read_opposites()


@lru_cache(maxsize=65_536)
def lemmas(word: str) -> frozenset[str]:
    """What a word may be a form of, itself among them; English endings and irregular verbs."""
    if word in _LEMMAS:
        return _LEMMAS[word]
    stems = {word}
    for ending, others in (
        ("ies", ("y",)),
        ("ied", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
    ):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _LEAST - 1:
            stems.update(stem + other for other in others)
            if ending in {"ed", "ing"} and stem[-1] == stem[-2]:
                stems.add(stem[:-1])
    return frozenset(stem for stem in stems if not (word.endswith("ss") and stem == word[:-1]))


def same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one."""
    return not lemmas(one).isdisjoint(lemmas(other))


def opposed(one: str, other: str) -> bool:
    """Whether two words, in whatever form, say opposite things: rise and fell, safe and unsafe."""
    return any(_opposed(*pair) for pair in product(lemmas(one), lemmas(other)))


def _opposed(one: str, other: str) -> bool:
    if other in _OPPOSITES.get(one, ()):
        return True
    if one.endswith(("less", "ful")) and other.endswith(("less", "ful")):
        stems = one.removesuffix("less").removesuffix("ful"), other[: -len("ful")]
        return one != other and other.removesuffix("less").removesuffix("ful") == stems[0]
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= _LEAST
        and short not in _ALONE
        and any(long == prefix + short for prefix in _PREFIXES)
    )
