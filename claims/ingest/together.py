"""Save many new articles in one transaction, a statement a table instead of one an article.

An article is new if it shares no address, id or text with anything stored or saved beside it. It
ends in the same rows as if `claims.ingest.save` had saved it in its turn.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.database.adding import add_rows
from claims.documents.errors import IdentityTakenError
from claims.documents.identity import Identity
from claims.documents.save import name_rows
from claims.documents.sightings import sighting_of, sighting_row
from claims.evidence.save import evidence_id, evidence_row
from claims.ingest.mentions import ArticleMentions, find_mentions, publisher_mention
from claims.ingest.run import IngestRun, save_run
from claims.ingest.save import ArticleContext, LinkedProposal, save_claims
from claims.model.article import Article
from claims.model.moment import offset_of
from claims.model.proposal import Proposal
from claims.schema import (
    ArchiveRecordRow,
    Base,
    DocumentAddressRow,
    DocumentIdentifierRow,
    DocumentRow,
    DocumentVersionRow,
    SightingRow,
)
from claims.schema.base import ONE_STATEMENT, Columns
from claims.sources.lexicon import host_of
from claims.sources.linking import (
    load_outlet_at,
    needs_descriptions,
    resolve_in_turn,
    save_links_of,
)
from claims.sources.mention import Mention
from claims.sources.resolve import Link


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that shares nothing with the others, nor with what is stored.

    Attributes:
        article: Under the address that names it.
        identity: Made from itself.
        proposals: What the extractor proposes.
        retrieved_at: When it was read.
    """

    article: Article
    identity: Identity
    proposals: Sequence[Proposal]
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class _Named:
    """A new article with what it names.

    Attributes:
        new: The article.
        mentions: The sources that its chains name.
        publisher: The mention of its outlet.
        all: All its mentions with the printed descriptions of their offices, the outlet's first.
    """

    new: NewArticle
    mentions: ArticleMentions
    publisher: Mention | None
    all: Mapping[Mention, Sequence[str]]


def save_together(session: Session, articles: Iterable[NewArticle], run: IngestRun) -> list[int]:
    """Save new articles, in their order; returns how many claims each added.

    Args:
        session: A writing session.
        articles: No two of them share an address, an id or a text without these.
        run: The run they belong to.

    Raises:
        IdentityTakenError: Another process has stored one of them meanwhile.
    """
    save_run(session, run)
    outlets: dict[str, str | None] = {}
    named = [_named(session, new, outlets) for new in articles]
    return [added for group in _groups(named) for added in _save_group(session, group, run.id)]


def _named(session: Session, new: NewArticle, outlets: dict[str, str | None]) -> _Named:
    mentions = find_mentions(new.article, new.proposals)
    outlet = new.article.outlet or _outlet_at(session, new.article.url, outlets)
    publisher = publisher_mention(outlet) if outlet else None
    head: dict[Mention, Sequence[str]] = {publisher: ()} if publisher else {}
    return _Named(new, mentions, publisher, {**head, **mentions.offices})


def _outlet_at(session: Session, url: str | None, outlets: dict[str, str | None]) -> str | None:
    """The outlet of an address; each host is asked for once."""
    host = host_of(url) if url else None
    if not url or not host:
        return None
    if host not in outlets:
        outlets[host] = load_outlet_at(session, url)
    return outlets[host]


def _groups(articles: Iterable[_Named]) -> Iterator[list[_Named]]:
    """Articles whose names can be resolved together; one with a common name stands alone."""
    group: list[_Named] = []
    for one in articles:
        alone = needs_descriptions(one.all)
        if alone and group:
            yield group
            group = []
        group.append(one)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _save_group(session: Session, group: Sequence[_Named], run: uuid.UUID) -> list[int]:
    resolved = resolve_in_turn(session, [(one.all, one.new.identity.version) for one in group])
    save_links_of(session, [links.values() for links in resolved], run)
    linked = [
        _linked(one, links, ArticleContext(one.new.article, one.new.identity, publisher, run))
        for one, links in zip(group, resolved, strict=True)
        for publisher in [links[one.publisher].source if one.publisher else None]
    ]
    _save_documents(session, [context for context, _ in linked])
    _save_versions(session, [one.new for one in group], run)
    return save_claims(session, linked)


def _linked(
    one: _Named, links: Mapping[Mention, Link], context: ArticleContext
) -> tuple[ArticleContext, Sequence[LinkedProposal]]:
    return context, [
        LinkedProposal(proposal, [links[mention] if mention else None for mention in of_hops])
        for proposal, of_hops in zip(one.new.proposals, one.mentions.of_hops, strict=True)
    ]


def _save_documents(session: Session, contexts: Sequence[ArticleContext]) -> None:
    """Save documents with their addresses and ids.

    Every table's rows go in one order, so that two writers wait for each other and never deadlock.
    """
    names = [name_rows(one.article, one.identity.document, one.run) for one in contexts]
    documents: list[Columns] = [
        {
            "id": one.identity.document,
            "outlet": one.publisher,
            "url": one.article.url,
            "external_id": one.article.external_id,
            "title": one.article.title,
            "byline": one.article.byline,
            "published_at": one.article.published_at,
            "published_offset": offset_of(one.article.published_at),
            "language": one.article.language,
            "run": one.run,
        }
        for one in contexts
    ]
    tables: tuple[tuple[type[Base], Sequence[Columns]], ...] = (
        (DocumentRow, documents),
        (DocumentAddressRow, [row for one in names for row in one.addresses]),
        (DocumentIdentifierRow, [row for one in names for row in one.ids]),
    )
    for table, rows in tables:
        if _add(session, table, rows) < len(rows):
            raise IdentityTakenError(contexts[0].article.place)


def _save_versions(session: Session, articles: Sequence[NewArticle], run: uuid.UUID) -> None:
    records = {evidence_id(one.article): one for one in reversed(articles)}
    evidence = [
        evidence_row(one.article, run=run, retrieved_at=one.retrieved_at)
        for one in records.values()
    ]
    _add(session, ArchiveRecordRow, evidence)
    versions: list[Columns] = []
    sightings: list[Columns] = []
    for one in articles:
        article, identity, moment = one.article, one.identity, one.retrieved_at
        record = evidence_id(article)
        versions.append(
            {
                "id": identity.version,
                "document": identity.document,
                "number": 1,
                "text": article.text,
                "sha256": identity.sha256,
                "retrieved_at": moment,
                "reader": article.reader,
                "archive_record": record,
                "part": article.part,
                "run": run,
            }
        )
        seen = sighting_of(article, identity.document, identity.version, moment)
        sightings.append(sighting_row(seen, archive_record=record, run=run))
    _add(session, DocumentVersionRow, versions)
    _add(session, SightingRow, sightings)


def _add(session: Session, table: type[Base], rows: Sequence[Columns]) -> int:
    """Add rows unless they are stored; returns how many were added."""
    if not rows:
        return 0
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    if table is not ArchiveRecordRow:
        return len(add_rows(session, table, ordered, skip_stored=True))
    # Bytes would be sent as twice as many letters.
    adding = insert(table).on_conflict_do_nothing().returning(table.__table__.c.id)
    return len(session.scalars(adding, ordered, execution_options=ONE_STATEMENT).all())
