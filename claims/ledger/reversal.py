"""Turns a decision round: what takes it back, as a new decision."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.ledger.errors import UndoRefusedError
from claims.model.decision import Decision, Signature
from claims.model.kinds import Role

UNDO, REDO = "undo", "redo"

BESIDE = frozenset({"readings"})
"""What a decision says beside the fields it sets: nothing that could be set back."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A decision as it stands in the ledger.

    Attributes:
        no: Its place in the chain.
        at: When, by the server's clock.
        signed: The reviewer's name today.
    """

    no: int
    at: datetime
    signed: str
    decision: Decision

    @property
    def told(self) -> str:
        """How messages name it."""
        return f"{self.decision.action} by {self.signed}, ledger {self.no}"


def reverse(
    made: LedgerEntry, revision: int, signature: Signature, *, batch: uuid.UUID | None = None
) -> Decision:
    """The decision that takes another back, or brings back what an undo took.

    Args:
        made: What is taken back.
        revision: The subject's revision now.
        signature: Who takes it back; their reason, if they give one.
        batch: What several turned together share.

    Raises:
        UndoRefusedError: It made a source, which is never removed.
    """
    target = made.decision
    if target.subject_kind == "source" and target.revision == 1 and "kind" in target.after:
        place = f"source {str(target.subject)[:8]}"
        raise UndoRefusedError(place, "a source that was added stays; merge it into the right one")
    names = [name for name in target.before if name not in BESIDE]
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
        reason=signature.said,
        undoes=target.id,
        batch=batch,
    )


def require_free(
    made: LedgerEntry, later: Sequence[LedgerEntry], reviewer: uuid.UUID, role: Role
) -> None:
    """Refuse to take a decision back under what was decided since.

    Args:
        made: What shall be taken back.
        later: Standing decisions on the same subject since, the latest last.
        reviewer: Who wants it back.
        role: Their role.

    Raises:
        UndoRefusedError: Somebody else decided it, and the role is not adjudicator; or a later
            decision touched the same fields, or is somebody else's. Names each.
    """
    target = made.decision
    place = f"{target.subject_kind} {str(target.subject)[:8]}"
    if target.reviewer != reviewer and role is not Role.ADJUDICATOR:
        detail = f"{made.told} is not yours; an adjudicator may take it back"
        raise UndoRefusedError(place, detail)
    touched = set(target.before) - BESIDE
    in_the_way = [
        one
        for one in later
        if one.decision.reviewer != reviewer or touched & (set(one.decision.before) - BESIDE)
    ]
    if in_the_way:
        detail = f"{made.told} lies under {'; '.join(one.told for one in in_the_way)}"
        raise UndoRefusedError(place, detail)
