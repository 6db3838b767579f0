"""Reads test suites and sample archives of other projects: every file must give something.

`python -m bench.readers FOLDER…`: a line for each folder with its files, what they gave, the
problems by reason, and the seconds. A file that gives nothing, or an exception, is named; the
exit code is then 1. The folders are given because other people's files stay out of this tree.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from claims.model.article import Article
from claims.model.article_address import ArticleAddress
from claims.model.notice import Notice
from claims.model.problem import Problem
from claims.readers.options import ReadOptions
from claims.readers.source import find_files, read_path


@dataclass
class Figures:
    """What the files of a folder gave."""

    files: int = 0
    records: Counter[type] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    seconds: float = 0


def measure(folder: str, options: ReadOptions) -> Figures:
    """Read all files of a folder."""
    figures, begun = Figures(), time.perf_counter()
    for path in find_files([folder]):
        figures.files += 1
        before = figures.records.total()
        try:
            for record in read_path(path, None, options):
                figures.records[type(record)] += 1
                if isinstance(record, Problem):
                    figures.reasons[record.reason] += 1
        except Exception as error:  # noqa: BLE001 - what is counted here
            figures.crashes.append(f"{path}: {type(error).__name__}: {error}")
        if figures.records.total() == before:
            figures.silent.append(path)
    figures.seconds = time.perf_counter() - begun
    return figures


def main() -> int:
    """Measure and print each folder."""
    options = ReadOptions(now=datetime.now(UTC))
    bad = 0
    print("| folder | files | articles | addresses | notices | problems | crashes | s |")
    print("|--|--|--|--|--|--|--|--|")
    for folder in sys.argv[1:]:
        figures = measure(folder, options)
        kinds = [figures.records[kind] for kind in (Article, ArticleAddress, Notice)]
        reasons = ", ".join(
            f"{number} {reason}" for reason, number in figures.reasons.most_common()
        )
        cells = (
            "/".join(Path(folder).parts[-2:]),
            figures.files,
            *kinds,
            reasons or 0,
            len(figures.crashes),
        )
        print("|", " | ".join(map(str, cells)), f"| {figures.seconds:.1f} |", flush=True)
        for line in figures.crashes + [f"nothing from {path}" for path in figures.silent]:
            bad += 1
            print(line, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
