"""Keeps keys that nobody meant from deciding: held down, pasted, typed before a card was seen."""

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

LEAST_GAP = 0.150
"""Seconds that a card must have been on the screen, and that lie between two deciding keys: a key
held down repeats every 20 to 50 ms, and a person needs about 200 ms to react to a new picture."""

MOST, WITHIN = 8, 1.0
"""More deciding keys than this within so many seconds are no decisions."""


class Verdict(Enum):
    """What becomes of a deciding key."""

    COUNTS = "counts"
    TOO_SOON = "too soon"
    TOO_MANY = "too many"


@dataclass(slots=True)
class Debounce:
    """Judges deciding keys by when they came.

    Attributes:
        shown_at: When the card appeared on the screen, in seconds; infinite while it is not there.
        key_times: When deciding keys came, those that did not count too.
    """

    shown_at: float = float("inf")
    key_times: deque[float] = field(default_factory=lambda: deque(maxlen=MOST + 1))

    def judge(self, at: float) -> Verdict:
        """Whether a deciding key that came at a time counts."""
        last = self.key_times[-1] if self.key_times else float("-inf")
        self.key_times.append(at)
        if len(self.key_times) > MOST and at - self.key_times[0] <= WITHIN:
            return Verdict.TOO_MANY
        if at - self.shown_at < LEAST_GAP or at - last < LEAST_GAP:
            return Verdict.TOO_SOON
        return Verdict.COUNTS

    def calm(self) -> None:
        """Begin to count anew: a person said that they are there."""
        self.key_times.clear()
