"""One body under several names: "the World Health Organization (WHO)", later "the WHO"."""

import re
from collections.abc import Iterable, Mapping

SMALL = frozenset({"of", "the", "for", "and", "in", "on", "de", "du", "la", "&"})
"""Words of a name that its letters may leave out."""

ACRONYM = re.compile(r"[A-Z][A-Za-z&]*[A-Z]|[A-Z]{2,}")
LONGEST = 8
"""Letters of an acronym at most."""


def find_full_names(names: Iterable[str]) -> Mapping[str, str]:
    """The full name of each body that an article also calls by its letters.

    Args:
        names: All names of bodies in the article, as printed.

    Returns:
        By the short name in lower case; without those that could be short for several.
    """
    distinct = list(dict.fromkeys(names))
    by_letters: dict[str, set[str]] = {}
    for name in distinct:
        for letters in _letters_of(name):
            by_letters.setdefault(letters, set()).add(name)
    full: dict[str, str] = {}
    for name in distinct:
        longer = by_letters.get(name.lower(), set()) if _is_acronym(name) else set()
        if len({one.lower() for one in longer}) == 1:
            full[name.lower()] = next(iter(longer))
    return full


def _is_acronym(name: str) -> bool:
    return len(name) <= LONGEST and ACRONYM.fullmatch(name) is not None


def _letters_of(name: str) -> set[str]:
    """The letters that a name of several words can be called by, with its small words or not."""
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isalnum() or word == "&"]
    if len(words) == 1:
        return set()
    every = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if word.lower() not in SMALL)
    return {every.lower(), large.lower()} - {""}
