"""The words of two texts side by side, with those that differ marked."""

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Indel

from claims.anchoring.words import Words, fold_words


class Part(NamedTuple):
    """A stretch of a text, and whether the other text has other words there."""

    text: str
    changed: bool


def mark_changes(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts: those whose words the other has as well, and those that it has not."""
    one, other = fold_words(old), fold_words(new)
    codes = [code for code in Indel.opcodes(one.folded, other.folded) if code.tag == "equal"]
    kept_old = {word for code in codes for word in range(code.src_start, code.src_end)}
    kept_new = {word for code in codes for word in range(code.dest_start, code.dest_end)}
    return list(_parts(one, kept_old)), list(_parts(other, kept_new))


def _parts(words: Words, same: set[int]) -> Iterator[Part]:
    """Runs of words that are all kept or all changed; what stands between two runs is no change."""
    at, word = 0, 0
    while word < len(words):
        if word in same:
            word += 1
            continue
        first = last = word
        while last + 1 < len(words) and last + 1 not in same:
            last += 1
        if words.starts[first] > at:
            yield Part(words.text[at : words.starts[first]], changed=False)
        at, word = words.ends[last], last + 1
        yield Part(words.text[words.starts[first] : at], changed=True)
    if at < len(words.text):
        yield Part(words.text[at:], changed=False)
