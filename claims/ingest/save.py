"""One article, or one problem, into the database in the caller's transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.database.ranges import to_daterange, to_multirange
from claims.ingest.identify import Identity, problem_id
from claims.ingest.mentions import Mentions, find_mentions, mention_of, outlet_mention
from claims.model.article import Article
from claims.model.identity import claim_id
from claims.model.kinds import ClaimStatus
from claims.model.problem import Problem as Fault
from claims.model.proposal import Hop, Proposal
from claims.model.span import words_at
from claims.schema import (
    AttributionRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    DraftRow,
    ProblemRow,
    ReadingRow,
    RunRow,
)
from claims.sources.linking import load_knowledge, load_outlet_at, save_links
from claims.sources.mention import Mention
from claims.sources.resolve import Link, resolve


@dataclass(frozen=True, slots=True)
class IngestRun:
    """The run that rows are written for.

    Attributes:
        run: Its id.
        inputs: Paths and options as given.
    """

    run: uuid.UUID
    command: str
    inputs: tuple[str, ...]
    tool_version: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class _ArticleContext:
    """What every row of one article needs to know."""

    identity: Identity
    links: dict[Mention, Link]
    outlet: uuid.UUID | None
    run: uuid.UUID
    article: Article

    def link_of(self, hop: Hop, proposal: Proposal) -> Link | None:
        """What a hop's mention was linked to."""
        mention = mention_of(hop, proposal, self.article)
        return self.links[mention] if mention else None


def is_stored(session: Session, identity: Identity, article: Article, extractor: str) -> bool:
    """Whether this text is stored, read by this extractor, and the article adds nothing to it."""
    by_version = (
        select(RunRow.id)
        .join(DocumentVersionRow, DocumentVersionRow.run == RunRow.id)
        .where(DocumentVersionRow.id == identity.version, RunRow.extractor_version == extractor)
    )
    by_claim = (
        select(RunRow.id)
        .join(ClaimRow, ClaimRow.run == RunRow.id)
        .where(ClaimRow.version == identity.version, RunRow.extractor_version == extractor)
    )
    if not session.scalar(select(exists(by_version) | exists(by_claim))):
        return False
    document = session.execute(_facts(identity.document)).one()
    return not _missing(document, article)


def save_article(
    session: Session,
    article: Article,
    identity: Identity,
    proposals: Sequence[Proposal],
    *,
    journey: IngestRun,
    retrieved_at: datetime,
) -> tuple[bool, int]:
    """Store an article with its proposals; what a person settled stays as it is.

    Returns:
        Whether the version is new, and how many claims were added.
    """
    _save_run(session, journey)
    mentions = find_mentions(article, proposals)
    outlet = article.outlet or (load_outlet_at(session, article.url) if article.url else None)
    links, printer = _resolve(session, mentions, outlet, identity.version)
    save_links(session, [*links.values(), *([printer] if printer else [])], journey.run)
    publisher = printer.source if printer else None
    setting = _ArticleContext(identity, links, publisher, journey.run, article)
    _save_document(session, article, setting)
    new = _save_version(session, article, setting, retrieved_at)
    if not new:
        _clear_undecided(session, identity.version)
    added = _save_claims(session, proposals, setting)
    return new, added


def save_problem(session: Session, fault: Fault, journey: IngestRun) -> bool:
    """Keep a record that could not be read; False if the same fault is kept already."""
    _save_run(session, journey)
    row = {field.name: getattr(fault, field.name) for field in fields(fault)}
    added = session.scalar(
        insert(ProblemRow)
        .values(id=problem_id(fault), run=journey.run, **row)
        .on_conflict_do_nothing(index_elements=[ProblemRow.id])
        .returning(ProblemRow.id)
    )
    return added is not None


def has_problem(session: Session, fault: Fault) -> bool:
    """Whether the same fault is kept already."""
    return bool(session.scalar(select(exists().where(ProblemRow.id == problem_id(fault)))))


def _save_run(session: Session, journey: IngestRun) -> None:
    row = {
        "id": journey.run,
        "command": journey.command,
        "inputs": list(journey.inputs),
        "tool_version": journey.tool_version,
        "extractor_version": journey.extractor_version,
    }
    session.execute(insert(RunRow).values(row).on_conflict_do_nothing(index_elements=[RunRow.id]))


def _resolve(
    session: Session, mentions: Mentions, outlet: str | None, version: uuid.UUID
) -> tuple[dict[Mention, Link], Link | None]:
    """Links of an article's mentions, and that of the outlet that printed it."""
    if outlet:
        printer = outlet_mention(outlet)
        mentions = {printer: (), **mentions}
    links = resolve(mentions, load_knowledge(session, mentions), version)
    return links, links[printer] if outlet else None


def _facts(document: uuid.UUID) -> Select[*tuple[Any, ...]]:
    return select(
        DocumentRow.title,
        DocumentRow.byline,
        DocumentRow.published_at,
        DocumentRow.url,
        DocumentRow.external_id,
        DocumentRow.outlet,
        DocumentRow.revision,
    ).where(DocumentRow.id == document)


def _missing(document: Row[*tuple[Any, ...]], article: Article) -> dict[str, object]:
    """What the article states that the stored document, undecided as yet, leaves empty."""
    if document.revision > 0:
        return {}
    stated = {
        name: getattr(article, name)
        for name in ("title", "byline", "published_at", "url", "external_id", "outlet")
    }
    return {
        name: value
        for name, value in stated.items()
        if value is not None and getattr(document, name) is None
    }


def _save_document(session: Session, article: Article, setting: _ArticleContext) -> None:
    identity, outlet = setting.identity, setting.outlet
    session.execute(
        insert(DocumentRow)
        .values(
            id=identity.document,
            outlet=outlet,
            url=article.url,
            external_id=article.external_id,
            title=article.title,
            byline=article.byline,
            published_at=article.published_at,
            language=article.language,
            run=setting.run,
        )
        .on_conflict_do_nothing(index_elements=[DocumentRow.id])
    )
    # Holds off another writer of the same document until we commit: versions are numbered in turn.
    document = session.execute(_facts(identity.document).with_for_update()).one()
    missing = _missing(document, article)
    if "outlet" in missing:
        missing["outlet"] = outlet
    if missing:
        session.execute(
            update(DocumentRow).where(DocumentRow.id == identity.document).values(missing)
        )


def _save_version(
    session: Session, article: Article, setting: _ArticleContext, retrieved_at: datetime
) -> bool:
    identity = setting.identity
    if session.scalar(select(exists().where(DocumentVersionRow.id == identity.version))):
        return False
    last = session.scalar(
        select(func.max(DocumentVersionRow.number)).where(
            DocumentVersionRow.document == identity.document
        )
    )
    session.execute(
        insert(DocumentVersionRow).values(
            id=identity.version,
            document=identity.document,
            number=(last or 0) + 1,
            text=article.text,
            sha256=identity.sha256,
            retrieved_at=retrieved_at,
            reader=article.reader,
            archived=article.archived,
            run=setting.run,
        )
    )
    return True


def _clear_undecided(session: Session, version: uuid.UUID) -> None:
    """Make room for a newer extractor's proposals: only its own kind, that nobody touched."""
    # What somebody has read, or begun to type about, is theirs already.
    touched = exists().where(ReadingRow.claim == ClaimRow.id) | exists().where(
        DraftRow.claim == ClaimRow.id
    )
    undecided = (ClaimRow.version == version, ClaimRow.revision == 0, ~touched)
    gone = select(ClaimRow.id).where(*undecided)
    session.execute(delete(AttributionRow).where(AttributionRow.claim.in_(gone)))
    session.execute(delete(ClaimRow).where(*undecided))


def _save_claims(session: Session, proposals: Sequence[Proposal], setting: _ArticleContext) -> int:
    version = setting.identity.version
    ids = {claim_id(version, proposal.content): proposal for proposal in proposals}
    rows = [_claim_row(id_, proposal, setting) for id_, proposal in ids.items()]
    if not rows:
        return 0
    # Rows apart from the statement are sent in portions: one takes 65,535 parameters.
    adding = insert(ClaimRow).on_conflict_do_nothing().returning(ClaimRow.id)
    added = set(session.scalars(adding, rows))
    hops = [
        _hop_row(position, hop, proposal, setting) | {"claim": id_}
        for id_, proposal in ids.items()
        if id_ in added
        for position, hop in enumerate(proposal.chain, 1)
    ]
    if hops:
        session.execute(insert(AttributionRow), hops)
    return len(added)


def _claim_row(id_: uuid.UUID, proposal: Proposal, setting: _ArticleContext) -> dict[str, object]:
    said_on, venue = proposal.said_on, proposal.venue
    voice = setting.link_of(proposal.chain[0], proposal)
    return {
        "id": id_,
        "version": setting.identity.version,
        "run": setting.run,
        "form": proposal.form,
        "content_spans": to_multirange(proposal.content),
        "text": words_at(setting.article.text, proposal.content),
        "speaker": voice.source if voice else None,
        "said_on": to_daterange(said_on.first, said_on.last) if said_on else None,
        "said_on_text": said_on.text if said_on else None,
        "said_on_spans": to_multirange(said_on.spans if said_on else ()),
        "venue": venue.text if venue else None,
        "venue_spans": to_multirange(venue.spans if venue else ()),
        "status": ClaimStatus.PROPOSED,
        "rule": proposal.rule,
        "extractor_score": proposal.score,
    }


def _hop_row(
    position: int, hop: Hop, proposal: Proposal, setting: _ArticleContext
) -> dict[str, object]:
    link, text = setting.link_of(hop, proposal), setting.article.text
    return {
        "position": position,
        "source": link.source if link else None,
        "mention": words_at(text, hop.mention),
        "mention_spans": to_multirange(hop.mention),
        "cue": words_at(text, hop.cue),
        "cue_spans": to_multirange(hop.cue),
        "capacity": words_at(text, hop.capacity) or None,
        "capacity_spans": to_multirange(hop.capacity),
        "mode": hop.mode,
        "link_rule": link.rule if link else None,
        "link_score": link.score if link else None,
        "link_reason": link.reason if link else None,
    }
