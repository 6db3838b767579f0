"""Splitting and merging claims: new claims that keep their parents, and parents that stay."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.model.claim import BLANK, ClaimOrigin, ClaimState
from claims.model.decision import Decision, Signature
from claims.model.identity import claim_id
from claims.model.kinds import ClaimStatus
from claims.model.span import Span, Spans, join_spans
from claims.review.edits import set_content
from claims.review.errors import BadChangeError, NotAllowedError
from claims.review.transitions import JUDGEMENT, Action, ClaimUnderReview, decision_on, rule_for

EDGE = " \t\n,;:"
"""Signs that belong to neither part of a claim that is split."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A split or a merge.

    Attributes:
        action: Which of the two.
        batch: What all its decisions share.
    """

    action: Action
    batch: uuid.UUID


def split_state(article: str, state: ClaimState, offset: int) -> list[ClaimState]:
    """The two claims that a claim is split into, before and after a code point of the article.

    Raises:
        BadChangeError: Nothing would stand on one side.
    """
    before = [Span(start, min(end, offset)) for start, end in state.content if start < offset]
    after = [Span(max(start, offset), end) for start, end in state.content if end > offset]
    sides = [_trimmed(article, side) for side in (before, after)]
    if not all(sides):
        raise BadChangeError("the content", f"nothing stands on one side of {offset}")
    return [set_content(article, _proposed(state), side) for side in sides]


def merged_state(article: str, one: ClaimState, other: ClaimState) -> ClaimState:
    """The claim that two are merged into; it has the attribution of the first."""
    return set_content(article, _proposed(one), [*one.content, *other.content])


def _proposed(state: ClaimState) -> ClaimState:
    """A state that nobody has judged yet, with the attribution of another."""
    return replace(_judged_as(state, BLANK), status=ClaimStatus.PROPOSED)


def _judged_as(state: ClaimState, other: ClaimState) -> ClaimState:
    judgement = other.to_json()
    return state.with_changes({name: judgement[name] for name in JUDGEMENT})


def _trimmed(article: str, spans: Sequence[Span]) -> Spans:
    trimmed = []
    for start, end in spans:
        words = article[start:end]
        left = len(words) - len(words.lstrip(EDGE))
        trimmed.append((start + left, start + len(words.rstrip(EDGE))))
    return join_spans(trimmed)


def require_splittable(claim: ClaimUnderReview, action: Action) -> None:
    """Refuse to split or merge what is decided, or what two have to read."""
    if claim.two_readers or rule_for(claim.status, action) is None:
        why = "two people have to read it" if claim.two_readers else f"while {claim.status}"
        raise NotAllowedError(claim.place, f"{action} {why}")


def retire(claim: ClaimUnderReview, replacement: Replacement, signature: Signature) -> Decision:
    """The decision by which a claim gives way to those that are made of it."""
    after = replace(claim.state, status=ClaimStatus.REPLACED)
    return decision_on(claim, replacement.action, after, signature, batch=replacement.batch)


def create_claim(
    state: ClaimState,
    origin: ClaimOrigin,
    *,
    replacement: Replacement,
    signature: Signature,
    existing: ClaimUnderReview | None,
) -> Decision:
    """The decision by which a claim is made of others.

    Args:
        state: What the new claim is.
        origin: What it is made of.
        replacement: The split or merge that it belongs to.
        signature: Who decides.
        existing: The claim that has these words already, made by a split or merge that was undone.

    Raises:
        BadChangeError: Another claim has just these words.
    """
    if existing is not None:
        if existing.status is not ClaimStatus.REPLACED:
            raise BadChangeError(existing.place, "it has just these words already")
        return decision_on(
            existing,
            replacement.action,
            _judged_as(state, existing.state),
            signature,
            batch=replacement.batch,
        )
    return Decision(
        id=signature.id,
        reviewer=signature.reviewer,
        action=replacement.action,
        subject_kind="claim",
        subject=claim_id(origin.version, state.content),
        revision=1,
        before={"status": ClaimStatus.REPLACED.value},
        after=state.to_json() | origin.to_json(),
        tool_version=signature.tool_version,
        reason=signature.reason_line,
        batch=replacement.batch,
    )
