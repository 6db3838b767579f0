"""What people settle of copies and origins: fields of the document, each by a decision."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.documents.decide import save_document_decision
from claims.documents.decisions import place_of
from claims.documents.errors import DocumentRefusedError
from claims.ledger.append import load_decision_no
from claims.ledger.entries import load_entry
from claims.ledger.errors import ReasonMissingError
from claims.model.decision import Decision, NumberedDecision, Signature
from claims.schema import DocumentRow


def settle_copy(
    session: Session, document: uuid.UUID, original: uuid.UUID, signature: Signature
) -> NumberedDecision | None:
    """Settle what an article is printed from; itself says that it is a report of its own.

    Returns:
        The decision; None if it is settled so already.

    Raises:
        DocumentRefusedError: The original is, over others, a copy of the article.
        ReasonMissingError: There is no reason.
    """
    here = original
    while here != document:
        query = select(DocumentRow.copy_of).where(DocumentRow.id == here)
        beyond = session.scalars(query).one()
        if beyond is None or beyond == here:
            break
        here = beyond
    else:
        if original != document:
            detail = f"document {str(original)[:8]} was settled as a copy of it"
            raise DocumentRefusedError(place_of(document), detail)
    action = "own-report" if original == document else "copy-of"
    return _settle(session, document, action, signature, after={"copy_of": original})


def settle_origin(
    session: Session, document: uuid.UUID, source: uuid.UUID, signature: Signature
) -> NumberedDecision | None:
    """Settle whom an article comes from.

    Returns:
        The decision; None if it is settled so already.

    Raises:
        ReasonMissingError: There is no reason.
    """
    return _settle(session, document, "origin", signature, after={"origin": source})


def _settle(
    session: Session,
    document: uuid.UUID,
    action: str,
    signature: Signature,
    *,
    after: dict[str, uuid.UUID],
) -> NumberedDecision | None:
    number = load_decision_no(session, signature.id)
    if number is not None:
        return NumberedDecision(number, load_entry(session, number).decision)
    if signature.reason_line is None:
        raise ReasonMissingError(place_of(document), action)
    query = select(DocumentRow.revision, DocumentRow.copy_of, DocumentRow.origin)
    row = session.execute(query.where(DocumentRow.id == document).with_for_update()).one()
    before = {name: getattr(row, name) for name in after}
    if before == after:
        return None
    decision = Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=action,
        subject_kind="document",
        subject=document,
        revision=row.revision + 1,
        before={name: str(one) if one else None for name, one in before.items()},
        after={name: str(one) for name, one in after.items()},
        tool_version=signature.tool_version,
        reason=signature.reason_line,
    )
    return NumberedDecision(save_document_decision(session, decision), decision)
