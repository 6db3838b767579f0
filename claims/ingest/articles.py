"""Ingest articles one by one, each in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.database.engine import Database
from claims.ingest.identify import identify
from claims.ingest.problems import has_problem, save_problem
from claims.ingest.run import IngestRun
from claims.ingest.save import is_stored, save_article
from claims.model.article import Article, ReaderRecord
from claims.model.problem import Problem, Reason
from claims.model.proposal import Proposal

Propose = Callable[[str, date | None], Sequence[Proposal]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one record.

    Attributes:
        record: What the reader yielded, or the problem that storing it met.
        new: Whether a version, or a problem, was added; never for an address.
        claims: How many claims were added.
        proposals: What the extractor proposed; empty if the text was stored before.
    """

    record: ReaderRecord
    new: bool
    claims: int = 0
    proposals: tuple[Proposal, ...] = ()


def ingest_articles(
    database: Database,
    records: Iterable[ReaderRecord],
    propose: Propose,
    *,
    run: IngestRun,
    clock: Callable[[], datetime],
) -> Iterator[Outcome]:
    """Store each record as it comes; a kill at any moment loses no record stored before.

    Args:
        database: The database to write to.
        records: What a reader yields.
        propose: The extractor; it is called only for texts that are not stored yet.
        run: The run they belong to.
        clock: Returns the moment at which a text was retrieved.

    Yields:
        One outcome a record, after its transaction was committed.

    Raises:
        DatabaseError: The database refuses or is gone; the current record was rolled back.
    """
    for record in records:
        if isinstance(record, Problem):
            yield _save_problem(database, record, run)
            continue
        if not isinstance(record, Article):
            yield Outcome(record, new=False)
            continue
        identity = identify(record)
        with database.reader() as session:
            if is_stored(session, identity, record, run.extractor_version):
                yield Outcome(record, new=False)
                continue
        proposals = try_propose(propose, record)
        if isinstance(proposals, Problem):
            yield _save_problem(database, proposals, run)
            continue
        with database.writer() as session:
            new, added = save_article(
                session, record, identity, proposals, run=run, retrieved_at=clock()
            )
        yield Outcome(record, new, added, proposals)


def try_propose(propose: Propose, article: Article) -> tuple[Proposal, ...] | Problem:
    """Propose the claims of an article; returns a problem if the extractor fails."""
    published = article.published_at.date() if article.published_at else None
    try:
        return tuple(propose(article.text, published))
    except Exception as error:  # noqa: BLE001 - whatever a text does to the rules, the others go on
        detail = f"{type(error).__name__}: {error}"
        return Problem(article.place, Reason.EXTRACTION_FAILED, detail)


def _save_problem(database: Database, problem: Problem, run: IngestRun) -> Outcome:
    with database.reader() as session:
        if has_problem(session, problem):
            return Outcome(problem, new=False)
    with database.writer() as session:
        return Outcome(problem, save_problem(session, problem, run))
