"""Settles links between claims: by one person, or by two who read it and a third if they differ."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from claims.ledger.entries import describe_changes
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.claim import LinkState
from claims.model.decision import NumberedDecision, Signature
from claims.model.identity import derived_id
from claims.model.json import JsonObject
from claims.model.kinds import LinkKind
from claims.review.decide import DecisionResult, decide, find_result, save_decisions
from claims.review.errors import NotAllowedError, NotForYouError
from claims.review.link_card import LinkCard
from claims.review.link_readings import find_link_result, load_open_readings, save_link_reading
from claims.review.links import load_disputed_readings
from claims.review.requests import DecisionRequest
from claims.review.second_review import load_policy
from claims.review.state import load_claim
from claims.review.transitions import Action, ClaimUnderReview, decision_for, decision_on
from claims.review.verdicts import Reading

SAME = frozenset({LinkKind.SAME_WORDS, LinkKind.SAME_CONTENT})
"""Kinds that say of two claims that they report the same."""


class Answer(NamedTuple):
    """What somebody says of a link: how the claims relate, None if they do not."""

    card: LinkCard
    kind: LinkKind | None


def settle_link(
    session: Session, card: LinkCard, kind: LinkKind | None, signature: Signature
) -> DecisionResult:
    """Confirm a link, as it is proposed or as another kind, or refuse it: a decision on claim a.

    If two people have to read it, the first reading is sealed; the second one makes a decision of
    both, or a dispute, which a third person settles.

    Args:
        session: A writing session.
        card: The link as it was seen; who decided on the claim since is told.
        kind: How the claims relate; None if they do not.
        signature: Who decides. The same one again finds what was written and does no more.

    Raises:
        ChangedMeanwhileError: The claim was decided on since.
        NotForYouError: Two readers differ, and this reviewer is one of them.
        UsageError: As `decide` says.
    """
    earlier = _find_earlier(session, signature.id)
    if earlier is not None:
        return earlier
    claim = load_claim(session, card.a.id, lock=True)
    if card.b.id in claim.state.disputed_links:
        return _settle_dispute(session, claim, Answer(card, kind), signature)
    two = load_policy(session).link_needs_two(card.a.id, card.b.id)
    if two and card.status != "settled":
        return _read(session, claim, Answer(card, kind), signature)
    changes = link_changes(claim, card, kind)
    request = DecisionRequest(card.a.id, Action.EDIT, changes, revision=card.a.revision)
    return decide(session, request, signature)


def _find_earlier(session: Session, signature: uuid.UUID) -> DecisionResult | None:
    result = find_link_result(session, signature)
    if isinstance(result, NumberedDecision):
        return DecisionResult(result.number, (result,))
    return DecisionResult(0) if result else find_result(session, signature)


def link_changes(claim: ClaimUnderReview, card: LinkCard, kind: LinkKind | None) -> JsonObject:
    """What a decision on a link changes of claim a."""
    state = claim.state
    links = {link for link in state.links if link.b != card.b.id}
    refused = {link for link in state.refused_links if link.b != card.b.id}
    if kind is not None:
        links.add(LinkState(card.b.id, kind))
    # Who says that one contradicts the other has also said that they are not the same.
    if kind is None or (card.kind in SAME and kind not in SAME):
        # Of a question, different things: they do not contradict each other.
        refused.add(LinkState(card.b.id, card.kind or LinkKind.CONTRADICTS))
    return {"links": _as_json(links), "refused_links": _as_json(refused)}


def _as_json(links: set[LinkState]) -> list[JsonObject]:
    return [{"b": str(link.b), "kind": link.kind.value} for link in sorted(links)]


def _require_seen(session: Session, claim: ClaimUnderReview, card: LinkCard) -> None:
    if claim.revision != card.a.revision:
        since = describe_changes(session, claim.id, card.a.revision + 1)
        raise ChangedMeanwhileError(claim.place, since)
    if claim.two_readers:
        raise NotAllowedError(claim.place, "edit: two people have to read it; accept or reject it")


def _read(
    session: Session,
    claim: ClaimUnderReview,
    answer: Answer,
    signature: Signature,
) -> DecisionResult:
    """Seal a reading; with the second one, write the decision that comes of both."""
    card, kind = answer
    _require_seen(session, claim, card)
    edited = claim.state.with_changes(link_changes(claim, card, kind))
    if decision_for(claim, Action.EDIT, signature, edited) is None:
        return DecisionResult(None)
    save_link_reading(session, (card.a.id, card.b.id), kind, signature)
    readings = load_open_readings(session, card.a.id, card.b.id)
    if len(readings) < 2:  # noqa: PLR2004 - two readers
        return DecisionResult(0)
    disputed = tuple(sorted({*claim.state.disputed_links, card.b.id}))
    agreed = _same_verdict(readings)
    return save_decisions(
        session,
        decision_on(
            claim,
            Action.EDIT if agreed else "dispute",
            edited if agreed else replace(claim.state, disputed_links=disputed),
            replace(
                signature,
                id=derived_id("decision", *(str(reading.id) for reading in readings)),
                reason=signature.reason if agreed else None,
            ),
            readings=[reading.to_json() for reading in readings],
        ),
    )


def _same_verdict(readings: Sequence[Reading]) -> bool:
    """Whether all readings of a link come to the same kind, or all to none."""
    return all(one.after == readings[0].after for one in readings)


def _settle_dispute(
    session: Session,
    claim: ClaimUnderReview,
    answer: Answer,
    signature: Signature,
) -> DecisionResult:
    """Settle a link on which two readers differ; neither of them may."""
    card, kind = answer
    _require_seen(session, claim, card)
    readings = load_disputed_readings(session, card.a.id, card.b.id)
    if signature.reviewer in {reading.reviewer for reading in readings}:
        raise NotForYouError(claim.place, "you are one of the two who disagree on its link")
    edited = claim.state.with_changes(link_changes(claim, card, kind))
    decision_for(claim, Action.EDIT, signature, edited)  # raises what does not allow it
    left = tuple(b for b in claim.state.disputed_links if b != card.b.id)
    return save_decisions(
        session, decision_on(claim, "settle", replace(edited, disputed_links=left), signature)
    )
