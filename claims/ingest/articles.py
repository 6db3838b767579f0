"""Ingest articles one by one, each in a transaction of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from claims.database.engine import Database
from claims.database.errors import StatementFailedError
from claims.documents.errors import IdentityTakenError
from claims.documents.identity import Identified, find_identity
from claims.documents.notices import (
    find_new_notices,
    names_article,
    notices_of,
    save_notices,
)
from claims.ingest.extraction import ExtractionFailedError
from claims.ingest.notices import save_notices_of
from claims.ingest.problems import has_problem, save_problem
from claims.ingest.revisits import resolve_revisits
from claims.ingest.run import IngestRun, save_run
from claims.ingest.save import is_read_already, is_stored, save_article
from claims.ingest.unchanged import Unchanged, save_unchanged
from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.notice import Notice
from claims.model.problem import Problem, Reason
from claims.model.proposal import Proposal
from claims.text.clean import clean_line
from claims.utterances.compare import compare_changes

SHOWN = 200
"""Code points of a notice's words that a problem keeps."""

ATTEMPTS = 3
"""Times that an article is tried which other processes store under other addresses meanwhile."""

COMPARED_EVERY = 100
"""Records after which what came is compared with what is there: together it costs less."""

UNSTORABLE = (StatementFailedError, ValueError, OverflowError)
"""What storing an article may meet that is a fault of the article: the server refuses a value, or
the driver cannot send it."""

Propose = Callable[[str, date | None], Sequence[Proposal]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one record.

    Attributes:
        record: What the reader yielded, or the problem that storing it met.
        new: Whether a version, a problem or a notice was added; never for an address, nor for a
            page that has not changed.
        claims: How many claims were added.
        proposals: What the extractor proposed; empty if the text was stored before.
        notices: What was stored that the publisher says of the article.
    """

    record: ReaderRecord | Unchanged
    new: bool
    claims: int = 0
    proposals: tuple[Proposal, ...] = ()
    notices: tuple[Notice, ...] = ()


def ingest_articles(
    database: Database,
    records: Iterable[ReaderRecord | Unchanged],
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
    for count, record in enumerate(resolve_revisits(database, records), 1):
        if isinstance(record, Problem):
            yield _save_problem(database, record, run)
        elif isinstance(record, ArticleAddress):
            yield Outcome(record, new=False)
        elif isinstance(record, Notice):
            yield _save_notice(database, record, run=run, now=clock())
        elif isinstance(record, Unchanged):
            save_unchanged(database, record, run)
            yield Outcome(record, new=False)
        else:
            yield from _unreadable_embargo(database, record, run)
            yield _ingest(database, record, propose, run=run, clock=clock)
        if count % COMPARED_EVERY == 0:
            compare_changes(database)
    compare_changes(database)


def _unreadable_embargo(database: Database, article: Article, run: IngestRun) -> Iterator[Outcome]:
    problem = embargo_problem(article)
    if problem:
        yield _save_problem(database, problem, run)


def embargo_problem(article: Article) -> Problem | None:
    """The problem of an embargo that names no end: it holds until a person lifts it.

    Of an end in words that cannot be read the reader has told already.
    """
    if article.embargo is None or article.embargo.until is not None or article.embargo.words:
        return None
    detail = "its embargo names no end: nothing of it is published"
    return Problem(article.place, Reason.EMBARGOED, detail, field="embargo")


def notice_problem(notice: Notice) -> Problem | None:
    """The problem of a notice that does not say which article it is about."""
    if names_article(notice):
        return None
    detail = f"a notice ({notice.kind}) names neither the address nor the id of its article"
    return Problem(notice.place, Reason.NOTICE, detail, value=notice.words[:SHOWN])


def _save_notice(database: Database, notice: Notice, *, run: IngestRun, now: datetime) -> Outcome:
    problem = notice_problem(notice)
    if problem:
        return _save_problem(database, problem, run)
    added = _save_named(database, [notice], run=run, now=now)
    return Outcome(notice, new=bool(added), notices=added)


def _save_named(
    database: Database, notices: Sequence[Notice], *, run: IngestRun, now: datetime
) -> tuple[Notice, ...]:
    """Save notices that came without their article, if they say anything new; returns those."""
    with database.reader() as session:
        if not find_new_notices(session, notices, None):
            return ()
    with database.writer() as session:
        save_run(session, run)
        return tuple(save_notices(session, notices, None, run=run.id, received_at=now))


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
        return _save_apart(database, record, identified, run=run, now=now)
    proposals = () if is_read else try_propose(propose, identified.article)
    if isinstance(proposals, Problem):
        return _save_apart(database, record, proposals, run=run, now=now)
    with database.writer() as session:
        new, added = save_article(
            session, identified.article, identified.identity, proposals, run=run, retrieved_at=now
        )
        notices = save_notices_of(
            session, identified.article, identified.identity.document, run=run.id, received_at=now
        )
    return Outcome(identified.article, new, added, proposals, tuple(notices))


def _save_apart(
    database: Database, article: Article, problem: Problem, *, run: IngestRun, now: datetime
) -> Outcome:
    """Save the problem that keeps an article from being stored, and what it says of itself."""
    outcome = _save_problem(database, problem, run)
    named = [notice for notice in notices_of(article) if names_article(notice)]
    return replace(outcome, notices=_save_named(database, named, run=run, now=now))


def try_propose(propose: Propose, article: Article) -> tuple[Proposal, ...] | Problem:
    """Propose the claims of an article; returns a problem if the extractor fails."""
    published = article.published_at.date() if article.published_at else None
    try:
        return tuple(propose(article.text, published))
    except ExtractionFailedError as error:
        return Problem(article.place, Reason.EXTRACTION_FAILED, str(error))
    except Exception as error:  # noqa: BLE001 - whatever a text does to the rules, the others go on
        detail = f"{type(error).__name__}: {error}"
        return Problem(article.place, Reason.EXTRACTION_FAILED, detail)


def _save_problem(database: Database, problem: Problem, run: IngestRun) -> Outcome:
    with database.reader() as session:
        if has_problem(session, problem):
            return Outcome(problem, new=False)
    with database.writer() as session:
        return Outcome(problem, save_problem(session, problem, run))
