"""The one table of transitions: from where an action leads where, what it may change, who may."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from claims.ledger.errors import ReasonMissingError
from claims.model.claim import FIELDS, ClaimState, changes_between
from claims.model.decision import Decision, Signature
from claims.model.json import Json, JsonObject
from claims.model.kinds import PUBLISHED, ClaimStatus
from claims.review.errors import BadChangeError, NotAllowedError, NotForYouError
from claims.review.quotes import require_printed


class Action(StrEnum):
    """What a reviewer can do with a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    LATER = "later"
    FLAG = "flag"
    EDIT = "edit"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    NOTE = "note"
    SPLIT = "split"
    MERGE = "merge"
    KEEP = "keep"
    TAKE = "take"


EVERYTHING = frozenset(FIELDS) - {"status", "disputed_links"}
"""What one person may change: a status comes from the action, a dispute from two readings."""
JUDGEMENT = frozenset(
    {"statement", "attribution_confidence", "credibility", "links", "refused_links"}
)
NOTHING: frozenset[str] = frozenset()

_S = ClaimStatus


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    Attributes:
        action: What is done.
        begins: The statuses it may be done in.
        ends: The status it leads to; None if the claim keeps its status.
        changes: The fields that may change with it.
        reason: Whether it needs a reason.
        third: Whether it is for somebody who is not one of two readers in dispute.
        written: What the ledger calls it, if not by the action's name.
    """

    action: Action
    begins: frozenset[ClaimStatus]
    ends: ClaimStatus | None
    changes: frozenset[str] = NOTHING
    reason: bool = False
    third: bool = False
    written: str | None = None


_UNDECIDED = frozenset({_S.PROPOSED, _S.LATER})
_OPEN = _UNDECIDED | {_S.SECOND_READING}
_ANY = frozenset(_S) - {_S.REPLACED}

RULES = (
    # A mind may change: what was rejected can be accepted, and the other way round.
    Rule(Action.ACCEPT, _OPEN | {_S.REJECTED, _S.WITHDRAWN}, _S.ACCEPTED, EVERYTHING),
    Rule(Action.ACCEPT, frozenset({_S.DISPUTED}), _S.ACCEPTED, EVERYTHING, third=True,
         written="settle"),
    Rule(Action.REJECT, _OPEN | PUBLISHED, _S.REJECTED, reason=True),
    Rule(Action.REJECT, frozenset({_S.DISPUTED}), _S.REJECTED, reason=True, third=True,
         written="settle"),
    Rule(Action.LATER, frozenset({_S.PROPOSED}), _S.LATER),
    Rule(Action.FLAG, _UNDECIDED, _S.SECOND_READING),
    Rule(Action.EDIT, _UNDECIDED, None, EVERYTHING),
    # What an editor adds to a published claim is no correction; what was printed of it is.
    Rule(Action.EDIT, PUBLISHED, None, JUDGEMENT),
    Rule(Action.CORRECT, PUBLISHED, _S.CORRECTED, EVERYTHING),
    Rule(Action.WITHDRAW, PUBLISHED, _S.WITHDRAWN, reason=True),
    Rule(Action.NOTE, _ANY, None, reason=True),
    Rule(Action.SPLIT, _UNDECIDED, _S.REPLACED),
    Rule(Action.MERGE, _UNDECIDED, _S.REPLACED),
    # The article was edited: the claim stands as it is, or gives way to that of the new words.
    Rule(Action.KEEP, PUBLISHED, None),
    Rule(Action.TAKE, PUBLISHED, _S.REPLACED),
)  # fmt: skip
"""Every decision there is on a claim, beside undo and redo, which turn one of these round."""

BLIND = frozenset({Action.ACCEPT, Action.REJECT})
"""What a reader can do with a claim that two have to read."""


@dataclass(frozen=True, slots=True)
class ClaimUnderReview:
    """A claim as a decision needs to know it.

    Attributes:
        id: The claim's.
        revision: How many decisions were made on it.
        state: Its fields.
        readers: Who read it as it is now; of use only if two have to.
        two_readers: Whether two people have to read it before it is decided.
    """

    id: uuid.UUID
    revision: int
    state: ClaimState
    readers: tuple[uuid.UUID, ...] = ()
    two_readers: bool = False

    @property
    def status(self) -> ClaimStatus:
        """How far review has come with it."""
        return self.state.status

    @property
    def place(self) -> str:
        """How messages name it."""
        return place_of(self.id)


def place_of(claim: uuid.UUID) -> str:
    """How messages name a claim."""
    return f"claim {str(claim)[:8]}"


def rule_for(status: ClaimStatus, action: Action) -> Rule | None:
    """The row of the table for an action in a status; None if there is none."""
    fitting = (rule for rule in RULES if rule.action is action and status in rule.begins)
    return next(fitting, None)


def decision_for(
    claim: ClaimUnderReview,
    action: Action,
    signature: Signature,
    edited: ClaimState | None = None,
) -> Decision | None:
    """The decision that an action on a claim comes to.

    Args:
        claim: As it is now.
        action: What to do with it.
        signature: Who decides.
        edited: The state with everything that changes besides the status; None for no change.

    Returns:
        None if the claim is already as the action would leave it.

    Raises:
        ReasonMissingError: The action needs a reason.
        NotAllowedError: Nothing leads from the claim's status by this action.
        NotForYouError: The claim is disputed, and this reviewer is one of its two readers.
        BadChangeError: A field is not for this action to change.
        QuoteDiffersError: The statement quotes what is not printed.
    """
    rule = rule_for(claim.status, action)
    edited = edited or claim.state
    changed = frozenset(changes_between(claim.state, edited))
    if rule is None:
        if not changed and claim.status in {r.ends for r in RULES if r.action is action}:
            return None
        raise NotAllowedError(claim.place, f"{action} while {claim.status}")
    _require_allowed(claim, rule, signature, changed)
    _require_sound(claim.place, edited, changed)
    after = replace(edited, status=rule.ends or claim.status)
    if after == claim.state and action is not Action.NOTE:
        return None
    return decision_on(claim, rule.written or action, after, signature)


def _require_allowed(
    claim: ClaimUnderReview, rule: Rule, signature: Signature, changed: frozenset[str]
) -> None:
    if rule.reason and signature.reason_line is None:
        raise ReasonMissingError(claim.place, f"{rule.action}")
    if rule.third and signature.reviewer in claim.readers:
        raise NotForYouError(claim.place, "you are one of the two who disagree")
    beyond = sorted(changed - rule.changes)
    if beyond:
        remedy = ": correct it" if claim.status in PUBLISHED else ""
        detail = f"{rule.action} does not change {', '.join(beyond)}{remedy}"
        raise BadChangeError(claim.place, detail)


def _require_sound(place: str, edited: ClaimState, changed: frozenset[str]) -> None:
    if not edited.chain and "chain" in changed:
        raise BadChangeError(place, "a chain has at least the voice")
    if changed & {"statement", "text"}:
        require_printed(place, edited.statement or "", edited.text)


def decision_on(
    claim: ClaimUnderReview,
    action: str,
    after: ClaimState,
    signature: Signature,
    *,
    batch: uuid.UUID | None = None,
    readings: Sequence[JsonObject] = (),
) -> Decision:
    """A decision that gives a claim another state and moves its revision by one.

    Args:
        claim: As it is now.
        action: What the ledger calls it.
        after: The state that it leads to.
        signature: Who decides.
        batch: What decisions that are made together share.
        readings: The two readings that it comes from; they become part of the ledger.
    """
    old: dict[str, Json] = changes_between(after, claim.state)
    new: dict[str, Json] = changes_between(claim.state, after)
    if readings:
        old["readings"], new["readings"] = None, list(readings)
    return Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=action,
        subject_kind="claim",
        subject=claim.id,
        revision=claim.revision + 1,
        before=old,
        after=new,
        tool_version=signature.tool_version,
        reason=signature.reason_line,
        batch=batch,
    )
