"""Who speaks where in an article: its claims with their speakers, in the order of the text."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.database.ranges import to_spans
from claims.model.kinds import PUBLISHED, ClaimStatus
from claims.review.candidates import as_candidates
from claims.review.card import PlacedReport
from claims.schema import AttributionRow, ClaimRow, SourceMergedRow


def load_reports(session: Session, version: uuid.UUID) -> tuple[PlacedReport, ...]:
    """The claims of a version that were not replaced by others, in the order of the text.

    A rejected one has no speaker: nobody said so.
    """
    root = func.coalesce(SourceMergedRow.root, AttributionRow.source)
    query = (
        select(ClaimRow.content_spans, ClaimRow.status, root, AttributionRow.mention_spans)
        .join(AttributionRow, AttributionRow.claim == ClaimRow.id)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .where(
            ClaimRow.version == version,
            ClaimRow.status != ClaimStatus.REPLACED,
            AttributionRow.position == 1,
        )
        .order_by(func.lower(ClaimRow.content_spans), ClaimRow.id)
    )
    rows = session.execute(query).all()
    links = {source: (None, "") for _, _, source, _ in rows if source}
    sources = {one.source: one for one in as_candidates(session, links)}
    return tuple(
        PlacedReport(
            content=to_spans(content),
            speaker=None if status == ClaimStatus.REJECTED else sources.get(source),
            mention=to_spans(mention),
            settled=status in PUBLISHED,
        )
        for content, status, source, mention in rows
    )
