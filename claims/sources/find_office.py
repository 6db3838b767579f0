"""Find the office that an editor asks for: its organisation, and what an article prints of it."""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.catalogue.find import find_claim
from claims.database.ranges import to_spans
from claims.schema import AttributionRow, ClaimRow, SourceMergedRow, SourceRoleRow
from claims.sources.changes import SourceState
from claims.sources.edit import role_id
from claims.sources.errors import SourceRefusedError
from claims.sources.find import find_source
from claims.sources.lists import OfficeEntry


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """An office as an editor asks for it.

    Attributes:
        organisation: Id or name of the source where it is held.
        first: First day; None if not known.
        last: Last day, included; None if not known or still held.
        evidence: Where this is known from.
        claim: Id of a claim whose article prints the title; its words become the evidence.
    """

    title: str
    organisation: str | None = None
    first: date | None = None
    last: date | None = None
    evidence: str | None = None
    claim: str | None = None


def find_office(
    session: Session, state: SourceState, request: OfficeRequest
) -> tuple[OfficeEntry, bool]:
    """The office that an editor asks for.

    Returns:
        The office, and whether the source has it already; then with the stored evidence.

    Raises:
        SourceRefusedError: The claim's article prints no description of the source.
        UnknownSourceError: No source is the organisation.
        AmbiguousSourceError: More than one source may be the organisation.
        UnknownIdError: No claim has the id.
    """
    organisation = find_source(session, request.organisation) if request.organisation else None
    office = OfficeEntry(request.title, organisation, request.first, request.last, request.evidence)
    stored = session.get(SourceRoleRow, role_id(state.source, office))
    if stored is not None:
        return replace(
            office,
            evidence=stored.evidence,
            version=stored.evidence_version,
            spans=to_spans(stored.evidence_spans),
        ), True
    if request.claim:
        office = _with_printed(session, state, office, find_claim(session, request.claim))
    return office, False


def _with_printed(
    session: Session, state: SourceState, office: OfficeEntry, claim: uuid.UUID
) -> OfficeEntry:
    """The office with the words of a claim's article as evidence."""
    query = (
        select(AttributionRow.capacity_spans, ClaimRow.version)
        .join(ClaimRow, ClaimRow.id == AttributionRow.claim)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .where(
            AttributionRow.claim == claim,
            AttributionRow.capacity.is_not(None),
            func.coalesce(SourceMergedRow.root, AttributionRow.source) == state.root,
        )
        .order_by(AttributionRow.position)
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        detail = f"claim {str(claim)[:8]} prints no office of it; give --evidence instead"
        raise SourceRefusedError(state.label, detail)
    return replace(office, version=row.version, spans=to_spans(row.capacity_spans))
