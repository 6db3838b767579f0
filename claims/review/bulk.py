"""Decides on many claims as one act."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.catalogue.find import claim_conditions
from claims.model.decision import Signature
from claims.model.kinds import ClaimStatus
from claims.review.decision_file import Condition
from claims.review.queue import load_lease
from claims.review.state import load_standing, save_decision
from claims.review.transitions import Action, decision_for
from claims.schema import ClaimRow, DocumentRow, DocumentVersionRow


def find_matching(session: Session, condition: Condition) -> list[uuid.UUID]:
    """The claims that wait undecided and pass, in the order of their articles and text."""
    query = (
        select(ClaimRow.id)
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
    return list(session.scalars(query))


def accept_all(
    session: Session, claims: Sequence[uuid.UUID], sign: Callable[[], Signature]
) -> tuple[list[int], int]:
    """Accept claims as one batch; what was decided meanwhile, or needs two readers, is left.

    Returns:
        Numbers in the ledger, and how many were left for two readers.
    """
    first = sign()
    numbers: list[int] = []
    apart = 0
    for claim in claims:
        standing = load_standing(session, claim, lock=True)
        if standing.two_readers:
            apart += 1
            continue
        if standing.status not in {ClaimStatus.PROPOSED, ClaimStatus.LATER}:
            continue
        decision = decision_for(standing, Action.ACCEPT, sign() if numbers else first)
        if decision is not None:
            numbers.append(save_decision(session, replace(decision, batch=first.id)))
    return numbers, apart


def decide_all(
    session: Session,
    seen: Sequence[tuple[uuid.UUID, int]],
    action: Action,
    sign: Callable[[], Signature],
) -> tuple[list[int], int]:
    """Decide on claims as somebody saw them, as one batch.

    Args:
        session: One transaction for all.
        seen: Claims, each with the revision that was seen.
        action: What to do with each.
        sign: Makes a signature for each.

    Returns:
        Numbers in the ledger, and how many were left: changed since, before somebody else, to be
        read by two, or standing so already.
    """
    first = sign()
    numbers: list[int] = []
    for claim, revision in seen:
        standing = load_standing(session, claim, lock=True)
        held = load_lease(session, claim)
        elsewhere = held is not None and held[0] != first.reviewer
        if standing.revision != revision or standing.two_readers or elsewhere:
            continue
        decision = decision_for(standing, action, sign() if numbers else first)
        if decision is not None:
            numbers.append(save_decision(session, replace(decision, batch=first.id)))
    return numbers, len(seen) - len(numbers)
