"""Load the timeline of a source with one line an utterance, however often it was printed."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Uuid, cast, func, select, true
from sqlalchemy.orm import Session

from claims.catalogue.card import Filters
from claims.comparison.printing import Reach, reach_of
from claims.contract.tables import shared_view
from claims.database.arrays import any_of
from claims.database.statements import kept_plans
from claims.sources.card import TimelineEntry
from claims.sources.cards import load_members
from claims.sources.timeline import find_listed, load_entries, load_timeline, timeline_query
from claims.utterances.printings import MOST, load_printings


@dataclass(frozen=True, slots=True)
class FoldedTimeline:
    """A page of a timeline.

    Attributes:
        entries: Its lines, the latest first.
        reach: For each claim of the lines, how far what it reports went.
        folded: How many claims are not lines, because an earlier printing is one.
    """

    entries: Sequence[TimelineEntry]
    reach: dict[uuid.UUID, Reach]
    folded: int


def load_folded_timeline(
    session: Session,
    source: uuid.UUID,
    filters: Filters,
    *,
    limit: int,
    after: uuid.UUID | None = None,
) -> FoldedTimeline:
    """The utterances of a source, each at its earliest printing that passes the filters.

    Args:
        session: A session, reading or writing.
        source: The source; an unmerged one stands for all that were merged into it.
        filters: As `load_timeline` takes them.
        limit: Most lines to return.
        after: Only lines that follow this claim in the same order.
    """
    members = load_members(session, source)
    lines: list[uuid.UUID] = []
    folded = 0
    while len(lines) < limit:
        page = session.scalars(timeline_query(members, filters, limit, after)).all()
        earliest = _find_earliest(session, members, filters, page)
        for claim in page:
            if earliest.get(claim, claim) != claim:
                folded += 1
            else:
                lines.append(claim)
            if len(lines) == limit:
                break
        if len(page) < limit:
            break
        after = page[-1]
    with kept_plans(session):
        entries, reach = load_entries(session, lines, members), load_reach(session, lines)
    return FoldedTimeline(entries, reach, folded)


def load_unfolded_timeline(
    session: Session,
    source: uuid.UUID,
    filters: Filters,
    *,
    limit: int,
    after: uuid.UUID | None = None,
) -> FoldedTimeline:
    """The same with a line for every claim."""
    entries = load_timeline(session, source, filters, limit=limit, after=after)
    reach = load_reach(session, [entry.claim.id for entry in entries])
    return FoldedTimeline(entries, reach, 0)


def load_reach(session: Session, claims: Collection[uuid.UUID]) -> dict[uuid.UUID, Reach]:
    """How far what each claim reports went, over all reports that were not withdrawn."""
    of_claim = _find_utterances(session, claims)
    printings = load_printings(session, sorted({of_claim.get(claim, claim) for claim in claims}))
    return {claim: reach_of(printings[of_claim.get(claim, claim)]) for claim in claims}


def _find_utterances(session: Session, claims: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """By claim the utterance that it reports; a claim that reports none is missing."""
    view = shared_view("utterances")
    query = select(view.c.claim, view.c.utterance).where(view.c.claim == any_of(claims))
    return {row.claim: row.utterance for row in session.execute(query)}


def _find_earliest(
    session: Session, members: Sequence[uuid.UUID], filters: Filters, page: Sequence[uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID]:
    """By claim of a page the earliest printing of its utterance that is on the timeline too."""
    of_claim = _find_utterances(session, page)
    view, one = (
        shared_view("utterances"),
        func.unnest(cast(sorted(set(of_claim.values())), ARRAY(Uuid))),
    )
    utterance = one.table_valued("id").render_derived("one")
    printed = (
        select(view.c.claim)
        .where(view.c.utterance == utterance.c.id)
        .order_by(view.c.published_at.nulls_last(), view.c.claim)
        .limit(MOST)
        .lateral("printed")
    )
    query = select(utterance.c.id, printed.c.claim).select_from(utterance).join(printed, true())
    printings = session.execute(query).all()
    listed = find_listed(session, members, filters, [row.claim for row in printings])
    earliest: dict[uuid.UUID, uuid.UUID] = {}
    for id_, claim in printings:
        if claim in listed:
            earliest.setdefault(id_, claim)
    return {claim: earliest[id_] for claim, id_ in of_claim.items() if id_ in earliest}
