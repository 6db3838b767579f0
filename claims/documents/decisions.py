"""The one table of what people may decide on a document: which action leads from where to where."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claims.documents.errors import DocumentRefusedError
from claims.ledger.errors import ReasonMissingError
from claims.model.decision import Decision, Signature
from claims.model.json import Json
from claims.model.kinds import DocumentStatus
from claims.model.notice import NoticeKind


class DocumentAction(StrEnum):
    """What a person can decide on a document."""

    WITHDRAW = "withdraw"
    CORRECT = "correct"
    RESTORE = "restore"
    LIFT_EMBARGO = "lift-embargo"
    CONFIRM = "confirm"
    DISMISS = "dismiss"


_S = DocumentStatus


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    Attributes:
        begins: The statuses in which it may be decided.
        ends: The status it leads to; None for the one that the withdrawn document had before.
    """

    begins: frozenset[DocumentStatus]
    ends: DocumentStatus | None


RULES: Mapping[DocumentAction, Rule] = {
    DocumentAction.WITHDRAW: Rule(frozenset({_S.USABLE, _S.CORRECTED}), _S.WITHDRAWN),
    DocumentAction.CORRECT: Rule(frozenset({_S.USABLE, _S.WITHDRAWN}), _S.CORRECTED),
    # What was corrected stays so: only an undo says that it never was.
    DocumentAction.RESTORE: Rule(frozenset({_S.WITHDRAWN}), None),
}
"""The decisions that set a document's status, beside undo and redo. Each needs a reason."""

PROPOSED: Mapping[NoticeKind, DocumentAction] = {
    NoticeKind.WITHDRAW: DocumentAction.WITHDRAW,
    NoticeKind.CORRECT: DocumentAction.CORRECT,
    NoticeKind.RESTORE: DocumentAction.RESTORE,
}
"""What each kind of notice proposes. A kill proposes nothing: it is in force."""


@dataclass(frozen=True, slots=True)
class DocumentUnderReview:
    """A document as a decision needs to know it.

    Attributes:
        id: The document's.
        revision: How many decisions were made on it.
        status: What people decided last.
        earlier: Of a withdrawn document, the status that it had before.
        kill: The kill notice that is its wire's last word; None if there is none.
        kill_lifted: The kill notice that a person overruled.
        embargo: The embargo that its publisher laid on it, as the ledger writes it.
        embargo_lifted: The embargo that a person lifted.
        settled: The notices that people confirmed or dismissed, in ascending order.
    """

    id: uuid.UUID
    revision: int
    status: DocumentStatus
    earlier: DocumentStatus = DocumentStatus.USABLE
    kill: uuid.UUID | None = None
    kill_lifted: uuid.UUID | None = None
    embargo: str | None = None
    embargo_lifted: str | None = None
    settled: tuple[uuid.UUID, ...] = ()

    @property
    def place(self) -> str:
        """How messages name it."""
        return place_of(self.id)

    @property
    def is_killed(self) -> bool:
        """Whether a kill is in force."""
        return self.kill is not None and self.kill != self.kill_lifted


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """A notice as a decision needs to know it."""

    id: uuid.UUID
    kind: NoticeKind
    words: str


def place_of(document: uuid.UUID) -> str:
    """How messages name a document."""
    return f"document {str(document)[:8]}"


def decision_for(
    document: DocumentUnderReview,
    action: DocumentAction,
    signature: Signature,
    notice: OpenNotice | None = None,
) -> Decision | None:
    """The decision that an action on a document comes to.

    Args:
        document: As it is now.
        action: What to do with it.
        signature: Who decides, and why.
        notice: The notice that is confirmed or dismissed.

    Returns:
        None if the document is already as the action would leave it.

    Raises:
        ReasonMissingError: There is no reason; a confirmed notice gives its own.
        DocumentRefusedError: Nothing leads from its status by this action.
    """
    reason = signature.reason_line
    if action is DocumentAction.CONFIRM and notice is not None and reason is None:
        reason = " ".join(f"{notice.kind} notice: {notice.words}".split())
    if reason is None:
        raise ReasonMissingError(document.place, str(action))
    changes = _settle(document, action, notice) if notice else _changes(document, action)
    if not changes:
        return None
    return Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=str(action),
        subject_kind="document",
        subject=document.id,
        revision=document.revision + 1,
        before={name: before for name, (before, _) in changes.items()},
        after={name: after for name, (_, after) in changes.items()},
        tool_version=signature.tool_version,
        reason=reason,
    )


Changes = dict[str, tuple[Json, Json]]
"""Fields as they were, and as they will be."""


def _changes(document: DocumentUnderReview, action: DocumentAction) -> Changes:
    if action is DocumentAction.LIFT_EMBARGO:
        if document.embargo == document.embargo_lifted:
            return {}
        return {"embargo_lifted": (document.embargo_lifted, document.embargo)}
    rule = RULES[action]
    ends = rule.ends or document.earlier
    changes: Changes = {}
    if action is DocumentAction.RESTORE and document.is_killed:
        lifted = document.kill_lifted
        changes["kill_lifted"] = (str(lifted) if lifted else None, str(document.kill))
    if document.status in rule.begins:
        changes["status"] = (document.status.value, ends.value)
    elif document.status is DocumentStatus.CORRECTED is not ends and not changes:
        detail = "it is corrected, not withdrawn; undo the decision that marked it if it was wrong"
        raise DocumentRefusedError(document.place, detail)
    return changes


def _settle(document: DocumentUnderReview, action: DocumentAction, notice: OpenNotice) -> Changes:
    """Settle a notice; a confirmed one also does what it proposes, unless it is so already."""
    if notice.kind not in PROPOSED:
        detail = "a kill takes effect by itself; `claims documents restore` lifts it"
        raise DocumentRefusedError(document.place, detail)
    if notice.id in document.settled:
        return {}
    changes: Changes = {}
    if action is DocumentAction.CONFIRM:
        proposed = PROPOSED[notice.kind]
        if proposed is DocumentAction.CORRECT and document.status is DocumentStatus.WITHDRAWN:
            detail = "it is withdrawn; restore it first, or dismiss the notice"
            raise DocumentRefusedError(document.place, detail)
        if document.is_killed or document.status in RULES[proposed].begins:
            changes = _changes(document, proposed)
    before = [str(id_) for id_ in document.settled]
    after = sorted([*before, str(notice.id)])
    return changes | {"settled_notices": (before, after)}
