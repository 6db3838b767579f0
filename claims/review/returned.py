"""Published claims that come back to the queue because the text they stand in was edited."""

import uuid
from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.ranges import to_spans
from claims.database.statements import read_statements
from claims.model.anchor import AnchorState, Change, HopAnchor
from claims.model.span import Span, Spans
from claims.review.card import ReturnedClaim
from claims.review.leases import Holder, Leasing, lease_claim, lease_returned

QUERIES = {
    name: text(sql) for name, sql in read_statements("claims.review", "returned.sql").items()
}
"""The statements of returned.sql by name."""

NOWHERE = uuid.UUID(int=0)
"""A tab or terminal that nobody has."""


def load_returned(
    session: Session,
    holder: Holder | None = None,
    *,
    several: bool = False,
    but: Collection[uuid.UUID] = (),
    most: int = 1000,
) -> list[uuid.UUID]:
    """Claims that have come back, the longest waiting first.

    Args:
        session: A session.
        holder: Who asks, and where: what is before others or elsewhere is left out; None leaves
            nothing out.
        several: Whether what is before them there is left out, too.
        but: Claims to pass over.
        most: How many at most.
    """
    own = holder and (NOWHERE if several else holder.session)
    values = {
        "claim": None,
        "but": list(but),
        "reviewer": holder and holder.reviewer,
        "session": own,
        "most": most,
    }
    return list(session.scalars(QUERIES["pending"], values))


def is_returned(session: Session, claim: uuid.UUID) -> bool:
    """Whether a claim has come back, whoever has it before them."""
    values = {"claim": claim, "but": [], "reviewer": None, "session": None, "most": 1}
    return session.execute(QUERIES["pending"], values).first() is not None


def lease_card(
    session: Session, claim: uuid.UUID, holder: Holder, leasing: Leasing = Leasing.OWN
) -> bool:
    """Lease a claim that waits or came back; False if it did not, or is before others or elsewhere.

    Args:
        session: A session.
        claim: Which claim.
        holder: Who asks, and where.
        leasing: Which lease of it gives way.
    """
    # What waits is not published, and what came back is: nearly every card waits.
    if lease_claim(session, claim, holder, leasing):
        return True
    return is_returned(session, claim) and lease_returned(session, claim, holder, leasing)


def load_returned_claim(session: Session, claim: uuid.UUID) -> ReturnedClaim | None:
    """How a claim that has come back stands in the current version; None if it has not."""
    if not is_returned(session, claim):
        return None
    return load_anchor(session, claim)


def load_anchor(session: Session, claim: uuid.UUID) -> ReturnedClaim | None:
    """How a claim stands in the current version of its article; None if it was not sought there."""
    row = session.execute(QUERIES["anchor"], {"claim": claim}).first()
    if row is None:
        return None
    return ReturnedClaim(
        version_id=row.version,
        version=row.number,
        article=row.text,
        state=AnchorState(row.state),
        changes=tuple(change for change in Change if change in row.changes),
        spans=to_spans(row.spans),
        hops=tuple(_hop(hop) for hop in row.hop_spans),
        score=row.score,
        runner_up=row.runner_up,
    )


def _hop(hop: dict[str, list[tuple[int, int]]]) -> HopAnchor:
    mention, cue, capacity = (_spans(hop[name]) for name in ("mention", "cue", "capacity"))
    return HopAnchor(mention, cue, capacity)


def _spans(pairs: list[tuple[int, int]]) -> Spans:
    return tuple(Span(start, end) for start, end in pairs)
