"""What becomes of a published claim whose words were edited: it is kept, or follows the edit.

The words of a claim never change: they are those of its own version. A claim that follows an edit
gives way to one of the current version that has it as its parent, in one batch with one undo.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from claims.model.anchor import Change, HopAnchor
from claims.model.claim import BLANK, ClaimOrigin, ClaimState, HopState
from claims.model.decision import Decision, Signature
from claims.model.identity import claim_id
from claims.model.kinds import PUBLISHED, ClaimStatus
from claims.review.card import ReturnedClaim
from claims.review.edits import set_content
from claims.review.errors import BadChangeError, NotAllowedError
from claims.review.transitions import JUDGEMENT, Action, ClaimUnderReview, decision_on, rule_for

REFUSED = frozenset({ClaimStatus.REJECTED, ClaimStatus.WITHDRAWN})
REPLACEABLE = frozenset({ClaimStatus.PROPOSED, ClaimStatus.LATER, ClaimStatus.REPLACED})
"""Statuses of a claim with the new words that the old one's attribution may be written on."""


@dataclass(frozen=True, slots=True)
class Successor:
    """The claim that a claim gives way to.

    Attributes:
        state: What it is.
        origin: The version that it stands in, and what it is made of.
        existing: The claim that stands there already; None if it has to be made.
    """

    state: ClaimState
    origin: ClaimOrigin
    existing: ClaimUnderReview | None

    @property
    def id(self) -> uuid.UUID:
        """The id that its words give it."""
        return claim_id(self.origin.version, self.state.content)


def keep(claim: ClaimUnderReview, returned: ReturnedClaim, signature: Signature) -> Decision:
    """The decision that a claim stands as it is, whatever the current version says."""
    require_published(claim, Action.KEEP)
    decision = decision_on(claim, Action.KEEP, claim.state, signature)
    return replace(decision, before={"kept_in": None}, after={"kept_in": str(returned.version_id)})


def require_published(claim: ClaimUnderReview, action: Action) -> None:
    """Refuse an action on a claim that is not published."""
    if rule_for(claim.status, action) is None:
        raise NotAllowedError(claim.place, f"{action} while {claim.status}")


def followed_state(
    claim: ClaimUnderReview, returned: ReturnedClaim, *, settled: bool
) -> ClaimState:
    """A claim with the words, and where the attributions stand, of the current version.

    What was judged of the old words is not judged of the new. If the attribution changed, or two
    people have to read it, it waits for review as a proposal does; else it is a correction.

    Raises:
        BadChangeError: No words stand for it there.
    """
    if not returned.spans:
        detail = f"no words of version {returned.version} stand for it: keep it, or withdraw it"
        raise BadChangeError(claim.place, detail)
    blank = BLANK.to_json()
    state = claim.state.with_changes({name: blank[name] for name in JUDGEMENT})
    chain = tuple(_hops(state.chain, returned.hops))
    status = ClaimStatus.CORRECTED if settled else ClaimStatus.PROPOSED
    state = replace(state, status=status, chain=chain)
    return set_content(returned.article, state, returned.spans)


def _hops(chain: Iterable[HopState], anchors: Iterable[HopAnchor]) -> Iterable[HopState]:
    """The hops as they stand there; of one that is named no more nobody knows who it is."""
    there = [*anchors]
    for number, hop in enumerate(chain):
        anchor = there[number] if number < len(there) else HopAnchor((), (), ())
        if hop.mention and not anchor.mention:
            yield HopState(cue=anchor.cue, mode=hop.mode)
        else:
            yield replace(hop, mention=anchor.mention, cue=anchor.cue, capacity=anchor.capacity)


def is_settled(returned: ReturnedClaim, *, two_readers: bool) -> bool:
    """Whether one person's key makes the new words a published claim."""
    return Change.ATTRIBUTION not in returned.changes and not two_readers


def retire(claim: ClaimUnderReview, signature: Signature) -> Decision:
    """The decision by which a claim gives way to that of the current version."""
    after = replace(claim.state, status=ClaimStatus.REPLACED)
    return decision_on(claim, Action.TAKE, after, signature, batch=signature.id)


def succeed(
    successor: Successor, parents: tuple[uuid.UUID, ...], signature: Signature, batch: uuid.UUID
) -> Decision:
    """The decision by which the claim of the current version takes the old one's place.

    Args:
        successor: That claim.
        parents: What an existing one is made of already.
        signature: Who decides.
        batch: What both decisions share.

    Raises:
        BadChangeError: Somebody refused just these words.
    """
    existing, origin = successor.existing, successor.origin
    if existing is None:
        return Decision(
            id=signature.id,
            reviewer=signature.reviewer,
            action=Action.TAKE,
            subject_kind="claim",
            subject=successor.id,
            revision=1,
            before={"status": ClaimStatus.REPLACED.value},
            after=successor.state.to_json() | origin.to_json(),
            tool_version=signature.tool_version,
            reason=signature.reason_line,
            batch=batch,
        )
    if existing.status in REFUSED:
        detail = f"just these words are {existing.status} in the current version"
        raise BadChangeError(existing.place, detail)
    state = _written_on(existing, successor.state)
    decision = decision_on(existing, Action.TAKE, state, signature, batch=batch)
    everything = [str(parent) for parent in dict.fromkeys((*parents, *origin.parents))]
    return replace(decision, after={**decision.after, "parents": everything})


def _written_on(existing: ClaimUnderReview, state: ClaimState) -> ClaimState:
    if existing.status not in REPLACEABLE:
        return existing.state
    if state.status in PUBLISHED:
        return state
    return replace(existing.state, status=ClaimStatus.PROPOSED)
