"""Whoever needs articles of others is told where to put them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate.outside import ROOT


@pytest.mark.parametrize("bench", ["bench.extraction.calibrate", "bench.review.keys"])
def test_a_bench_without_its_articles_says_so_in_a_line(tmp_path: Path, bench: str) -> None:
    environment = os.environ | {"CLAIMS_GOLD": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", bench], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"not there: attribution-dev/gold.jsonl in {tmp_path} (CLAIMS_GOLD). ")
