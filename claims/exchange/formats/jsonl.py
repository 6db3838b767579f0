"""Claims as JSON lines, one object for each claim, its chain inside."""

from collections.abc import Iterable
from typing import IO


def write_jsonl(lines: Iterable[bytes], out: IO[bytes]) -> int:
    """Write one line for each claim, keys in the contract's order; returns how many."""
    count = 0
    for line in lines:
        out.write(line)
        count += 1
    return count
