"""A reviewer as the list of reviewers shows them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from claims.model.kinds import Role


@dataclass(frozen=True, slots=True)
class ReviewerCard:
    """Who decides, and what they did.

    Attributes:
        id: What decisions are signed with; it stays when the name changes.
        name: The name today.
        role: What they may do.
        decisions: How many they made.
        first: When they made the first one.
        last: When they made the latest one.
        closed_at: From when they sign nothing more; None while they do.
    """

    id: uuid.UUID
    name: str
    role: Role
    decisions: int
    first: datetime | None
    last: datetime | None
    closed_at: datetime | None
