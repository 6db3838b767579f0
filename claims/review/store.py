"""Decisions on claims: read where one stands, write the decision with its effect."""

import uuid

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims.errors import ChangedMeanwhileError
from claims.ledger.store import append
from claims.model.decision import Decision
from claims.model.kinds import ClaimStatus
from claims.review.transitions import Standing
from claims.schema import Claim, DocumentVersion


def load_standing(session: Session, claim: uuid.UUID) -> Standing:
    """Where a claim stands now.

    Raises:
        sqlalchemy.exc.NoResultFound: No claim has this id.
    """
    query = select(Claim.status, Claim.revision).where(Claim.id == claim)
    status, revision = session.execute(query).one()
    return Standing(claim, ClaimStatus(status), revision)


def save_decision(session: Session, decision: Decision) -> int:
    """Write a decision on a claim and its effect, both or neither.

    Returns:
        The decision's place in the ledger.

    Raises:
        ChangedMeanwhileError: The claim's revision is no longer what the decision was made on.
    """
    changed = session.execute(
        update(Claim)
        .where(Claim.id == decision.subject, Claim.revision == decision.revision - 1)
        .values(revision=decision.revision, **decision.after)
        .returning(Claim.id)
    ).first()
    if changed is None:
        raise ChangedMeanwhileError(f"claim {str(decision.subject)[:8]}")
    return append(session, decision)


def load_next(session: Session) -> uuid.UUID | None:
    """The next waiting claim: articles in the order they came in, claims in the order of text."""
    return session.scalar(
        select(Claim.id)
        .join(DocumentVersion, DocumentVersion.id == Claim.version)
        .where(Claim.status == ClaimStatus.PROPOSED)
        .order_by(DocumentVersion.recorded_at, Claim.version, func.lower(Claim.content_spans))
        .limit(1)
    )
