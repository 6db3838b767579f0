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

QUERIES = {
    name: text(sql) for name, sql in read_statements("claims.review", "returned.sql").items()
}
"""The statements of returned.sql by name."""


def load_returned(
    session: Session,
    reviewer: uuid.UUID | None = None,
    *,
    but: Collection[uuid.UUID] = (),
    most: int = 1000,
) -> list[uuid.UUID]:
    """Claims that have come back, the longest waiting first.

    Args:
        session: A session.
        reviewer: Who asks: what others have before them is left out; None leaves nothing out.
        but: Claims to pass over.
        most: How many at most.
    """
    values = {"claim": None, "but": list(but), "reviewer": reviewer, "most": most}
    return list(session.scalars(QUERIES["pending"], values))


def is_returned(session: Session, claim: uuid.UUID, reviewer: uuid.UUID | None = None) -> bool:
    """Whether a claim has come back; for a reviewer, and nobody else has it."""
    values = {"claim": claim, "but": [], "reviewer": reviewer, "most": 1}
    return session.execute(QUERIES["pending"], values).first() is not None


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
