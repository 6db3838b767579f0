"""Takes a register's entries into the database, so many a transaction."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from claims.database.engine import Database
from claims.ingest.save import IngestRun, save_problem
from claims.model.authority import AuthorityEntry
from claims.model.problem import Problem, Reason
from claims.sources.errors import SourceRefusedError
from claims.sources.import_authority import AuthorityImport, ImportOutcome, take_entry

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

BATCH = 100
"""Entries a transaction: a kill loses no more, and the same command again takes them."""

Outcome = tuple[AuthorityEntry | Problem, ImportOutcome | None]
"""A record with what became of it; None for a problem."""


def import_authority(
    database: Database,
    records: Sequence[AuthorityEntry | Problem],
    prepare: "Callable[[OpenSession], AuthorityImport]",
    *,
    journey: IngestRun,
    rehearse: bool = False,
) -> Iterator[Outcome]:
    """Take in each record; what is wrong with one stops no other.

    Args:
        database: Where to.
        records: What a reader gave.
        prepare: Makes what every entry needs, once a transaction.
        journey: The run that problems are kept for.
        rehearse: Only say what would happen.

    Yields:
        One outcome a record, after its transaction was committed.

    Raises:
        DatabaseError: The database refuses or is gone; the batch at hand was rolled back.
    """
    size = len(records) if rehearse else BATCH
    for start in range(0, len(records), size or 1):
        batch = records[start : start + size]
        with database.rehearsal() if rehearse else database.writer() as session:
            import_ = prepare(session)
            done = [_take(session, record, import_, journey) for record in batch]
        yield from done


def _take(
    session: "OpenSession",
    record: AuthorityEntry | Problem,
    import_: AuthorityImport,
    journey: IngestRun,
) -> Outcome:
    if isinstance(record, Problem):
        save_problem(session, record, journey)
        return record, None
    try:
        return record, take_entry(session, record, import_)
    except SourceRefusedError as error:
        problem = Problem(
            record.place, Reason.BAD_FIELD, error.detail, record.line, "wikidata", record.name
        )
        save_problem(session, problem, journey)
        return problem, None
