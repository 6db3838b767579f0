"""Takes quotations of a list into the database, so many a transaction."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.ingest.identify import identify
from claims.ingest.run import Outcome
from claims.ingest.save import IngestRun, is_stored, save_article, save_problem
from claims.model.problem import Problem, Reason
from claims.model.quotation import QuotationRecord

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

BATCH = 100
"""Quotations a transaction: a kill loses no more, and the same command again takes them."""


def take_quotes(
    database: Database,
    records: Iterable[QuotationRecord | Problem],
    *,
    journey: IngestRun,
    clock: Callable[[], datetime],
    rehearse: bool = False,
) -> Iterator[Outcome]:
    """Store each quotation as a stub with its proposal; what is known is passed over.

    Args:
        database: Where to.
        records: What a reader yields.
        journey: The run they belong to.
        clock: Says when a quotation was retrieved.
        rehearse: Only say what would happen.

    Yields:
        One outcome a record, after its transaction was committed.

    Raises:
        DatabaseError: The database is gone; the batch at hand was rolled back.
    """
    waiting = iter(records)
    while batch := list(islice(waiting, BATCH)):
        try:
            yield from _take(database, batch, journey, clock=clock, rehearse=rehearse)
        except StatementFailedError:
            # One of them is refused: each by itself, so that the others are kept.
            for record in batch:
                yield from _take_alone(database, record, journey, clock=clock, rehearse=rehearse)


def _take(
    database: Database,
    batch: list[QuotationRecord | Problem],
    journey: IngestRun,
    *,
    clock: Callable[[], datetime],
    rehearse: bool,
) -> list[Outcome]:
    with database.rehearsal() if rehearse else database.writer() as session:
        return [_save(session, record, journey, clock()) for record in batch]


def _take_alone(
    database: Database,
    record: QuotationRecord | Problem,
    journey: IngestRun,
    *,
    clock: Callable[[], datetime],
    rehearse: bool,
) -> list[Outcome]:
    try:
        return _take(database, [record], journey, clock=clock, rehearse=rehearse)
    except StatementFailedError as error:
        if isinstance(record, Problem):
            raise
        file, _, line = record.article.place.rpartition(":")
        refused = Problem(file, Reason.BAD_FIELD, error.detail, int(line), "quote")
        return _take(database, [refused], journey, clock=clock, rehearse=rehearse)


def _save(
    session: "OpenSession", record: QuotationRecord | Problem, journey: IngestRun, now: datetime
) -> Outcome:
    if isinstance(record, Problem):
        return Outcome(record, save_problem(session, record, journey))
    identity = identify(record.article)
    if is_stored(session, identity, record.article, journey.extractor_version):
        return Outcome(record.article, new=False)
    new, added = save_article(
        session, record.article, identity, (record.proposal,), journey=journey, retrieved_at=now
    )
    return Outcome(record.article, new, added, (record.proposal,))
