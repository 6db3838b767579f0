"""Resolve the mentions of undecided sources again, with the sources that are stored now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from claims.model.kinds import SourceKind
from claims.schema import (
    AttributionRow,
    ClaimRow,
    DocumentRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRow,
)
from claims.sources.candidates import StoredSource, keys_of
from claims.sources.linking import load_knowledge, save_suggestions
from claims.sources.mention import Mention
from claims.sources.names import Name, parse_name
from claims.sources.resolve import Knowledge, Link, resolve

UNKNOWN_DAY = date.min
"""The day under which the database lists a claim whose day is not known."""


@dataclass(frozen=True, slots=True)
class BetterSource:
    """A source with mentions that another source fits better.

    Attributes:
        name: The source's name.
        into: The better source's name.
        reason: Why it is better.
        mentions: How many mentions of undecided claims were linked to it.
        unchanged: How many mentions of decided claims, and outlets of articles, stay as they are;
            for them the pair is suggested.
    """

    source: uuid.UUID
    name: str
    into: str
    reason: str
    mentions: int
    unchanged: int


def load_page(session: Session, after: uuid.UUID | None, limit: int) -> list[uuid.UUID]:
    """Undecided sources that a claim or an article names, in order of id."""
    query = (
        select(SourceRow.id)
        .where(SourceRow.revision == 0)
        .where(
            or_(
                exists().where(AttributionRow.source == SourceRow.id),
                exists().where(DocumentRow.outlet == SourceRow.id),
            )
        )
        .order_by(SourceRow.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(SourceRow.id > after)
    return list(session.scalars(query))


def refresh_keys(session: Session, sources: Sequence[uuid.UUID] | None = None) -> int:
    """Update the keys of names for which this version of the program makes other keys.

    Returns:
        How many names were updated.
    """
    query = select(SourceNameRow, SourceRow.kind).join(
        SourceRow, SourceRow.id == SourceNameRow.source
    )
    if sources is not None:
        query = query.where(SourceNameRow.source.in_(sources))
    changed = 0
    for name, kind in session.execute(query.execution_options(yield_per=1000)):
        keys = list(keys_of(parse_name(SourceKind(kind), name.name)))
        if keys != name.keys:
            own = update(SourceNameRow).where(SourceNameRow.id == name.id)
            session.execute(own.values(keys=keys), execution_options={"synchronize_session": False})
            changed += 1
    return changed


def relink(session: Session, sources: Sequence[uuid.UUID]) -> list[BetterSource]:
    """Resolve the mentions of sources again, and relink those of undecided claims.

    Mentions of decided claims stay as they are; for them the better source is suggested.
    """
    better_sources = []
    mentions = {source: _mention_of(session, source) for source in sources}
    knowledge = load_knowledge(session, [mention for mention, _ in mentions.values()])
    for source, (mention, offices) in mentions.items():
        link = _resolve_again(source, mention, offices, knowledge)
        if link is None:
            continue
        better = _apply(session, source, mention, link)
        if better.mentions or better.unchanged:
            better_sources.append(better)
    return better_sources


def _resolve_again(
    source: uuid.UUID, mention: Mention, offices: Sequence[str], knowledge: Knowledge
) -> Link | None:
    """A link to another source that is certain now; None if there is none."""

    def others(name: Name) -> list[StoredSource]:
        return [
            stored
            for stored in knowledge.candidates_for(name)
            # Only towards sources that a person decided on, or with a lower id: never to and fro.
            if source not in {stored.source, stored.root}
            and (stored.decided or stored.source < source)
        ]

    link = resolve({mention: offices}, Knowledge(others, knowledge.offices), source)[mention]
    return None if link.score is None or link.source == source else link


def _mention_of(session: Session, source: uuid.UUID) -> tuple[Mention, list[str]]:
    row = session.get_one(SourceRow, source)
    uses = select(AttributionRow.capacity, ClaimRow.listed_on).join(
        ClaimRow, ClaimRow.id == AttributionRow.claim
    )
    rows = session.execute(uses.where(AttributionRow.source == source).distinct().limit(50)).all()
    days = [day for _, day in rows if day != UNKNOWN_DAY]
    kind = SourceKind(row.kind)
    day = min(days) if days and kind is SourceKind.GROUP else None
    offices = [capacity for capacity, _ in rows if capacity]
    return Mention(kind, row.name, day), sorted(set(offices))


def _apply(session: Session, source: uuid.UUID, mention: Mention, link: Link) -> BetterSource:
    # An outlet of the lexicon may not be stored yet: then there is nothing better.
    if session.get(SourceRow, link.source) is None:
        return BetterSource(source, mention.name, link.name, link.reason, 0, 0)
    undecided = select(ClaimRow.id).where(ClaimRow.revision == 0)
    own = and_(AttributionRow.source == source, AttributionRow.claim.in_(undecided))
    values = {
        "source": link.source,
        "link_rule": link.rule,
        "link_score": link.score,
        "link_reason": link.reason,
    }
    moved = session.execute(
        update(AttributionRow).where(own).values(values).returning(AttributionRow.claim)
    ).all()
    session.execute(
        update(ClaimRow)
        .where(ClaimRow.speaker == source, ClaimRow.revision == 0)
        .values(speaker=link.source)
    )
    attributions = session.scalar(
        select(func.count()).select_from(AttributionRow).where(AttributionRow.source == source)
    )
    documents = session.scalar(
        select(func.count()).select_from(DocumentRow).where(DocumentRow.outlet == source)
    )
    unchanged = (attributions or 0) + (documents or 0)
    target = session.scalar(
        select(SourceMergedRow.root).where(SourceMergedRow.source == link.source)
    )
    shown = session.scalar(select(SourceMergedRow.root).where(SourceMergedRow.source == source))
    if unchanged and (shown or source) != (target or link.source):
        save_suggestions(session, [(source, link.source, link.score or 0.0, link.reason)])
    return BetterSource(source, mention.name, link.name, link.reason, len(moved), unchanged)
