"""What one of two readers would decide, and whether two readers came to the same."""

import uuid
from dataclasses import dataclass, replace

from claims.model.claim import ClaimState, HopState
from claims.model.json import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Reading:
    """What one of two readers would decide.

    Attributes:
        id: The id that its decision would have had.
        reviewer: Who read the claim.
        action: accept or reject.
        after: The fields that would change, as they would be.
        reason: Why, in the reader's words.
        at: When it was read, by the server's clock, as the ledger writes it.
    """

    id: uuid.UUID
    reviewer: uuid.UUID
    action: str
    after: JsonObject
    reason: str | None
    at: str

    def to_json(self) -> dict[str, Json]:
        """As the decision that comes of both readings holds it."""
        return {
            "id": str(self.id),
            "reviewer": str(self.reviewer),
            "action": self.action,
            "after": self.after,
            "reason": self.reason,
            "at": self.at,
        }


def same_verdict(state: ClaimState, one: Reading, other: Reading) -> bool:
    """Whether two readings of a claim lead to the same: the action, and the state after it."""
    if one.action != other.action:
        return False
    return _without_links(state.with_changes(one.after)) == _without_links(
        state.with_changes(other.after)
    )


def _without_links(state: ClaimState) -> ClaimState:
    """A state without how its hops came to their sources: that is not what readers are asked."""
    return replace(state, chain=tuple(_without_link(hop) for hop in state.chain))


def _without_link(hop: HopState) -> HopState:
    return replace(hop, link_rule=None, link_score=None, link_reason=None)
