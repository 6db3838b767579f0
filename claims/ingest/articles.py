"""Ingest articles one by one, each in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.documents.errors import IdentityTakenError
from claims.documents.identity import Identified, find_identity
from claims.ingest.holds import find_holds, is_held
from claims.ingest.problems import has_problem, save_problem
from claims.ingest.run import IngestRun
from claims.ingest.save import is_read_already, is_stored, save_article
from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.problem import Problem, Reason
from claims.model.proposal import Proposal
from claims.text.clean import clean_line

ATTEMPTS = 3
"""Times that an article is tried which other processes store under other addresses meanwhile."""

UNSTORABLE = (StatementFailedError, ValueError, OverflowError)
"""What storing an article may meet that is a fault of the article: the server refuses a value, or
the driver cannot send it."""

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
        elif isinstance(record, ArticleAddress):
            yield Outcome(record, new=False)
        else:
            now = clock()
            yield from (_save_problem(database, one, run) for one in find_holds(record, now))
            if isinstance(record, Article) and not is_held(record, now):
                yield _ingest(database, record, propose, run=run, clock=clock)


def _ingest(
    database: Database,
    record: Article,
    propose: Propose,
    *,
    run: IngestRun,
    clock: Callable[[], datetime],
) -> Outcome:
    for attempt in range(ATTEMPTS):
        try:
            return _ingest_once(database, record, propose, run=run, now=clock())
        except IdentityTakenError:
            # Another process has stored it meanwhile: it is identified now.
            if attempt == ATTEMPTS - 1:
                raise
        except UNSTORABLE as error:
            return _save_problem(database, not_stored(record, error), run)
    raise AssertionError  # the last attempt returns or raises


def not_stored(article: Article, error: Exception) -> Problem:
    """The problem of an article that cannot be stored, so that the others can."""
    file, _, line = article.place.rpartition(":")
    at_line = bool(file) and line.isdecimal()
    return problem_of(error, file if at_line else article.place, int(line) if at_line else None)


def problem_of(error: Exception, place: str, line: int | None) -> Problem:
    """What one of UNSTORABLE says of a record."""
    detail = error.detail if isinstance(error, StatementFailedError) else str(error)
    shown = clean_line(f"{type(error).__name__}: {detail}"[:400])[:200]
    return Problem(place, Reason.NOT_STORED, shown, line)


def _ingest_once(
    database: Database, record: Article, propose: Propose, *, run: IngestRun, now: datetime
) -> Outcome:
    with database.reader() as session:
        identified = find_identity(session, record)
        if isinstance(identified, Identified) and is_stored(
            session,
            identified.identity,
            identified.article,
            extractor=run.extractor_version,
            read_at=now,
        ):
            return Outcome(identified.article, new=False)
        # What is merely seen again need not be read again.
        is_read = isinstance(identified, Identified) and is_read_already(
            session, identified.identity, run.extractor_version
        )
    if isinstance(identified, Problem):
        return _save_problem(database, identified, run)
    proposals = () if is_read else try_propose(propose, identified.article)
    if isinstance(proposals, Problem):
        return _save_problem(database, proposals, run)
    with database.writer() as session:
        new, added = save_article(
            session, identified.article, identified.identity, proposals, run=run, retrieved_at=now
        )
    return Outcome(identified.article, new, added, proposals)


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
