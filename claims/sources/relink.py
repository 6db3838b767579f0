"""Mentions of sources that the machine made, resolved again with what is known by now."""

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


@dataclass(frozen=True, slots=True)
class BetterSource:
    """A source whose mentions have a better one.

    Attributes:
        name: What the mentions were resolved to when they were read.
        into: The better source's name.
        reason: Why.
        mentions: Mentions of undecided claims that were linked anew.
        kept: Mentions of decided claims, and outlets of articles, that stay; the pair is suggested.
    """

    source: uuid.UUID
    name: str
    into: str
    reason: str
    mentions: int
    kept: int


def load_page(session: Session, after: uuid.UUID | None, limit: int) -> list[uuid.UUID]:
    """Sources that nobody settled and something mentions, in order of id."""
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
    """Make the keys of names anew, where this version of the program makes others.

    Returns:
        How many names have other keys now.
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
    """Resolve the mentions of sources again, and link those of undecided claims anew.

    What a person settled stays; the better source is suggested beside it.
    """
    done = []
    mentions = {source: _mention_of(session, source) for source in sources}
    knowledge = load_knowledge(session, [mention for mention, _ in mentions.values()])
    for source, (mention, offices) in mentions.items():
        link = _resolve_anew(source, mention, offices, knowledge)
        if link is None:
            continue
        found = _apply(session, source, mention, link)
        if found.mentions or found.kept:
            done.append(found)
    return done


def _resolve_anew(
    source: uuid.UUID, mention: Mention, offices: Sequence[str], knowledge: Knowledge
) -> Link | None:
    """The better source of a mention, if another than its own is certain now."""

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
    found = session.execute(uses.where(AttributionRow.source == source).distinct().limit(50)).all()
    days = [day for _, day in found if day != UNKNOWN_DAY]
    kind = SourceKind(row.kind)
    day = min(days) if days and kind is SourceKind.GROUP else None
    offices = [capacity for capacity, _ in found if capacity]
    return Mention(kind, row.name, day), sorted(set(offices))


def _apply(session: Session, source: uuid.UUID, mention: Mention, link: Link) -> BetterSource:
    # A source of the register of outlets may not be stored yet: then there is nothing better.
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
    kept = session.scalar(
        select(func.count()).select_from(AttributionRow).where(AttributionRow.source == source)
    )
    printed = session.scalar(
        select(func.count()).select_from(DocumentRow).where(DocumentRow.outlet == source)
    )
    left = (kept or 0) + (printed or 0)
    target = session.scalar(
        select(SourceMergedRow.root).where(SourceMergedRow.source == link.source)
    )
    shown = session.scalar(select(SourceMergedRow.root).where(SourceMergedRow.source == source))
    if left and (shown or source) != (target or link.source):
        save_suggestions(session, [(source, link.source, link.score or 0.0, link.reason)])
    return BetterSource(source, mention.name, link.name, link.reason, len(moved), left)
