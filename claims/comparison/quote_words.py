"""The words of a quote as they are compared: a key for equal ones, a sketch for near ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from claims.text.fold import words_of

SHORT = 5
"""Below so many words a quote is too common: only speaker and day tell whether it is the same."""

SHINGLE = 3
"""Words in a row that are hashed together."""

LEAST, MOST, ONE_IN = 8, 32, 3
"""Hashes of a sketch: eight, or of a long quote one in three, so that a piece of it is found."""

_DIGIT = re.compile(r"\d")
_EDITORS = re.compile(r"\[[^\[\]]{0,120}\]|\(sic\)")
_THOUSANDS = re.compile(r"(?<=\d)[,  ](?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_PERCENT = re.compile(r"%|\bper\s+cent\b", re.IGNORECASE)

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: str(value) for value, word in enumerate(_UNITS.split())} | {
    word: str(value * 10) for value, word in enumerate(_TENS.split(), 3)
}
"""Numbers in words that are compared as figures."""

_AS_WRITTEN = {
    "cannot": ("can", "not"), "cant": ("can", "not"), "wont": ("will", "not"),
    "shant": ("shall", "not"), "aint": ("is", "not"), "bn": ("billion",), "mn": ("million",),
    "im": ("i", "am"), "ive": ("i", "have"), "theyre": ("they", "are"),
    "theyve": ("they", "have"), "weve": ("we", "have"), "youre": ("you", "are"),
    "youve": ("you", "have"), "thats": ("that", "is"), "theres": ("there", "is"),
    "gonna": ("going", "to"), "wanna": ("want", "to"),
}  # fmt: skip
_NEGATED = words_of("are could did do does had has have is must need should was were would might")
WRITTEN = _AS_WRITTEN | {f"{verb}nt": (verb, "not") for verb in _NEGATED}
"""Short forms, as folding leaves them, in full."""

_IN_FULL = {word: (number,) for word, number in NUMBERS.items()} | WRITTEN

FUNCTION_WORDS = frozenset(
    words_of(
        "a about after all also am an and any are as at be because been before being but by can"
        " could did do does down for from get go going had has have he her here him his how i if"
        " in into is it its just know like made make me more most must my no not now of on one"
        " only or other our out over people said say she should so some such than that the their"
        " them then there these they think this those to up us very want was we well were what"
        " when where which who will with would you your"
    )
)
"""Words that say nothing of what is spoken of: three of them in a row are no evidence."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a quote, ready to be compared.

    Attributes:
        words: Folded; without what an editor put in brackets.
        key: The same for the same words: 64 bits, signed, as databases have them.
        sketch: Hashes of some of its shingles, 32 bits, signed; near wordings share several.
    """

    words: tuple[str, ...]
    key: int
    sketch: tuple[int, ...]

    @property
    def is_short(self) -> bool:
        """Whether it has too few words to be known by them."""
        return len(self.words) < SHORT


def read_wording(text: str) -> Wording | None:
    """The wording of a claim's text; None if it has no words."""
    words = fold_quote(text)
    if not words:
        return None
    return Wording(words, key_of(words), sketch_of(words) if len(words) >= SHORT else ())


def fold_quote(text: str) -> tuple[str, ...]:
    """The words of a quote in one spelling: short forms in full, numbers in figures."""
    plain = _EDITORS.sub(" ", text) if "[" in text or "(" in text else text
    if _DIGIT.search(plain):
        plain = _POINT.sub("p", _THOUSANDS.sub("", plain))
    if "%" in plain or "cent" in plain.lower():
        plain = _PERCENT.sub(" percent ", plain)
    words = words_of(plain) or words_of(text)
    if _IN_FULL.keys().isdisjoint(words):
        return words
    folded: list[str] = []
    for word in words:
        folded.extend(_IN_FULL.get(word) or (word,))
    return tuple(folded)


def key_of(words: Sequence[str]) -> int:
    """A number for words, the same for the same words."""
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def sketch_of(words: Sequence[str]) -> tuple[int, ...]:
    """The smallest hashes of the shingles; of function words alone only if there are no others."""
    telling: set[int] = set()
    common: set[int] = set()
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        # The product spreads what a checksum of similar words leaves close together.
        hashed = crc32(f"{first} {second} {third}".encode()) * 2654435761 & 0xFFFFFFFF
        spoken_of = not FUNCTION_WORDS.issuperset((first, second, third))
        (telling if spoken_of else common).add(hashed)
    chosen = sorted(telling or common)
    smallest = chosen[: min(MOST, max(LEAST, len(chosen) // ONE_IN))]
    return tuple(hashed - (1 << 32) if hashed >> 31 else hashed for hashed in smallest)
