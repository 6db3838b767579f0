"""What a terminal shows while articles are ingested: how fast, and how long it will take."""

import io
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claims.cli.output import counted
from claims.cli.progress import showing_line

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from claims.ingest.articles import Outcome
    from claims.model.article import ReaderRecord

MINUTE = 60
HOUR = 3600


@dataclass(slots=True)
class Input:
    """How much of the files of a command was read.

    Attributes:
        paths: As the user gave them.
        read: Bytes read.
        records: Records that were read from them.
    """

    paths: tuple[str, ...]
    read: int = 0
    records: int = 0

    def open_file(self, path: str) -> io.FileIO:
        """Open a file whose bytes are counted as they are read."""
        return _CountedFile(path, self)

    def count(self, records: "Iterable[ReaderRecord]") -> "Iterator[ReaderRecord]":
        """The records, counted as they are read."""
        for record in records:
            self.records += 1
            yield record

    def size(self) -> int | None:
        """Bytes of all the files; None if standard input is among them."""
        from claims.readers.source import find_files

        if "-" in self.paths:
            return None
        return sum(Path(path).stat().st_size for path in find_files(self.paths) if _exists(path))


def _exists(path: str) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - unlike Path.is_file() it has an answer for any name


class _CountedFile(io.FileIO):
    """A file whose bytes are counted as they are read."""

    def __init__(self, path: str, counts: Input) -> None:
        super().__init__(path)
        self._counts = counts

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        """Read and count."""
        count = super().readinto(buffer)
        self._counts.read += count or 0
        return count

    def readall(self) -> bytes:
        """Read what is left and count."""
        rest = super().readall()
        self._counts.read += len(rest)
        return rest


@dataclass(slots=True)
class Counts:
    """What became of the records so far."""

    records: int = 0
    articles: int = 0
    claims: int = 0
    problems: int = 0


def rates_line(counts: Counts, seconds: float, share: float | None) -> str:
    """What is shown in one line.

    Args:
        counts: What became of the records so far.
        seconds: Since the beginning.
        share: Of the input that is stored; None if its size is unknown.
    """
    parts = [
        f"{counted(counts.articles, 'article')}, {_rate(counts.articles, seconds)}",
        f"{counted(counts.claims, 'claim')}, {_rate(counts.claims, seconds)}",
        counted(counts.problems, "problem"),
    ]
    if share:
        parts.append(f"{_duration(seconds * (1 - share) / share)} left")
    return " · ".join(parts)


def _rate(count: int, seconds: float) -> str:
    rate = count / seconds if seconds else 0.0
    return f"{rate:.1f}/s" if rate < 10 else f"{rate:.0f}/s"  # noqa: PLR2004 - two digits tell enough


def _duration(seconds: float) -> str:
    if seconds >= HOUR:
        return f"{seconds // HOUR:.0f} h {seconds % HOUR // MINUTE:02.0f} min"
    return f"{seconds // MINUTE:.0f} min" if seconds >= MINUTE else f"{seconds:.0f} s"


@contextmanager
def show_rates(outcomes: "Iterable[Outcome]", read: Input) -> "Iterator[Iterable[Outcome]]":
    """Show on a terminal how fast articles are stored and how long the rest will take."""
    with showing_line() as show:
        yield _shown(outcomes, read, show) if show else outcomes


def _shown(
    outcomes: "Iterable[Outcome]", read: Input, show: Callable[[str], None]
) -> "Iterator[Outcome]":
    from claims.model.article import Article
    from claims.model.problem import Problem

    size, begun, counts = read.size(), time.monotonic(), Counts()
    for outcome in outcomes:
        counts.records += 1
        counts.articles += isinstance(outcome.record, Article)
        counts.problems += isinstance(outcome.record, Problem)
        counts.claims += outcome.claims
        # Some records are read ahead of those that are stored.
        stored = counts.records / max(read.records, counts.records)
        share = min(1.0, read.read / size) * stored if size else None
        show(rates_line(counts, time.monotonic() - begun, share))
        yield outcome
