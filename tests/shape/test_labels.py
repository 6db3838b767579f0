"""Lists of labels hold where words stand and what was read of them, never the words of others."""

import csv
import re
from pathlib import Path

import pytest

from tests.shape.tree import ROOT

LISTS = sorted((ROOT / "bench" / "comparison").glob("*.tsv"))
CELL = re.compile(r"[\w.,-]{1,200}")
WRITTEN = re.compile(r"(?:[\w'’]+(?: [\w'’]+)?)?")
"""What we wrote into a quote: a word or two, or nothing where we took one out."""


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_list_of_labels_holds_no_text(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) >= 100
    for row in rows:
        for column, cell in row.items():
            allowed = WRITTEN if column == "written" else CELL
            assert allowed.fullmatch(cell), f"{column}: {cell!r}"
