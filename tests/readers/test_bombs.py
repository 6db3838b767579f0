"""Inputs that make much out of little are read within limits, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.readers.bombs import BOMBS

SECONDS, MEBIBYTES = 2, 256
SHORT = (
    "gzip of a gigabyte", "a line of a gigabyte", "JSON of empty arrays",
    "XML entities in entities", "XML of deep elements", "WARC of what looks packed",
    "WARC of first lines", "WARC of addresses of ARC",
)  # fmt: skip


def measure(name: str) -> tuple[dict[str, int], float, float]:
    """What a bomb gave, in how many seconds and with what peak of memory."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.readers.bombs", name],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    answer = json.loads(ended.stdout)
    return answer["records"], answer["seconds"], answer["peak"]


@pytest.mark.parametrize("name", SHORT)
def test_a_bomb_gives_records_in_bounded_memory(name: str) -> None:
    records, _, peak = measure(name)
    assert sum(records.values()) >= 1
    assert peak <= MEBIBYTES


@pytest.mark.long
def test_no_bomb_takes_more_than_its_share(figure: Callable[[str], None]) -> None:
    measures = {name: measure(name) for name in BOMBS}
    worst = max(seconds for _, seconds, _ in measures.values())
    peak = max(peak for _, _, peak in measures.values())
    figure(f"{len(BOMBS)} bombs: at most {worst:.1f} s and {peak:.0f} MiB")
    over = {
        name: (round(seconds, 1), round(peak))
        for name, (records, seconds, peak) in measures.items()
        if seconds > SECONDS or peak > MEBIBYTES or not records
    }
    assert over == {}
