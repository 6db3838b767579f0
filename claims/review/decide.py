"""Carries out a decision on a claim in the caller's transaction: one path, whatever the action.

A request is checked against the claim as it is now, locked. Then the decision is written with its
effect, or sealed if two people have to read the claim; the reviewer's draft and lease are gone with
it. The same signature again finds what became of the first time, and writes nothing.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.catalogue.document_notes import load_document_notes
from claims.ledger.append import load_decision_no
from claims.ledger.entries import describe_changes, load_batch, load_entry, load_together
from claims.ledger.errors import ArticleChangedError, CardHeldError, ChangedMeanwhileError
from claims.model.claim import ClaimOrigin, ClaimState
from claims.model.decision import Decision, NumberedDecision, Signature
from claims.model.identity import claim_id, derived_id
from claims.model.json import JsonObject
from claims.model.kinds import ClaimStatus
from claims.review import follow, split_merge
from claims.review.card import ReturnedClaim
from claims.review.errors import BadChangeError, NotAllowedError
from claims.review.leases import Holder, load_lease
from claims.review.links import require_free_links
from claims.review.requests import DecisionRequest
from claims.review.returned import load_anchor
from claims.review.second_review import (
    SealedReading,
    find_conclusion,
    is_reading,
    load_policy,
    save_reading,
)
from claims.review.state import load_claim, save_decision
from claims.review.transitions import BLIND, Action, ClaimUnderReview, decision_for
from claims.schema import (
    ClaimParentRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    ReviewerRow,
)

GOES_ON = frozenset({Action.EDIT, Action.NOTE})
"""After these the claim waits as before, and whoever has the card keeps it."""

ELSEWHERE = "you have the card in another tab or terminal; decide again to decide here"
"""Of a person with one card in two places: the other one is told in its turn."""


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What became of a request.

    Attributes:
        number: The first decision's place in the ledger; 0 if a reading was sealed, None if nothing
            changed.
        decisions: Everything that was written. Of a split or merge first the decisions on the
            parents, then those on the new claims.
    """

    number: int | None
    decisions: tuple[NumberedDecision, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The first decision that was written; None if there is none."""
        return self.decisions[0].decision if self.decisions else None


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of many requests that were decided together.

    Attributes:
        numbers: Places in the ledger.
        for_two: How many claims were left because two people have to read them.
        changed: How many were left because they changed since, somebody else has them, or they are
            as requested already.
    """

    numbers: tuple[int, ...]
    for_two: int
    changed: int


def decide(session: Session, request: DecisionRequest, signature: Signature) -> DecisionResult:
    """Do what is requested, or say why not; the same signature again does nothing more.

    Raises:
        ChangedMeanwhileError: The claim was decided on since.
        CardHeldError: Somebody else has the card, or the same person elsewhere.
        ArticleChangedError: Its article was withdrawn, edited, or is back.
        UsageError: As `decision_for` and `split_merge` say.
    """
    earlier = find_result(session, signature.id)
    if earlier is not None:
        return earlier
    claim = load_claim(session, request.claim, lock=True)
    return _decide_on(session, claim, request, signature)


def decide_in_bulk(
    session: Session, requests: Sequence[DecisionRequest], signature: Signature
) -> BulkResult:
    """Do what is requested with each claim, as one batch that is undone at once.

    Claims that changed since they were seen, that somebody else has or that two have to read are
    left as they are.

    Args:
        session: One transaction for all.
        requests: At most one for a claim.
        signature: Who decides. Each decision has an id derived from this one and its claim.

    Raises:
        UsageError: An action is not allowed; then nothing may be committed.
    """
    earlier = load_batch(session, signature.id)
    if earlier:
        numbers = tuple(entry.no for entry in earlier)
        return BulkResult(numbers, 0, len(requests) - len(numbers))
    numbers, for_two = (), 0
    for request in requests:
        claim = load_claim(session, request.claim, lock=True)
        if claim.two_readers:
            for_two += 1
            continue
        id_ = derived_id("decision", str(signature.id), str(claim.id))
        signed = replace(signature, id=id_)
        try:
            result = _decide_on(session, claim, request, signed, batch=signature.id)
        except ChangedMeanwhileError:
            continue
        numbers += tuple(one.number for one in result.decisions)
    return BulkResult(numbers, for_two, len(requests) - len(numbers) - for_two)


def save_decisions(session: Session, *decisions: Decision) -> DecisionResult:
    """Write decisions with their effects, in their order."""
    written = tuple(NumberedDecision(save_decision(session, one), one) for one in decisions)
    return DecisionResult(written[0].number, written)


def find_result(session: Session, signature: uuid.UUID) -> DecisionResult | None:
    """What became of a request whose answer was lost, by a kill or a cut connection.

    Returns:
        None if nothing was ever written under this id.
    """
    number = load_decision_no(session, signature)
    if number is not None:
        entries = load_together(session, load_entry(session, number))
        return DecisionResult(number, tuple(NumberedDecision(e.no, e.decision) for e in entries))
    if not is_reading(session, signature):
        return None
    conclusion = find_conclusion(session, signature)
    return DecisionResult(0) if conclusion is None else find_result(session, conclusion)


def _decide_on(
    session: Session,
    claim: ClaimUnderReview,
    request: DecisionRequest,
    signature: Signature,
    *,
    batch: uuid.UUID | None = None,
) -> DecisionResult:
    """Decide on a claim that is loaded and locked."""
    _require_current(session, claim, request, signature)
    if (
        request.action is Action.LATER
        and request.session is not None
        and (claim.two_readers or claim.status is ClaimStatus.DISPUTED)
    ):
        # What two have to read is never put aside: a card is passed over, and waits as before.
        return DecisionResult(None)
    if request.action in {Action.SPLIT, Action.MERGE}:
        return _replace_claims(session, claim, request, signature)
    if request.action in {Action.KEEP, Action.TAKE}:
        return _follow_edit(session, claim, request, signature)
    edited = _edited(claim, request.changes)
    require_free_links(session, claim.id, claim.state, edited)
    decision = decision_for(claim, request.action, signature, edited)
    if decision is None:
        return DecisionResult(None)
    outcome: Decision | SealedReading = replace(decision, batch=batch)
    if claim.two_readers:
        if request.action not in BLIND:
            detail = f"{request.action}: two people have to read it; accept or reject it"
            raise NotAllowedError(claim.place, detail)
        outcome = save_reading(session, claim, decision)
    if isinstance(outcome, SealedReading):
        result = DecisionResult(0)
    else:
        result = save_decisions(session, outcome)
    _clear(session, claim.id, request.action, signature.reviewer)
    return result


def _edited(claim: ClaimUnderReview, changes: JsonObject) -> ClaimState:
    try:
        return claim.state.with_changes(changes)
    except ValueError as error:
        raise BadChangeError(claim.place, str(error)) from error


def _require_current(
    session: Session, claim: ClaimUnderReview, request: DecisionRequest, signature: Signature
) -> None:
    if request.revision is not None and claim.revision != request.revision:
        since = describe_changes(session, claim.id, request.revision + 1)
        raise ChangedMeanwhileError(claim.place, since)
    if request.session is not None:
        own = Holder(signature.reviewer, request.session)
        _require_own_card(session, claim, own, held=request.held)
    if request.article_status is not None:
        _require_article(session, claim, request.article_status)


def _require_article(session: Session, claim: ClaimUnderReview, seen: str) -> None:
    """Refuse what was decided without having seen that the article was withdrawn, or is back."""
    document = session.execute(
        select(DocumentRow.id, DocumentRow.shown_status)
        .join(DocumentVersionRow, DocumentVersionRow.document == DocumentRow.id)
        .join(ClaimRow, ClaimRow.version == DocumentVersionRow.id)
        .where(ClaimRow.id == claim.id)
    ).one()
    if document.shown_status != seen:
        note = load_document_notes(session, [document.id]).get(document.id)
        detail = note or "its article may be relied on again"
        raise ArticleChangedError(claim.place, detail)


def _require_own_card(
    session: Session, claim: ClaimUnderReview, own: Holder, *, held: bool
) -> None:
    """Refuse what is decided on a card that somebody else has now, or the same person elsewhere."""
    lease = load_lease(session, claim.id)
    if lease is None or lease[0] == own:
        return
    if lease[0].reviewer == own.reviewer:
        raise CardHeldError(claim.place, ELSEWHERE)
    name = session.scalar(select(ReviewerRow.name).where(ReviewerRow.id == lease[0].reviewer))
    ended = "your time ran out; " if held else ""
    detail = f"{ended}{name} has the card now, and decides on it or leaves it"
    raise CardHeldError(claim.place, detail)


def _clear(session: Session, claim: uuid.UUID, action: Action, reviewer: uuid.UUID) -> None:
    """Free a card that is decided, and forget what was typed about it: it is in the ledger."""
    if action is not Action.NOTE:
        session.execute(select(func.claims.forget_draft(reviewer, claim)))
    if action not in GOES_ON:
        session.execute(select(func.claims.free_cards(reviewer, claim, None)))


def _replace_claims(
    session: Session, claim: ClaimUnderReview, request: DecisionRequest, signature: Signature
) -> DecisionResult:
    """Split a claim in two, or merge two into one."""
    parents = [claim]
    split_merge.require_splittable(claim, request.action)
    if request.other is not None:
        parents.append(_load_other(session, request, request.other, signature))
    article, origin = _load_origin(session, parents)
    if request.other is not None:
        states = [split_merge.merged_state(article, *(parent.state for parent in parents))]
    elif request.offset is not None:
        states = split_merge.split_state(article, claim.state, request.offset)
    else:
        raise BadChangeError(claim.place, "a split needs the offset, a merge the other claim")
    replacement = split_merge.Replacement(request.action, signature.id)
    signatures = iter(_signatures(signature, len(parents) + len(states)))
    decisions = [split_merge.retire(parent, replacement, next(signatures)) for parent in parents]
    written = [NumberedDecision(save_decision(session, one), one) for one in decisions]
    for state in states:
        decision = split_merge.create_claim(
            state,
            origin,
            replacement=replacement,
            signature=next(signatures),
            existing=_load_existing(session, claim_id(origin.version, state.content)),
        )
        written.append(NumberedDecision(save_decision(session, decision), decision))
    for parent in parents:
        _clear(session, parent.id, request.action, signature.reviewer)
    return DecisionResult(written[0].number, tuple(written))


def _follow_edit(
    session: Session, claim: ClaimUnderReview, request: DecisionRequest, signature: Signature
) -> DecisionResult:
    """Keep a published claim as it is, or let it give way to that of the current version."""
    follow.require_published(claim, request.action)
    returned = load_anchor(session, claim.id)
    if returned is None:
        raise NotAllowedError(claim.place, f"{request.action}: its article was not edited")
    if request.edited_in not in {None, returned.version_id}:
        detail = f"the article has a version {returned.version} by now"
        raise ArticleChangedError(claim.place, detail)
    if request.action is Action.KEEP:
        decisions = [follow.keep(claim, returned, signature)]
    else:
        second = replace(signature, id=derived_id("decision", str(signature.id), "1"))
        successor, parents = _load_successor(session, claim, returned)
        follows = follow.succeed(successor, parents, second, signature.id)
        decisions = [follow.retire(claim, signature), follows]
    result = save_decisions(session, *decisions)
    _clear(session, claim.id, request.action, signature.reviewer)
    return result


def _load_successor(
    session: Session, claim: ClaimUnderReview, returned: ReturnedClaim
) -> tuple[follow.Successor, tuple[uuid.UUID, ...]]:
    """The claim of the current version, and what it is made of already."""
    run, rule, score = session.execute(
        select(ClaimRow.run, ClaimRow.rule, ClaimRow.extractor_score).where(ClaimRow.id == claim.id)
    ).one()
    origin = ClaimOrigin(returned.version_id, run, rule, score, (claim.id,))
    state = follow.followed_state(claim, returned, settled=True)
    id_ = claim_id(origin.version, state.content)
    two_readers = load_policy(session).needs_two(id_, state.form, score)
    if not follow.is_settled(returned, two_readers=two_readers):
        state = follow.followed_state(claim, returned, settled=False)
    parents = session.scalars(select(ClaimParentRow.parent).where(ClaimParentRow.claim == id_))
    return follow.Successor(state, origin, _load_existing(session, id_)), tuple(parents)


def _signatures(first: Signature, count: int) -> list[Signature]:
    """Signatures for decisions that are made together: the same again for the same first one."""
    derived = (derived_id("decision", str(first.id), str(index)) for index in range(1, count))
    return [first, *(replace(first, id=id_) for id_ in derived)]


def _load_other(
    session: Session, request: DecisionRequest, other: uuid.UUID, signature: Signature
) -> ClaimUnderReview:
    """The claim that is merged with the requested one."""
    claim = load_claim(session, other, lock=True)
    split_merge.require_splittable(claim, request.action)
    if request.session is not None:
        own = Holder(signature.reviewer, request.session)
        _require_own_card(session, claim, own, held=False)
    return claim


def _load_existing(session: Session, claim: uuid.UUID) -> ClaimUnderReview | None:
    exists = session.scalar(select(ClaimRow.id).where(ClaimRow.id == claim))
    return load_claim(session, claim, lock=True) if exists else None


def _load_origin(session: Session, parents: Sequence[ClaimUnderReview]) -> tuple[str, ClaimOrigin]:
    """The article of claims that are split or merged, and what a claim made of them comes from.

    Raises:
        BadChangeError: They stand in different texts, or are one claim.
    """
    ids = tuple(parent.id for parent in parents)
    query = select(
        ClaimRow.version,
        DocumentVersionRow.text,
        ClaimRow.run,
        ClaimRow.rule,
        ClaimRow.extractor_score,
    ).join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
    version, article, run, rule, score = session.execute(query.where(ClaimRow.id == ids[0])).one()
    versions = set(session.scalars(select(ClaimRow.version).where(ClaimRow.id.in_(ids))))
    if len(set(ids)) < len(ids) or versions != {version}:
        raise BadChangeError(parents[0].place, "only two claims of one text can be merged")
    return article, ClaimOrigin(version, run, rule, score, ids)
