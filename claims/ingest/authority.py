"""Import the entries of an authority file, a batch a transaction."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from claims.database.engine import Database
from claims.ingest.articles import UNSTORABLE, problem_of
from claims.ingest.problems import save_problem
from claims.ingest.run import IngestRun
from claims.model.authority import AuthorityEntry
from claims.model.kinds import BODIES
from claims.model.problem import Problem, Reason
from claims.sources.errors import SourceRefusedError
from claims.sources.import_authority import AuthorityImport, ImportOutcome, import_entry

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

BATCH = 100
"""Entries a transaction. A kill loses no more, and the same command again imports them."""

Outcome = tuple[AuthorityEntry | Problem, ImportOutcome | None]
"""A record with its result; None for a problem."""


def import_authority(
    database: Database,
    records: Sequence[AuthorityEntry | Problem],
    prepare: "Callable[[OpenSession], AuthorityImport]",
    *,
    run: IngestRun,
    rehearse: bool = False,
) -> Iterator[Outcome]:
    """Import each record; a problem with one does not stop the others.

    Args:
        database: The database to write to.
        records: What a reader returned.
        prepare: Makes what every entry needs; called once a transaction.
        run: The run that problems belong to.
        rehearse: Report what would happen, and change nothing.

    Yields:
        One outcome a record, after its transaction was committed.

    Raises:
        DatabaseError: The database refuses or is gone; the current batch was rolled back.
    """
    # Bodies first: offices of others name them.
    records = sorted(records, key=_holds_office)
    size = len(records) if rehearse else BATCH
    for start in range(0, len(records), size or 1):
        batch = records[start : start + size]
        try:
            yield from _import_batch(database, batch, prepare, run=run, rehearse=rehearse)
        except UNSTORABLE:
            # The database refuses one of them: each by itself, so that the others are stored.
            for record in batch:
                yield from _import_alone(database, record, prepare, run=run, rehearse=rehearse)


def _holds_office(record: AuthorityEntry | Problem) -> bool:
    return isinstance(record, AuthorityEntry) and record.kind not in BODIES


def _import_batch(
    database: Database,
    batch: Sequence[AuthorityEntry | Problem],
    prepare: "Callable[[OpenSession], AuthorityImport]",
    *,
    run: IngestRun,
    rehearse: bool,
) -> list[Outcome]:
    with database.rehearsal() if rehearse else database.writer() as session:
        authority = prepare(session)
        return [_import(session, record, authority, run) for record in batch]


def _import_alone(
    database: Database,
    record: AuthorityEntry | Problem,
    prepare: "Callable[[OpenSession], AuthorityImport]",
    *,
    run: IngestRun,
    rehearse: bool,
) -> list[Outcome]:
    try:
        return _import_batch(database, [record], prepare, run=run, rehearse=rehearse)
    except UNSTORABLE as error:
        if isinstance(record, Problem):
            raise
        refused = problem_of(error, record.place, record.line)
        return _import_batch(database, [refused], prepare, run=run, rehearse=rehearse)


def _import(
    session: "OpenSession",
    record: AuthorityEntry | Problem,
    authority: AuthorityImport,
    run: IngestRun,
) -> Outcome:
    if isinstance(record, Problem):
        save_problem(session, record, run)
        return record, None
    try:
        return record, import_entry(session, record, authority)
    except SourceRefusedError as error:
        problem = Problem(
            record.place, Reason.BAD_FIELD, error.detail, record.line, "wikidata", record.name
        )
        save_problem(session, problem, run)
        return problem, None
