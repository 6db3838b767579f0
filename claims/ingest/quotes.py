"""Ingest quotations of a list, a batch a transaction."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from claims.database.engine import Database
from claims.documents.errors import IdentityTakenError
from claims.documents.identity import find_identity
from claims.ingest.articles import ATTEMPTS, UNSTORABLE, Outcome, not_stored
from claims.ingest.problems import save_problem
from claims.ingest.run import IngestRun
from claims.ingest.save import is_stored, save_article
from claims.model.problem import Problem
from claims.model.quotation import ListedQuotation

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

BATCH = 100
"""Quotations a transaction. A kill loses no more, and the same command again stores them."""


def ingest_quotes(
    database: Database,
    records: Iterable[ListedQuotation | Problem],
    *,
    run: IngestRun,
    clock: Callable[[], datetime],
    rehearse: bool = False,
) -> Iterator[Outcome]:
    """Store each quotation as a stub with its proposal; stored ones are passed over.

    Args:
        database: The database to write to.
        records: What a reader yields.
        run: The run they belong to.
        clock: Returns the moment at which a quotation was retrieved.
        rehearse: Report what would happen, and change nothing.

    Yields:
        One outcome a record, after its transaction was committed.

    Raises:
        DatabaseError: The database is gone; the current batch was rolled back.
    """
    waiting = iter(records)
    while batch := list(islice(waiting, BATCH)):
        try:
            yield from _ingest_batch(database, batch, run, clock=clock, rehearse=rehearse)
        except (IdentityTakenError, *UNSTORABLE):
            # One of them is refused, or another process has just stored it: each by itself, so
            # that the others are stored.
            for record in batch:
                yield from _ingest_alone(database, record, run, clock=clock, rehearse=rehearse)


def _ingest_batch(
    database: Database,
    batch: list[ListedQuotation | Problem],
    run: IngestRun,
    *,
    clock: Callable[[], datetime],
    rehearse: bool,
) -> list[Outcome]:
    with database.rehearsal() if rehearse else database.writer() as session:
        return [_save(session, record, run, clock()) for record in batch]


def _ingest_alone(
    database: Database,
    record: ListedQuotation | Problem,
    run: IngestRun,
    *,
    clock: Callable[[], datetime],
    rehearse: bool,
) -> list[Outcome]:
    for attempt in range(ATTEMPTS):
        try:
            return _ingest_batch(database, [record], run, clock=clock, rehearse=rehearse)
        except IdentityTakenError:
            # Another process has stored it meanwhile: it is identified now.
            if attempt == ATTEMPTS - 1:
                raise
        except UNSTORABLE as error:
            if isinstance(record, Problem):
                raise
            refused = not_stored(record.article, error)
            return _ingest_batch(database, [refused], run, clock=clock, rehearse=rehearse)
    raise AssertionError  # the last attempt returns or raises


def _save(
    session: "OpenSession", record: ListedQuotation | Problem, run: IngestRun, now: datetime
) -> Outcome:
    if isinstance(record, Problem):
        return Outcome(record, save_problem(session, record, run))
    identified = find_identity(session, record.article)
    if isinstance(identified, Problem):
        return Outcome(identified, save_problem(session, identified, run))
    article, identity = identified.article, identified.identity
    if is_stored(session, identity, article, extractor=run.extractor_version, read_at=now):
        return Outcome(article, new=False)
    proposals = (record.proposal,)
    new, added = save_article(session, article, identity, proposals, run=run, retrieved_at=now)
    return Outcome(article, new, added, proposals)
