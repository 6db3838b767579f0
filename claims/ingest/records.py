"""Stores what a program reads, as `claims ingest` does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from claims import __version__
from claims.copies.due import compare_changed_articles
from claims.database.engine import Database
from claims.extraction.version import VERSION
from claims.ingest.articles import Outcome
from claims.ingest.batches import ingest_batches
from claims.ingest.extraction import Here
from claims.ingest.extractor import propose_many
from claims.ingest.run import make_run
from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem
from claims.readers.options import ReadOptions
from claims.readers.source import find_files, read_path


@dataclass(slots=True)
class IngestResult:
    """What became of some records.

    Attributes:
        articles: How many were read.
        stored_before: How many of them were stored already.
        claims: How many claims were added.
        problems: What could not be read or stored.
    """

    articles: int = 0
    stored_before: int = 0
    claims: int = 0
    problems: tuple[Problem, ...] = ()

    def count(self, outcome: Outcome) -> None:
        """Add what became of one record."""
        self.claims += outcome.claims
        if isinstance(outcome.record, Problem):
            self.problems = (*self.problems, outcome.record)
        elif isinstance(outcome.record, Article):
            self.articles += 1
            self.stored_before += not outcome.new


def ingest_paths(
    database: Database, paths: Sequence[str], *, outlet: str | None = None
) -> IngestResult:
    """Store the articles of files and folders."""
    options = ReadOptions(outlet=outlet, now=datetime.now(UTC))
    records = (record for path in find_files(paths) for record in read_path(path, None, options))
    return ingest_records(database, records, inputs=paths)


def ingest_records(
    database: Database, records: Iterator[ReaderRecord], *, inputs: Sequence[str]
) -> IngestResult:
    """Store what a reader yields, then compare it with what is stored.

    Args:
        database: Where to.
        records: What a reader yields.
        inputs: What to call them in the run they belong to.
    """
    result = IngestResult()
    outcomes = ingest_batches(
        database,
        records,
        Here(lambda: propose_many),
        run=make_run("ingest", inputs, __version__, VERSION),
        clock=lambda: datetime.now(UTC),
    )
    for outcome in outcomes:
        result.count(outcome)
    compare_changed_articles(database)
    return result
