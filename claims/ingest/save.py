"""Save one article with its claims, in the caller's transaction."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.database.adding import add_rows
from claims.database.arrays import Value
from claims.database.ranges import to_daterange, to_multirange
from claims.documents.anchors import anchor_document
from claims.documents.errors import IdentityTakenError
from claims.documents.identity import Identity, has_twin
from claims.documents.notices import find_new_notices, notices_of
from claims.documents.save import has_names, save_names
from claims.documents.sightings import find_place, load_current, save_sighting, sighting_of
from claims.evidence.save import save_evidence
from claims.ingest.mentions import find_mentions, publisher_mention
from claims.ingest.others import delete_proposals, save_others, versions_of
from claims.ingest.run import IngestRun, save_run
from claims.model.article import Article
from claims.model.identity import claim_id
from claims.model.kinds import ClaimStatus
from claims.model.moment import offset_of
from claims.model.program import OURS
from claims.model.proposal import Hop, Proposal
from claims.model.span import words_at
from claims.schema import (
    AttributionRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    RunRow,
)
from claims.sources.linking import load_knowledge, load_outlet_at, save_links
from claims.sources.mention import Mention
from claims.sources.resolve import Link, resolve

DocumentValue = str | int | datetime | uuid.UUID | None


@dataclass(frozen=True, slots=True)
class _StoredDocument:
    """The columns of a stored document that a later article may fill in."""

    title: str | None
    byline: str | None
    published_at: datetime | None
    url: str | None
    external_id: str | None
    outlet: uuid.UUID | None
    revision: int
    published_offset: int | None


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What every row of one article needs."""

    article: Article
    identity: Identity
    publisher: uuid.UUID | None
    run: uuid.UUID


@dataclass(frozen=True, slots=True)
class LinkedProposal:
    """A proposal with the link of each of its hops; None for a hop without a name."""

    proposal: Proposal
    links: Sequence[Link | None]


def is_stored(
    session: Session, identity: Identity, article: Article, *, extractor: str, read_at: datetime
) -> bool:
    """Whether the article adds nothing.

    That is so if its text is stored and was seen at that time, its addresses and fields are known,
    and this extractor has read it; an old version is not read by a newer extractor.
    """
    if not session.scalar(select(exists().where(DocumentVersionRow.id == identity.version))):
        return False
    sighting = sighting_of(article, identity.document, identity.version, read_at)
    place = find_place(session, article, sighting)
    return (
        place.due is None
        and has_names(session, article)
        and (not place.current or is_read(session, identity.version, extractor))
        and not _missing(_load_document(session, identity), article)
        and not find_new_notices(session, notices_of(article), identity.document)
    )


def is_read_already(session: Session, identity: Identity, extractor: str) -> bool:
    """Whether a version is its document's current one and this extractor has read it."""
    current = load_current(session, identity.document)
    is_current = current is not None and current.version == identity.version
    return is_current and is_read(session, identity.version, extractor)


def is_read(session: Session, version: uuid.UUID, extractor: str) -> bool:
    """Whether an extractor has read a version."""
    by_version = (
        select(RunRow.id)
        .join(DocumentVersionRow, DocumentVersionRow.run == RunRow.id)
        .where(DocumentVersionRow.id == version, RunRow.extractor_version == extractor)
    )
    by_claim = (
        select(RunRow.id)
        .join(ClaimRow, ClaimRow.run == RunRow.id)
        .where(ClaimRow.version == version, RunRow.extractor_version == extractor)
    )
    return bool(session.scalar(select(exists(by_version) | exists(by_claim))))


def save_article(
    session: Session,
    article: Article,
    identity: Identity,
    proposals: Sequence[Proposal],
    *,
    run: IngestRun,
    retrieved_at: datetime,
) -> tuple[bool, int]:
    """Store an article with its proposals; what a person decided stays as it is.

    The proposals of an older version that nobody has touched give way to those of the current one;
    an older version that arrives late is stored without any.

    Returns:
        Whether the version is new, and how many claims were added.

    Raises:
        IdentityTakenError: Another process has just stored the article as another document or in
            another typography.
    """
    save_run(session, run)
    sighting = sighting_of(article, identity.document, identity.version, retrieved_at)
    # The lock keeps other writers of this document out until we commit, so that versions are
    # numbered without gaps and the current one is the same for all.
    is_known = _lock(session, identity.document)
    place = find_place(session, article, sighting)
    mentions = find_mentions(article, proposals if place.current else ())
    outlet = article.outlet or (load_outlet_at(session, article.url) if article.url else None)
    links, published_by = _resolve(session, mentions.offices, outlet, identity.version)
    save_links(session, [*links.values(), *([published_by] if published_by else [])], run.id)
    publisher = published_by.source if published_by else None
    context = ArticleContext(article, identity, publisher, run.id)
    _save_document(session, context)
    new = _save_version(session, context, retrieved_at)
    if not save_names(session, article, identity.document, run.id) and not is_known:
        raise IdentityTakenError(article.place)
    place = place if is_known else find_place(session, article, sighting)
    if place.due:
        record = save_evidence(session, article, run=run.id, retrieved_at=retrieved_at)
        save_sighting(session, place.due, archive_record=record, run=run.id)
    seen_again = not new and place.was_current
    if not place.current or (
        seen_again and is_read(session, identity.version, run.extractor_version)
    ):
        return new, 0
    _delete_undecided(session, identity, also_current=not new)
    linked = [
        LinkedProposal(proposal, [links[mention] if mention else None for mention in of_hops])
        for proposal, of_hops in zip(proposals, mentions.of_hops, strict=True)
    ]
    [added] = save_claims(session, [(context, linked)])
    anchor_document(session, identity.document)
    return new, added


def _lock(session: Session, document: uuid.UUID) -> bool:
    """Lock a document until the transaction ends; returns whether it is stored."""
    query = select(DocumentRow.id).where(DocumentRow.id == document).with_for_update()
    return session.scalar(query) is not None


def _resolve(
    session: Session,
    mentions: Mapping[Mention, Sequence[str]],
    outlet: str | None,
    version: uuid.UUID,
) -> tuple[dict[Mention, Link], Link | None]:
    """Links of an article's mentions, and that of the outlet that published it."""
    publisher = publisher_mention(outlet) if outlet else None
    if publisher:
        mentions = {publisher: (), **mentions}
    links = resolve(mentions, load_knowledge(session, mentions), version)
    return links, links[publisher] if publisher else None


def _load_document(session: Session, identity: Identity, *, lock: bool = False) -> _StoredDocument:
    query = select(
        DocumentRow.title,
        DocumentRow.byline,
        DocumentRow.published_at,
        DocumentRow.url,
        DocumentRow.external_id,
        DocumentRow.outlet,
        DocumentRow.revision,
        DocumentRow.published_offset,
    ).where(DocumentRow.id == identity.document)
    return _StoredDocument(*session.execute(query.with_for_update() if lock else query).one())


def _missing(document: _StoredDocument, article: Article) -> dict[str, DocumentValue]:
    """The fields that the article has and the stored document, if undecided, lacks."""
    if document.revision > 0:
        return {}
    fields = ("title", "byline", "published_at", "url", "external_id", "outlet")
    missing: dict[str, DocumentValue] = {
        name: getattr(article, name)
        for name in fields
        if getattr(article, name) is not None and getattr(document, name) is None
    }
    # The clock of another moment says nothing of the stored one.
    offset = offset_of(article.published_at)
    is_same = document.published_at in {None, article.published_at}
    if offset and is_same and document.published_offset is None:
        missing["published_offset"] = offset
    return missing


def _save_document(session: Session, context: ArticleContext) -> None:
    article, identity = context.article, context.identity
    session.execute(
        insert(DocumentRow)
        .values(
            id=identity.document,
            outlet=context.publisher,
            url=article.url,
            external_id=article.external_id,
            title=article.title,
            byline=article.byline,
            published_at=article.published_at,
            published_offset=offset_of(article.published_at),
            language=article.language,
            run=context.run,
        )
        .on_conflict_do_nothing(index_elements=[DocumentRow.id])
    )
    # The lock keeps other writers of this document out until we commit, so that versions are
    # numbered without gaps.
    missing = _missing(_load_document(session, identity, lock=True), article)
    if "outlet" in missing:
        missing["outlet"] = context.publisher
    if missing:
        session.execute(
            update(DocumentRow).where(DocumentRow.id == identity.document).values(missing)
        )


def _save_version(session: Session, context: ArticleContext, retrieved_at: datetime) -> bool:
    article, identity = context.article, context.identity
    if session.scalar(select(exists().where(DocumentVersionRow.id == identity.version))):
        return False
    last = session.scalar(
        select(func.max(DocumentVersionRow.number)).where(
            DocumentVersionRow.document == identity.document
        )
    )
    if last and has_twin(session, identity.document, article.text):
        raise IdentityTakenError(article.place)  # stored since the article was identified
    session.execute(
        insert(DocumentVersionRow).values(
            id=identity.version,
            document=identity.document,
            number=(last or 0) + 1,
            text=article.text,
            sha256=identity.sha256,
            retrieved_at=retrieved_at,
            reader=article.reader,
            archive_record=save_evidence(
                session, article, run=context.run, retrieved_at=retrieved_at
            ),
            part=article.part,
            run=context.run,
        )
    )
    return True


def _delete_undecided(session: Session, identity: Identity, *, also_current: bool) -> None:
    """Delete the extractor's proposals for a document that no person has touched.

    Args:
        session: A writing session.
        identity: The document, and its current version.
        also_current: Whether to delete those of the current version, which are made anew.
    """
    versions = versions_of(session, identity.document)
    if not also_current:
        versions = [version for version in versions if version != identity.version]
    # What another program proposes is replaced by that program alone.
    delete_proposals(session, versions, OURS)


def save_claims(
    session: Session, articles: Iterable[tuple[ArticleContext, Sequence[LinkedProposal]]]
) -> list[int]:
    """Save the claims that are not stored yet, with their hops; returns how many each added."""
    by_id = [
        (context, {claim_id(context.identity.version, one.proposal.content): one for one in linked})
        for context, linked in articles
    ]
    rows = [_claim_row(id_, one, context) for context, of in by_id for id_, one in of.items()]
    if not rows:
        return [0 for _ in by_id]
    added = set(add_rows(session, ClaimRow, rows, skip_stored=True))
    hops = [
        _hop_row(position, hop, link, context.article.text) | {"claim": id_}
        for context, linked in by_id
        for id_, one in linked.items()
        if id_ in added
        for position, (hop, link) in enumerate(zip(one.proposal.chain, one.links, strict=True), 1)
    ]
    add_rows(session, AttributionRow, hops)
    for context, linked in by_id:
        stored = {i: (one.proposal, one.links[0]) for i, one in linked.items() if i not in added}
        save_others(session, context.run, context.article.text, stored)
    return [len(added & linked.keys()) for _, linked in by_id]


def _claim_row(id_: uuid.UUID, linked: LinkedProposal, context: ArticleContext) -> dict[str, Value]:
    proposal, voice = linked.proposal, linked.links[0]
    said_on, venue = proposal.said_on, proposal.venue
    return {
        "id": id_,
        "version": context.identity.version,
        "run": context.run,
        "form": proposal.form,
        "content_spans": to_multirange(proposal.content),
        "text": words_at(context.article.text, proposal.content),
        "speaker": voice.source if voice else None,
        "said_on": to_daterange(said_on.first, said_on.last) if said_on else None,
        "said_on_text": said_on.text if said_on else None,
        "said_on_spans": to_multirange(said_on.spans if said_on else ()),
        "venue": venue.text if venue else None,
        "venue_spans": to_multirange(venue.spans if venue else ()),
        "status": ClaimStatus.PROPOSED,
        "rule": proposal.rule,
        "extractor_score": proposal.score,
        "claim_class": proposal.claim_class,
        "name_score": proposal.name_score,
        "suggested_name": proposal.suggested_name,
        "hearer": proposal.hearer.text if proposal.hearer else None,
        "hearer_spans": to_multirange(proposal.hearer.spans if proposal.hearer else ()),
    }


def _hop_row(position: int, hop: Hop, link: Link | None, text: str) -> dict[str, Value]:
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
