"""Store what other programs propose for stored articles, a batch a transaction."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.database.errors import TransactionConflictError
from claims.documents.identity import Identity
from claims.documents.named import find_named
from claims.documents.sightings import load_current
from claims.evidence.derive import raw_text_of
from claims.evidence.load import load_version
from claims.evidence.stored import StoredVersion
from claims.ingest.articles import UNSTORABLE, problem_of
from claims.ingest.checking import check_line
from claims.ingest.mentions import find_mentions
from claims.ingest.others import delete_proposals, versions_of
from claims.ingest.problems import save_problem
from claims.ingest.run import IngestRun, make_run, save_run
from claims.ingest.save import ArticleContext, LinkedProposal, save_claims
from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.model.program import PROPOSALS
from claims.model.proposal import Proposal
from claims.readers.proposals import Extractor, ProposedLine
from claims.schema import DocumentRow
from claims.sources.linking import load_knowledge, save_links
from claims.sources.resolve import resolve
from claims.utterances.compare import compare_changes

BATCH = 16
"""Most lines a transaction. A kill loses no more, and the same command again stores them."""

COMPARED_EVERY = 10
"""Batches after which what came is compared with what is there."""


@dataclass(frozen=True, slots=True)
class ProposalsFile:
    """What a command says of the proposals that it reads.

    Attributes:
        inputs: Paths and options, by which the same command again continues its run.
        tool_version: The program's.
        extractor: Whose they are if a line does not say; None if each must say.
        documents: The documents of articles that have no name but their path.
    """

    inputs: tuple[str, ...]
    tool_version: str
    extractor: Extractor | None = None
    documents: Mapping[str, uuid.UUID] = field(default_factory=dict)

    def run_of(self, extractor: Extractor | None) -> IngestRun:
        """The run of one program's proposals; of problems, if no program is known."""
        version = extractor.text if extractor else "unknown"
        return make_run(PROPOSALS, self.inputs, self.tool_version, version)


@dataclass(frozen=True, slots=True)
class ProposalsOutcome:
    """The result of one line, or of one problem.

    Attributes:
        proposals: How many fit their article.
        claims: How many of these were added.
        problems: What did not fit, as it is stored.
    """

    proposals: int = 0
    claims: int = 0
    problems: tuple[Problem, ...] = ()


def ingest_proposals(
    database: Database, records: Iterable[ProposedLine | Problem], file: ProposalsFile
) -> Iterator[ProposalsOutcome]:
    """Store proposals of other programs; nothing is decided by them.

    Args:
        database: The database to write to.
        records: What the reader yields.
        file: What the command says of them.

    Yields:
        One outcome a record, after its transaction was committed.

    Raises:
        DatabaseError: The database is gone; the current batch was rolled back.
    """
    waiting, count = iter(records), 0
    while batch := list(islice(waiting, BATCH)):
        yield from _ingest_batch(database, batch, file)
        count += 1
        if count % COMPARED_EVERY == 0:
            compare_changes(database)
    compare_changes(database)


def _ingest_batch(
    database: Database, batch: Sequence[ProposedLine | Problem], file: ProposalsFile
) -> list[ProposalsOutcome]:
    try:
        with database.writer() as session:
            return [_save(session, record, file) for record in batch]
    except (TransactionConflictError, *UNSTORABLE):
        # One is refused, or another process writes to the same articles: each by itself.
        return [_ingest_alone(database, record, file) for record in batch]


def _ingest_alone(
    database: Database, record: ProposedLine | Problem, file: ProposalsFile
) -> ProposalsOutcome:
    try:
        with database.writer() as session:
            return _save(session, record, file)
    except UNSTORABLE as error:
        refused = problem_of(error, record.place, record.line)
        with database.writer() as session:
            return _save(session, refused, file)


def _save(
    session: Session, record: ProposedLine | Problem, file: ProposalsFile
) -> ProposalsOutcome:
    if isinstance(record, Problem):
        return _save_problems(session, [record], file.run_of(file.extractor))
    extractor = record.extractor or file.extractor
    run = file.run_of(extractor)
    if extractor is None:
        detail = "the line does not say which program proposes this"
        problem = _problem(record, Reason.MISSING_FIELD, detail, "extractor")
        return _save_problems(session, [problem], run)
    version = _find_version(session, record, file)
    if isinstance(version, Problem):
        return _save_problems(session, [version], run)
    checked = list(check_line(record, version.text, raw_text_of(version)))
    proposals = [one[1] for one in checked if not isinstance(one, Problem)]
    save_run(session, run)
    versions = versions_of(session, version.document)
    delete_proposals(session, versions, extractor.name, but=extractor.text)
    claims = _save_proposals(session, version, proposals, run)
    problems = [one for one in checked if isinstance(one, Problem)]
    outcome = _save_problems(session, problems, run)
    return ProposalsOutcome(len(proposals), claims, outcome.problems)


def _problem(line: ProposedLine, reason: Reason, detail: str, name: str) -> Problem:
    value = None if name == "extractor" else line.doc_id[:200]
    return Problem(line.place, reason, detail, line=line.line, field=name, value=value)


def _save_problems(
    session: Session, problems: Sequence[Problem], run: IngestRun
) -> ProposalsOutcome:
    for problem in problems:
        save_problem(session, problem, run)
    return ProposalsOutcome(problems=tuple(problems))


def _find_version(
    session: Session, line: ProposedLine, file: ProposalsFile
) -> StoredVersion | Problem:
    """The current version of the article that a line is about; its document is locked."""
    by_path = file.documents.get(line.doc_id)
    documents = [by_path] if by_path else find_named(session, line.doc_id)
    if len(documents) > 1:
        detail = "more than one article has this id"
        return _problem(line, Reason.UNKNOWN_ARTICLE, detail, "doc_id")
    for document in documents:
        # The lock keeps other writers of this document out until we commit.
        query = select(DocumentRow.id).where(DocumentRow.id == document).with_for_update()
        current = load_current(session, document) if session.scalar(query) else None
        if current:
            return load_version(session, current.version)
    return _problem(line, Reason.UNKNOWN_ARTICLE, "no stored article has this name", "doc_id")


def _save_proposals(
    session: Session, version: StoredVersion, proposals: Sequence[Proposal], run: IngestRun
) -> int:
    """Save a program's proposals for an article.

    Returns:
        How many claims were added.
    """
    article = Article(
        text=version.text,
        reader=version.reader,
        place=str(version.document),
        archived=b"",
        published_at=version.published_at,
    )
    mentions = find_mentions(article, proposals)
    links = resolve(mentions.offices, load_knowledge(session, mentions.offices), version.id)
    save_links(session, list(links.values()), run.id)
    linked = [
        LinkedProposal(proposal, [links[mention] if mention else None for mention in of_hops])
        for proposal, of_hops in zip(proposals, mentions.of_hops, strict=True)
    ]
    identity = Identity(version.document, version.id, version.sha256)
    [added] = save_claims(session, [(ArticleContext(article, identity, None, run.id), linked)])
    return added
