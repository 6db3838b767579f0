"""The skeleton of a romanised word: the same for all tables of romanisation."""

import re
from functools import lru_cache

_STEPS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("tsch|tch|cz|tsh", "ch"),
        ("sch", "sh"),
        ("ph", "f"),
        ("kh", "h"),
        ("zh", "j"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("ff$|f$", "v"),
        ("tz", "ts"),
        ("ou|oo", "u"),
        ("ee", "i"),
        ("[jy]", "i"),
        ("ue", "u"),
        ("oe", "o"),
        ("ae", "a"),
        ("^ie", "e"),
        ("io(?=[^aeiou]|$)", "e"),
        (r"(.)\1+", r"\1"),
        ("ii+", "i"),
        ("(?<=[aeiou])h$", ""),
        ("ei$", "i"),
    )
)
"""Applied in this order to lower-case ASCII. Russian: Dmitrii, Dmitriy, Dmitry; Yeltsin, Eltsin.
Arabic: Youssef, Yusef; Haniyeh, Haniye. German: Mueller, Muller. Vowels are kept apart otherwise:
Diana is not Dana, Hansen not Hanson."""


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The skeleton of a folded word."""
    for pattern, replacement in _STEPS:
        word = pattern.sub(replacement, word)
    return word
