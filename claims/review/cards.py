"""Cards read from the database."""

import uuid
from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import Date, Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import Range, insert
from sqlalchemy.orm import Session, aliased

from claims.catalogue.document_notes import load_document_notes
from claims.catalogue.modes import load_modes
from claims.catalogue.origin_notes import load_origin_notes
from claims.catalogue.other_notes import load_other_notes
from claims.database.ranges import to_known_days, to_spans
from claims.model.json import JsonObject
from claims.model.kinds import PUBLISHED, WAITING, ClaimStatus
from claims.model.moment import at_offset
from claims.model.reported import reported
from claims.model.span import words_at
from claims.review import candidates
from claims.review.card import Card, DisputedReading, HopView
from claims.review.card_rows import load_card_rows
from claims.review.returned import load_returned_claim
from claims.review.second_review import load_readings, needs_two
from claims.review.state import state_of
from claims.schema import (
    AttributionRow,
    ClaimRow,
    DraftRow,
    SourceMergedRow,
    SourceRoleRow,
    SourceRow,
)


def load_card(
    session: Session, claim: uuid.UUID, reviewer: uuid.UUID, tab: uuid.UUID | None = None
) -> Card:
    """A claim's card for a reviewer: never what a sealed reading holds.

    Args:
        session: A session.
        claim: Which claim.
        reviewer: Who reads it.
        tab: In which of their tabs or terminals; None if it is only looked at.

    Raises:
        sqlalchemy.exc.NoResultFound: No claim has this id.
    """
    rows = load_card_rows(session, claim, reviewer)
    row, version, document = rows.claim, rows.version, rows.document
    chain = load_chain(session, claim)
    hops = _hop_views(session, chain, row.listed_on)
    mention = words_at(version.text, hops[0].mention)
    two_readers = needs_two(session, row)
    likely = candidates.load(session, row, hops[0], mention)
    return Card(
        claim=claim,
        revision=row.revision,
        state=state_of(session, row, [hop for hop, _ in chain]),
        version_id=row.version,
        article=version.text,
        title=document.title,
        outlet=rows.outlet,
        url=document.url,
        published_at=at_offset(document.published_at, document.published_offset),
        version=version.number,
        number=rows.number,
        siblings=rows.siblings,
        rule=row.rule,
        extractor_score=row.extractor_score,
        claim_class=row.claim_class,
        name_score=row.name_score,
        suggested_name=row.suggested_name,
        hearer=row.hearer,
        hops=hops,
        candidates=likely.candidates,
        printed=rows.printed or 1,
        two_readers=two_readers,
        disputed=_load_dispute(session, row),
        draft=rows.draft or {},
        lease_until=rows.lease_until if rows.tab == tab else None,
        elsewhere=rows.tab not in {None, tab},
        returned=load_returned_claim(session, claim) if row.status in PUBLISHED else None,
        embargo=rows.embargo,
        article_status=document.shown_status,
        article_note=load_document_notes(session, [document.id]).get(document.id, ""),
        origin_note=load_origin_notes(session, [claim]).get(claim, ""),
        # Of two readers each begins with what the machine proposed; what is decided is settled.
        settled=candidates.load_settled(session, row, hops[0], version.text)
        if likely.settled_elsewhere and not two_readers and row.status in WAITING
        else None,
        others=load_other_notes(session, claim),
    )


def load_neighbour(session: Session, claim: uuid.UUID, step: int) -> uuid.UUID | None:
    """The claim that stands before (-1) or after (1) another in its article, whatever its state."""
    row = session.execute(
        select(ClaimRow.version, func.lower(ClaimRow.content_spans)).where(ClaimRow.id == claim)
    ).one()
    place = func.row(func.lower(ClaimRow.content_spans), ClaimRow.id)
    mine = func.row(row[1], claim)
    ordered = (func.lower(ClaimRow.content_spans), ClaimRow.id)
    query = select(ClaimRow.id).where(
        ClaimRow.version == row[0],
        ClaimRow.status != ClaimStatus.REPLACED,
        place > mine if step > 0 else place < mine,
    )
    directed = [key if step > 0 else key.desc() for key in ordered]
    return session.scalar(query.order_by(*directed).limit(1))


Chain = Sequence[tuple[AttributionRow, SourceRow | None]]
"""The rows of a claim's chain from the voice outward, each with the source it is shown as."""


def load_hops(session: Session, claim: uuid.UUID, day: date | None) -> tuple[HopView, ...]:
    """A claim's chain with the offices that were held on a day, from the voice outward.

    Without a day, with the offices as they are printed.
    """
    return _hop_views(session, load_chain(session, claim), day)


def load_chain(session: Session, claim: uuid.UUID) -> Chain:
    """The rows of a claim's chain."""
    rows = session.execute(
        select(AttributionRow, SourceRow)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .outerjoin(
            SourceRow, SourceRow.id == func.coalesce(SourceMergedRow.root, AttributionRow.source)
        )
        .where(AttributionRow.claim == claim)
        .order_by(AttributionRow.position)
    )
    return [(hop, source) for hop, source in rows]


def _hop_views(session: Session, chain: Chain, day: date | None) -> tuple[HopView, ...]:
    sources = [source.id for _, source in chain if source]
    offices = load_offices(session, sources, day) if day else {}
    return tuple(
        HopView(
            position=hop.position,
            source=source.id if source else None,
            name=source.name if source else None,
            kind=source.kind if source else None,
            description=source.description if source else None,
            mention=to_spans(hop.mention_spans),
            cue=to_spans(hop.cue_spans),
            capacity=to_spans(hop.capacity_spans),
            mode=hop.mode,
            score=hop.link_score,
            reason=hop.link_reason,
            office=(offices.get(source.id) if source else None) or hop.capacity,
        )
        for hop, source in chain
    )


def load_offices(session: Session, sources: Sequence[uuid.UUID], day: date) -> dict[uuid.UUID, str]:
    """The office that each source, or one merged into it, held on a day."""
    offices = {}
    rows = session.execute(_offices(), {"sources": sources, "day": day}) if sources else ()
    for source, title, organisation, valid in rows:
        if to_known_days(valid):
            offices[source] = f"{title}, {organisation}" if organisation else title
    return offices


@cache
def _offices() -> Select[uuid.UUID, str, str | None, Range[date]]:
    """The query of offices, built once."""
    employer, merged = aliased(SourceRow), aliased(SourceMergedRow)
    held = func.coalesce(merged.root, SourceRoleRow.source)
    return (
        select(held, SourceRoleRow.title, employer.name, SourceRoleRow.valid)
        .outerjoin(merged, merged.source == SourceRoleRow.source)
        .outerjoin(employer, employer.id == SourceRoleRow.organisation)
        .where(
            held.in_(bindparam("sources", expanding=True)),
            SourceRoleRow.valid.contains(bindparam("day", type_=Date)),
        )
        .order_by(func.lower(SourceRoleRow.valid).nulls_first())
    )


def _load_dispute(session: Session, row: ClaimRow) -> tuple[DisputedReading, ...]:
    """What two readers would decide, without their names, once both are in and disagree."""
    if row.status != ClaimStatus.DISPUTED:
        return ()
    readings = load_readings(session, row.id, row.status, row.revision)
    return tuple(DisputedReading(one.action, one.after, one.reason) for one in readings)


def load_words(session: Session, claims: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What each claim says, by its id, after what its chain does with it: `denies: …`."""
    query = select(ClaimRow.id, func.coalesce(ClaimRow.statement, ClaimRow.text))
    modes = load_modes(session, claims)
    rows = session.execute(query.where(ClaimRow.id.in_(claims)))
    return {id_: reported(words, modes.get(id_, ())) for id_, words in rows}


def save_draft(session: Session, claim: uuid.UUID, reviewer: uuid.UUID, draft: JsonObject) -> None:
    """Keep what somebody typed and did not decide; an empty draft is forgotten."""
    if not draft:
        session.execute(select(func.claims.forget_draft(reviewer, claim)))
        return
    row = {"claim": claim, "reviewer": reviewer, "draft": dict(draft)}
    inserted = insert(DraftRow).values(row)
    session.execute(
        inserted.on_conflict_do_update(
            index_elements=[DraftRow.reviewer, DraftRow.claim],
            set_={"draft": inserted.excluded.draft, "saved_at": func.clock_timestamp()},
        )
    )
