"""The one table of transitions: from where an action leads where, what it may change, who may."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claims.model.decision import Decision, Signature
from claims.model.kinds import PUBLISHED, ClaimStatus
from claims.review.errors import BadChangeError, NotAllowedError, NotForYouError, ReasonMissingError
from claims.review.quotes import require_printed

Fields = Mapping[str, object]
"""A claim's fields by name, as decisions write them (docs/decisions/0005-review.md)."""


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


WORDS = frozenset({"content", "text", "form"})
ATTRIBUTION = frozenset({"chain", "said_on", "said_on_text", "venue"})
JUDGEMENT = frozenset({"statement", "attribution_confidence", "credibility", "links"})
EVERYTHING = WORDS | ATTRIBUTION | JUDGEMENT
NOTHING: frozenset[str] = frozenset()

_S = ClaimStatus


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    Attributes:
        action: What is done.
        begins: The states it may be done in.
        ends: The state it leads to; None where the claim stays where it is.
        changes: The fields that may change with it.
        reason: Whether it needs a reason.
        third: Whether it is for somebody who read neither way in a dispute.
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
)  # fmt: skip
"""Every decision there is on a claim, beside undo and redo, which turn one of these round."""

BLIND = frozenset({Action.ACCEPT, Action.REJECT})
"""What a reader can do with a claim that two have to read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim stands: what a decision needs to know of it.

    Attributes:
        fields: All its fields.
        readers: Who read it, where two have to; of no account for other claims.
        two_readers: Whether two people have to read it before it is decided.
    """

    claim: uuid.UUID
    status: ClaimStatus
    revision: int
    fields: Fields
    readers: tuple[uuid.UUID, ...] = ()
    two_readers: bool = False

    @property
    def place(self) -> str:
        """How messages name it."""
        return f"claim {str(self.claim)[:8]}"


def rule_for(status: ClaimStatus, action: Action) -> Rule | None:
    """The row of the table for an action in a state; None if there is none."""
    fitting = (rule for rule in RULES if rule.action is action and status in rule.begins)
    return next(fitting, None)


def decision_for(
    standing: Standing, action: Action, signature: Signature, changes: Fields | None = None
) -> Decision | None:
    """The decision that an action on a claim comes to.

    Returns:
        None where the claim already stands as the action would leave it.

    Raises:
        ReasonMissingError: The action needs a reason.
        NotAllowedError: Nothing leads from the claim's status by this action.
        NotForYouError: The claim is disputed, and this reviewer is one of its two readers.
        BadChangeError: A field is not for this action to change.
        QuoteDiffersError: The statement quotes what is not printed.
    """
    rule = rule_for(standing.status, action)
    changed = {
        name: value for name, value in (changes or {}).items() if standing.fields.get(name) != value
    }
    if rule is None:
        if not changed and standing.status in {r.ends for r in RULES if r.action is action}:
            return None
        raise NotAllowedError(standing.place, f"{action} while {standing.status}")
    _require(standing, rule, signature, changed)
    after = dict(changed)
    if rule.ends is not None and rule.ends is not standing.status:
        after["status"] = rule.ends.value
    if not after and action is not Action.NOTE:
        return None
    return decision_on(standing, rule.written or action, after, signature)


def _require(standing: Standing, rule: Rule, signature: Signature, changed: Fields) -> None:
    if rule.reason and signature.said is None:
        raise ReasonMissingError(standing.place, f"{rule.action}")
    if rule.third and signature.reviewer in standing.readers:
        raise NotForYouError(standing.place, "you are one of the two who disagree")
    beyond = sorted(set(changed) - rule.changes)
    if beyond:
        remedy = ": correct it" if standing.status in PUBLISHED else ""
        detail = f"{rule.action} does not change {', '.join(beyond)}{remedy}"
        raise BadChangeError(standing.place, detail)
    if "chain" in changed and not changed["chain"]:
        raise BadChangeError(standing.place, "a chain has at least the voice")
    if "statement" in changed or "text" in changed:
        now = {**standing.fields, **changed}
        require_printed(standing.place, str(now["statement"] or ""), str(now["text"]))


def decision_on(
    standing: Standing,
    action: str,
    after: Fields,
    signature: Signature,
    *,
    batch: uuid.UUID | None = None,
) -> Decision:
    """A decision that sets fields and moves the claim's revision by one."""
    return Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=action,
        subject_kind="claim",
        subject=standing.claim,
        revision=standing.revision + 1,
        before={name: standing.fields.get(name) for name in after},
        after=after,
        tool_version=signature.tool_version,
        reason=signature.said,
        batch=batch,
    )
