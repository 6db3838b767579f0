"""Claims to be decided on together, chosen by a condition."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.catalogue.find import claim_conditions
from claims.model.kinds import ClaimStatus
from claims.review.conditions import Condition
from claims.review.decide import DecisionRequest
from claims.review.transitions import Action
from claims.schema import ClaimRow, DocumentRow, DocumentVersionRow


def select_requests(session: Session, condition: Condition) -> list[DecisionRequest]:
    """A request to accept each claim that waits undecided and passes, as it is now.

    In the order of the articles and their text.
    """
    query = (
        select(ClaimRow.id, ClaimRow.revision)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .where(ClaimRow.status.in_({ClaimStatus.PROPOSED, ClaimStatus.LATER}))
        .where(*claim_conditions(condition.filters))
        .order_by(
            DocumentVersionRow.recorded_at, ClaimRow.version, func.lower(ClaimRow.content_spans)
        )
    )
    if condition.score is not None:
        query = query.where(ClaimRow.extractor_score >= condition.score)
    return [
        DecisionRequest(claim, Action.ACCEPT, revision=revision)
        for claim, revision in session.execute(query)
    ]
