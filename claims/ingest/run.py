"""Takes records one by one from the reader to the database, each in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.database.engine import Database
from claims.ingest.identify import identify
from claims.ingest.save import IngestRun, has_problem, is_stored, save_article, save_problem
from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.model.proposal import Proposal

Propose = Callable[[str, date | None], Sequence[Proposal]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record.

    Attributes:
        record: The article or the problem.
        new: Whether a version, or a problem, was added.
        claims: How many claims were added.
        proposals: What the machine proposed; empty where the text was stored before.
    """

    record: Article | Problem
    new: bool
    claims: int = 0
    proposals: tuple[Proposal, ...] = ()


def ingest(
    database: Database,
    records: Iterable[Article | Problem],
    propose: Propose,
    *,
    journey: IngestRun,
    clock: Callable[[], datetime],
) -> Iterator[Outcome]:
    """Store each record as it comes; a kill between two of them, or within one, loses nothing.

    Args:
        database: Where to.
        records: What a reader yields.
        propose: The extractor, called only for texts that are not stored yet.
        journey: The run they belong to.
        clock: Says when a text was retrieved.

    Yields:
        One outcome a record, after its transaction was committed.

    Raises:
        DatabaseError: The database refuses or is gone; the record at hand was rolled back.
    """
    for record in records:
        if isinstance(record, Problem):
            yield _keep(database, record, journey)
            continue
        identity = identify(record)
        with database.reader() as session:
            if is_stored(session, identity, record, journey.extractor_version):
                yield Outcome(record, new=False)
                continue
        proposals = try_propose(propose, record)
        if isinstance(proposals, Problem):
            yield _keep(database, proposals, journey)
            continue
        with database.writer() as session:
            new, added = save_article(
                session, record, identity, proposals, journey=journey, retrieved_at=clock()
            )
        yield Outcome(record, new, added, proposals)


def try_propose(propose: Propose, article: Article) -> tuple[Proposal, ...] | Problem:
    """An article's proposals, or the problem that the extractor had with it."""
    published = article.published_at.date() if article.published_at else None
    try:
        return tuple(propose(article.text, published))
    # Whatever a text does to the rules, the other articles go on; the place is kept.
    except Exception as error:  # noqa: BLE001
        detail = f"{type(error).__name__}: {error}"
        return Problem(article.place, Reason.EXTRACTION_FAILED, detail)


def _keep(database: Database, problem: Problem, journey: IngestRun) -> Outcome:
    with database.reader() as session:
        if has_problem(session, problem):
            return Outcome(problem, new=False)
    with database.writer() as session:
        return Outcome(problem, save_problem(session, problem, journey))
