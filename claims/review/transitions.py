"""Which decision leads from where to where."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from claims.errors import NotAllowedError, ReasonMissingError
from claims.model.decision import Decision, Signature
from claims.model.kinds import ClaimStatus


class Action(StrEnum):
    """What a reviewer can do with a claim."""

    ACCEPT = "accept"
    REJECT = "reject"


TRANSITIONS = {
    (ClaimStatus.PROPOSED, Action.ACCEPT): ClaimStatus.ACCEPTED,
    (ClaimStatus.PROPOSED, Action.REJECT): ClaimStatus.REJECTED,
    # A mind may change; the ledger keeps both.
    (ClaimStatus.ACCEPTED, Action.REJECT): ClaimStatus.REJECTED,
    (ClaimStatus.REJECTED, Action.ACCEPT): ClaimStatus.ACCEPTED,
}
"""Every decision there is; doing again what is done already changes nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim stands: what a decision needs to know of it."""

    claim: uuid.UUID
    status: ClaimStatus
    revision: int


def decide(standing: Standing, action: Action, signature: Signature) -> Decision | None:
    """The decision that an action on a claim comes to.

    Returns:
        None where the claim already stands as the action would leave it.

    Raises:
        ReasonMissingError: A rejection without a reason.
        NotAllowedError: Nothing leads from the claim's status by this action.
    """
    place = f"claim {str(standing.claim)[:8]}"
    reason = signature.said
    if action is Action.REJECT and reason is None:
        raise ReasonMissingError(place)
    if standing.status in {TRANSITIONS.get((s, action)) for s in ClaimStatus}:
        return None
    after = TRANSITIONS.get((standing.status, action))
    if after is None:
        raise NotAllowedError(place, f"{action} while {standing.status}")
    return Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=action,
        subject_kind="claim",
        subject=standing.claim,
        revision=standing.revision + 1,
        before={"status": standing.status},
        after={"status": after},
        tool_version=signature.tool_version,
        reason=reason,
    )
