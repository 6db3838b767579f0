"""Fold words for comparison: one spelling for words that differ in case, accents or script."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = re.compile("['’ʼ`´ʿʾ‘]")
_ASCII = re.compile("[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word in lower-case ASCII letters and digits; other scripts are romanised.

    Romanisation follows the library anyascii, which knows no language: good enough to find
    candidates, not to be certain of them.
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = anyascii(unicodedata.normalize("NFKC", word)).lower()
    return "".join(sign for sign in plain if sign.isalnum())


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text; apostrophes join, all other signs separate."""
    if text.isascii():
        return tuple(_ASCII.findall(text.lower().replace("'", "").replace("`", "")))
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    folded = (fold(word) for word in _WORD.findall(unicodedata.normalize("NFC", plain)))
    return tuple(word for word in folded if word)


@lru_cache(maxsize=65_536)
def scripts_of(text: str) -> frozenset[str]:
    """The scripts of a text's letters, by the first word of their Unicode names: LATIN, CYRILLIC.

    More than one means that letters of another script may pass for those they look like.
    """
    if text.isascii():
        return frozenset({"LATIN"})
    named = (unicodedata.name(sign, "").split(" ", 1)[0] for sign in text if sign.isalpha())
    return frozenset(named)
