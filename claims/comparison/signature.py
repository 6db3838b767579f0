"""The signature of a text: a sample of its runs of five words, each as one number.

Texts that share several numbers probably share whole passages. Which of them do is decided on the
texts themselves; the sample only finds whom to look at.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

SHINGLE = 5
"""Words of a run. Shorter runs are shared by chance, longer ones lost by one changed word."""

SAMPLE = 8
"""One run of so many is kept, always the same ones: those whose number this divides."""

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def sign(words: Sequence[str]) -> tuple[int, ...]:
    """The sampled runs of a text's folded words, as signed 64-bit numbers in ascending order.

    Each is there once; a text of fewer than five words has none. The numbers depend on the words
    alone, so that they may be stored.
    """
    return tuple(sorted(set(_sample(_number_runs(words)).view(np.int64).tolist())))


def digest_words(words: Sequence[str]) -> bytes:
    """SHA-256 of a text's folded words: texts that differ in typography alone have the same."""
    return hashlib.sha256("\n".join(words).encode()).digest()


def _number_runs(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    """A number for each run, in the order of the text; equal runs have equal numbers."""
    count = len(words) - SHINGLE + 1
    if count < 1:
        return np.empty(0, np.uint64)
    numbers = np.fromiter(map(_number_word, words), np.uint64, len(words))
    runs = np.zeros(count, np.uint64)
    for offset in range(SHINGLE):
        runs = runs * _STEP + numbers[offset : offset + count]
    return _scatter(runs)


def _sample(runs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    sampled: npt.NDArray[np.uint64] = runs[runs % np.uint64(SAMPLE) == 0]
    return sampled


@lru_cache(maxsize=65_536)
def _number_word(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _scatter(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Every bit of a number depends on every bit it had (the finaliser of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _MIX[0]
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _MIX[1]
    return numbers ^ (numbers >> np.uint64(31))
