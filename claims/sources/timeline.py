"""Load the timeline of a source: its claims by the day they are listed under."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, cast, func, select, true
from sqlalchemy.orm import Session

from claims.catalogue.card import Filters
from claims.catalogue.cards import load_cards
from claims.catalogue.find import claim_conditions, is_not_embargoed
from claims.database.arrays import any_of
from claims.schema import ClaimRow, DocumentRow, DocumentVersionRow
from claims.sources.card import TimelineEntry
from claims.sources.cards import load_members, load_offices_of

UNKNOWN_DAY = date.min
"""The day under which the database lists a claim whose day is not known."""

ON_VERSION = DocumentVersionRow.id == ClaimRow.version
ON_DOCUMENT = DocumentRow.id == DocumentVersionRow.document


def load_timeline(
    session: Session,
    source: uuid.UUID,
    filters: Filters,
    *,
    limit: int,
    after: uuid.UUID | None = None,
) -> list[TimelineEntry]:
    """The claims that a source was reported to have made, the latest first.

    Args:
        session: A session, reading or writing.
        source: The source; an unmerged one stands for all that were merged into it.
        filters: Outlet, words, status, form; `since` and `until` compare the day listed under.
        limit: Most entries to return.
        after: Only entries that follow this claim in the same order.
    """
    members = load_members(session, source)
    ids = session.scalars(timeline_query(members, filters, limit, after)).all()
    return load_entries(session, ids, members)


def load_entries(
    session: Session, ids: Sequence[uuid.UUID], members: Sequence[uuid.UUID]
) -> list[TimelineEntry]:
    """Claims as lines of the timeline of a source with these members, in the order of the ids."""
    days_of = select(ClaimRow.id, ClaimRow.listed_on).where(ClaimRow.id == any_of(ids))
    listed = session.execute(days_of)
    days = {row.id: row.listed_on for row in listed}
    offices = load_offices_of(session, members)
    entries = []
    for card in load_cards(session, ids):
        day = None if days[card.id] == UNKNOWN_DAY else days[card.id]
        on_day = [office.named for office in offices if day and office.includes(day)]
        printed = card.hops[0].capacity
        office = ", ".join(on_day) or (f"“{printed}”" if printed else None)
        entries.append(TimelineEntry(day, card, office))
    return entries


def timeline_query(
    members: Sequence[uuid.UUID], filters: Filters, limit: int, after: uuid.UUID | None = None
) -> Select[uuid.UUID]:
    """The ids of a timeline's page: one walk along the index for each member, merged by day."""
    member = func.unnest(cast(list(members), ARRAY(Uuid))).table_valued("id")
    member = member.render_derived("member")
    by_member = (
        select(ClaimRow.id, ClaimRow.listed_on)
        .where(ClaimRow.speaker == member.c.id, is_not_embargoed())
        .order_by(ClaimRow.listed_on.desc(), ClaimRow.id.desc())
        .limit(limit)
    )
    if filters.outlet:
        by_member = by_member.join(DocumentVersionRow, ON_VERSION).join(DocumentRow, ON_DOCUMENT)
    by_member = by_member.where(*_conditions(filters))
    if after is not None:
        last = select(ClaimRow.listed_on, ClaimRow.id).where(ClaimRow.id == after).scalar_subquery()
        by_member = by_member.where(func.row(ClaimRow.listed_on, ClaimRow.id) < last)
    page = by_member.lateral("page")
    return (
        select(page.c.id)
        .select_from(member)
        .join(page, true())
        .order_by(page.c.listed_on.desc(), page.c.id.desc())
        .limit(limit)
    )


def find_listed(
    session: Session,
    members: Sequence[uuid.UUID],
    filters: Filters,
    claims: Collection[uuid.UUID],
) -> set[uuid.UUID]:
    """Those of the claims that are on the timeline of a source with these members."""
    query = (
        select(ClaimRow.id)
        .join(DocumentVersionRow, ON_VERSION)
        .join(DocumentRow, ON_DOCUMENT)
        .where(
            ClaimRow.id == any_of(claims),
            ClaimRow.speaker.in_(list(members)),
            is_not_embargoed(),
            *_conditions(filters),
        )
    )
    return set(session.scalars(query))


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """The conditions of filters; the days are those that claims are listed under."""
    conditions = claim_conditions(replace(filters, since=None, until=None, speaker=None))
    if filters.since:
        conditions.append(ClaimRow.listed_on >= filters.since)
    if filters.until:
        conditions.append(ClaimRow.listed_on <= filters.until)
    return conditions
