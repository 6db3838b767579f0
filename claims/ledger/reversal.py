"""Reverses a decision: what takes it back, as a new decision."""

import uuid
from collections.abc import Sequence

from claims.ledger.entry import LedgerEntry
from claims.ledger.errors import UndoRefusedError
from claims.model.decision import ADJUNCTS, Decision, Signature
from claims.model.kinds import Role

UNDO, REDO = "undo", "redo"


def reverse(
    entry: LedgerEntry, revision: int, signature: Signature, *, batch: uuid.UUID | None = None
) -> Decision:
    """The decision that takes another back, or brings back what an undo took.

    Args:
        entry: What is undone.
        revision: The subject's revision now.
        signature: Who takes it back, with the reason if they give one.
        batch: What decisions that are reversed together share.

    Raises:
        UndoRefusedError: It added a source, which is never removed.
    """
    target = entry.decision
    if target.subject_kind == "source" and target.revision == 1 and "kind" in target.after:
        place = f"source {str(target.subject)[:8]}"
        raise UndoRefusedError(place, "a source that was added stays; merge it into the right one")
    names = [name for name in target.before if name not in ADJUNCTS]
    return Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=REDO if target.action == UNDO else UNDO,
        subject_kind=target.subject_kind,
        subject=target.subject,
        revision=revision + 1,
        before={name: target.after[name] for name in names},
        after={name: target.before[name] for name in names},
        tool_version=signature.tool_version,
        reason=signature.reason_line,
        undoes=target.id,
        batch=batch,
    )


def require_free(
    entry: LedgerEntry, later: Sequence[LedgerEntry], reviewer: uuid.UUID, role: Role
) -> None:
    """Refuse to undo a decision if it is not the reviewer's, or later decisions rest on it.

    Args:
        entry: What is to be undone.
        later: Decisions on the same subject since that still hold, the latest last.
        reviewer: Who wants to undo it.
        role: Their role.

    Raises:
        UndoRefusedError: Somebody else decided it, and the role is not adjudicator; or a later
            decision touched the same fields, or is somebody else's. Names each.
    """
    target = entry.decision
    place = f"{target.subject_kind} {str(target.subject)[:8]}"
    if target.reviewer != reviewer and not role.may(Role.ADJUDICATOR):
        detail = f"{entry.summary} is not yours; an adjudicator may undo it"
        raise UndoRefusedError(place, detail)
    touched = set(target.before) - ADJUNCTS
    in_the_way = [
        one
        for one in later
        if one.decision.reviewer != reviewer or touched & (set(one.decision.before) - ADJUNCTS)
    ]
    if in_the_way:
        detail = f"{entry.summary} lies under {'; '.join(one.summary for one in in_the_way)}"
        raise UndoRefusedError(place, detail)
