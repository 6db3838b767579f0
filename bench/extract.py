"""Words per second of the whole extraction beside the bare spaCy parse, in the same run.

`python bench/extract.py [ARTICLES.jsonl]`: both read the same articles, in turns, five times after
one to warm up; the medians and their ratio are printed.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import spacy

from claims.extraction.parse import MODEL
from claims.extraction.pipeline import load_parser, propose_many

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT = Path(__file__).parents[1] / "tests/gate/data/articles.jsonl"
RUNS = 5


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    words = sum(len(text.split()) for text in texts)
    parser, plain = load_parser(), spacy.load(MODEL)

    def extract() -> int:
        return sum(1 for _ in propose_many(parser, ((text, None) for text in texts)))

    def parse() -> int:
        return sum(1 for _ in plain.pipe(texts))

    speeds: dict[str, list[float]] = {"parse": [], "extract": []}
    sides: dict[str, Callable[[], int]] = {"parse": parse, "extract": extract}
    for run in range(RUNS + 1):
        for name, side in sides.items():
            begun = time.perf_counter()
            assert side() == len(texts)
            if run:
                speeds[name].append(words / (time.perf_counter() - begun))
    for name, values in speeds.items():
        print(f"{name:<8} {median(values):8,.0f} words/s  ({min(values):,.0f}-{max(values):,.0f})")
    print(f"ratio    {median(speeds['extract']) / median(speeds['parse']):8.2f}")


if __name__ == "__main__":
    main()
