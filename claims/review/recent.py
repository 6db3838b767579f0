"""What a reviewer decided last, in lines."""

import uuid

from sqlalchemy.orm import Session

from claims.ledger import entries
from claims.model.decision import Decision
from claims.review.card import RecentDecision
from claims.review.cards import load_words


def load_recent(session: Session, reviewer: uuid.UUID, limit: int) -> list[RecentDecision]:
    """A reviewer's latest decisions on claims, newest first."""
    own = entries.load_own(session, reviewer, limit)
    words = load_words(session, [entry.decision.subject for entry, _ in own])
    return [
        RecentDecision(
            decision=entry.decision.id,
            no=entry.no,
            at=entry.at,
            action=entry.decision.action,
            claim=entry.decision.subject,
            words=words.get(entry.decision.subject, ""),
            change=_change(entry.decision),
            undone=undone,
        )
        for entry, undone in own
    ]


def _change(decision: Decision) -> str:
    """What a decision changed, in a few words: the claim's status, or which fields."""
    if "status" in decision.after:
        return f"{decision.before.get('status')} to {decision.after['status']}"
    return ", ".join(sorted(decision.after)) or decision.reason or ""
