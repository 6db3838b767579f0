"""What each step took, by the clock and by the processor, and how it is told."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles

Clock = Callable[[], float]


class Steps:
    """Milliseconds of named steps.

    Args:
        processor: Processor seconds until now.
    """

    def __init__(self, processor: Clock) -> None:
        self._processor = processor
        self._clock: dict[str, list[float]] = defaultdict(list)
        self._busy: dict[str, float] = defaultdict(float)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Note how long a block took."""
        began, busy = time.perf_counter(), self._processor()
        yield
        self._clock[name].append(1000 * (time.perf_counter() - began))
        self._busy[name] += 1000 * (self._processor() - busy)

    def tell(self) -> None:
        """A line for each step."""
        for name, spent in self._clock.items():
            busy = self._busy[name] / len(spent)
            print(f"{name}: {summary(spent)}; processor mean {busy:.1f} ms; {len(spent)} times")


def summary(spent: list[float]) -> str:
    """Median and p95; of one alone, that."""
    if len(spent) == 1:
        return f"{spent[0]:.1f} ms"
    return f"median {median(spent):.1f}, p95 {quantiles(spent, n=20)[-1]:.1f} ms"
