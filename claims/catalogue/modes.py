"""Load what the chains of claims do with their words: for lines that show nothing else of them."""

import uuid
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.model.reported import NamedMode, name_of
from claims.schema import AttributionRow, SourceMergedRow, SourceRow


def load_modes(
    session: Session, claims: Iterable[uuid.UUID]
) -> dict[uuid.UUID, tuple[NamedMode, ...]]:
    """By claim, who each hop is and its mode, from the voice outward."""
    query = (
        select(AttributionRow.claim, SourceRow.name, AttributionRow.mention, AttributionRow.mode)
        .select_from(AttributionRow)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .outerjoin(
            SourceRow, SourceRow.id == func.coalesce(SourceMergedRow.root, AttributionRow.source)
        )
        .where(AttributionRow.claim.in_(list(claims)))
        .order_by(AttributionRow.claim, AttributionRow.position)
    )
    modes: dict[uuid.UUID, tuple[NamedMode, ...]] = {}
    for claim, name, mention, mode in session.execute(query):
        modes[claim] = (*modes.get(claim, ()), (name_of(name, mention), mode))
    return modes
