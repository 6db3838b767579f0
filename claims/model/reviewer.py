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
        first: When they made their first one.
        last: When they made their latest one.
        closed_at: When they were deactivated; None if they are active.
    """

    id: uuid.UUID
    name: str
    role: Role
    decisions: int
    first: datetime | None
    last: datetime | None
    closed_at: datetime | None
