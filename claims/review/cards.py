"""Cards read from the database."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, Row, cast, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from claims.catalogue.document_notes import load_document_notes
from claims.catalogue.find import embargo_end
from claims.catalogue.modes import load_modes
from claims.catalogue.origin_notes import load_origin_notes
from claims.catalogue.other_notes import load_other_notes
from claims.database.ranges import to_known_days, to_spans
from claims.model.json import JsonObject
from claims.model.kinds import PUBLISHED, WAITING, ClaimStatus
from claims.model.reported import reported
from claims.model.span import words_at
from claims.review import candidates
from claims.review.card import Candidate, Card, DisputedReading, HopView
from claims.review.queue import load_lease
from claims.review.returned import load_returned_claim
from claims.review.second_review import load_readings, needs_two
from claims.review.state import load_state
from claims.schema import (
    AttributionRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    DraftRow,
    SourceMergedRow,
    SourceRoleRow,
    SourceRow,
    WaitingRow,
)


def load_card(session: Session, claim: uuid.UUID, reviewer: uuid.UUID) -> Card:
    """A claim's card for a reviewer: never what a sealed reading holds.

    Raises:
        sqlalchemy.exc.NoResultFound: No claim has this id.
    """
    row = session.scalars(
        select(ClaimRow).where(ClaimRow.id == claim).execution_options(populate_existing=True)
    ).one()
    version, document, outlet, embargo = _load_printing(session, row.version)
    number, siblings = _load_number(session, row)
    lease = load_lease(session, claim)
    draft = session.scalar(
        select(DraftRow.draft).where(DraftRow.claim == claim, DraftRow.reviewer == reviewer)
    )
    hops = load_hops(session, claim, row.listed_on)
    mention = words_at(version.text, hops[0].mention)
    two_readers = needs_two(session, row)
    return Card(
        claim=claim,
        revision=row.revision,
        state=load_state(session, row),
        version_id=row.version,
        article=version.text,
        title=document.title,
        outlet=outlet,
        url=document.url,
        published_at=document.published_at,
        version=version.number,
        number=number,
        siblings=siblings,
        rule=row.rule,
        extractor_score=row.extractor_score,
        claim_class=row.claim_class,
        name_score=row.name_score,
        suggested_name=row.suggested_name,
        hearer=row.hearer,
        hops=hops,
        candidates=candidates.load(session, row, hops[0], mention),
        printed=session.scalar(select(WaitingRow.printed).where(WaitingRow.claim == claim)) or 1,
        two_readers=two_readers,
        disputed=_load_dispute(session, row),
        draft=draft or {},
        lease_until=lease[1] if lease and lease[0] == reviewer else None,
        returned=load_returned_claim(session, claim) if row.status in PUBLISHED else None,
        embargo=embargo,
        article_status=document.shown_status,
        article_note=load_document_notes(session, [document.id]).get(document.id, ""),
        origin_note=load_origin_notes(session, [claim]).get(claim, ""),
        # Of two readers each begins with what the machine proposed.
        settled=None if two_readers else _load_settled(session, row, hops[0], version.text),
        others=load_other_notes(session, claim),
    )


def _load_settled(
    session: Session, row: ClaimRow, voice: HopView, article: str
) -> Candidate | None:
    """Whom to propose instead of the linked speaker; nobody for what is decided."""
    if row.status not in WAITING:
        return None
    return candidates.load_settled(session, row, voice, article)


def _load_printing(
    session: Session, version: uuid.UUID
) -> Row[DocumentVersionRow, DocumentRow, str | None, datetime | None]:
    merged, outlet = aliased(SourceMergedRow), aliased(SourceRow)
    return session.execute(
        select(DocumentVersionRow, DocumentRow, outlet.name, embargo_end())
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .outerjoin(merged, merged.source == DocumentRow.outlet)
        .outerjoin(outlet, outlet.id == func.coalesce(merged.root, DocumentRow.outlet))
        .where(DocumentVersionRow.id == version)
    ).one()


def _load_number(session: Session, row: ClaimRow) -> tuple[int, int]:
    """Which claim of its article it is, in the order of the text, and how many there are."""
    order = (func.lower(ClaimRow.content_spans), ClaimRow.id)
    mine = (row.content_spans[0].lower, row.id)
    upto = func.count().filter(func.row(*order) <= func.row(*mine))
    there = (ClaimRow.version == row.version, ClaimRow.status != ClaimStatus.REPLACED)
    number, siblings = session.execute(select(upto, func.count()).where(*there)).one()
    return number, siblings


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


def load_hops(session: Session, claim: uuid.UUID, day: date) -> tuple[HopView, ...]:
    """A claim's chain with the offices that were held on a day, from the voice outward."""
    rows = session.execute(
        select(AttributionRow, SourceRow, SourceMergedRow.root)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .outerjoin(
            SourceRow, SourceRow.id == func.coalesce(SourceMergedRow.root, AttributionRow.source)
        )
        .where(AttributionRow.claim == claim)
        .order_by(AttributionRow.position)
    ).all()
    offices = load_offices(session, [row[1].id for row in rows if row[1]], day)
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
        for hop, source, _ in rows
    )


def load_offices(session: Session, sources: Sequence[uuid.UUID], day: date) -> dict[uuid.UUID, str]:
    """The office that each source, or one merged into it, held on a day."""
    employer, merged = aliased(SourceRow), aliased(SourceMergedRow)
    held = func.coalesce(merged.root, SourceRoleRow.source)
    query = (
        select(held, SourceRoleRow.title, employer.name, SourceRoleRow.valid)
        .outerjoin(merged, merged.source == SourceRoleRow.source)
        .outerjoin(employer, employer.id == SourceRoleRow.organisation)
        .where(held.in_(sources), SourceRoleRow.valid.contains(cast(day, Date)))
        .order_by(func.lower(SourceRoleRow.valid).nulls_first())
    )
    offices = {}
    for source, title, organisation, valid in session.execute(query):
        if to_known_days(valid):
            offices[source] = f"{title}, {organisation}" if organisation else title
    return offices


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
