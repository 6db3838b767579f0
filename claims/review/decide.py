"""Carries out an act on a claim in the caller's transaction: check, decision_for, seal or write."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from claims.ledger.append import load_decision_no
from claims.ledger.errors import ChangedMeanwhileError
from claims.ledger.undo import describe_change
from claims.model.decision import Decision, Signature
from claims.model.identity import claim_id
from claims.model.span import Spans
from claims.review import split_merge
from claims.review.edits import spans_in
from claims.review.errors import BadChangeError, NotAllowedError
from claims.review.queue import load_lease
from claims.review.second_review import SealedReading, save_reading
from claims.review.state import load_standing, save_decision
from claims.review.transitions import BLIND, Action, Fields, Standing, decision_for
from claims.schema import ClaimRow, DocumentVersionRow, DraftRow, LeaseRow, ReadingRow, ReviewerRow

Sign = Callable[[], Signature]


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """What somebody wants done with a claim.

    Attributes:
        changes: Fields that change with it.
        revision: The claim's revision that they saw; None where they take it as it is.
        leased: Whether it comes from a card: then nobody else may have the card by now.
    """

    claim: uuid.UUID
    action: Action
    changes: Fields
    revision: int | None = None
    leased: bool = False


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What became of it.

    Attributes:
        number: Place in the ledger; 0 where it is sealed, None where nothing changed.
        decision: What was written; None where nothing was, or it is sealed.
    """

    number: int | None
    decision: Decision | None = None


def decide(session: Session, wish: DecisionRequest, signed: Signature) -> DecisionResult:
    """Do what is wished, or say why not; the same signature again does nothing more.

    Raises:
        ChangedMeanwhileError: It was decided on since, or somebody else has the card.
        UsageError: As `decision_for` says.
    """
    done = find_done(session, signed.id)
    if done is not None:
        return done
    standing = load_standing(session, wish.claim, lock=True)
    _require_current(session, standing, wish, signed)
    decision = decision_for(standing, wish.action, signed, wish.changes)
    if decision is None:
        return DecisionResult(None)
    sealed: Decision | SealedReading = decision
    if standing.two_readers:
        if wish.action not in BLIND:
            detail = f"{wish.action}: two people have to read it; accept or reject it"
            raise NotAllowedError(standing.place, detail)
        sealed = save_reading(session, standing, decision)
    _tidy(session, standing.claim, signed.reviewer, keep=wish.action is Action.EDIT)
    if isinstance(sealed, SealedReading):
        return DecisionResult(0)
    return DecisionResult(save_decision(session, sealed), sealed)


def find_done(session: Session, signature: uuid.UUID) -> DecisionResult | None:
    """What became of an act whose answer was lost: a kill, a cut connection."""
    number = load_decision_no(session, signature)
    if number is None and session.get(ReadingRow, signature) is not None:
        number = 0
    return None if number is None else DecisionResult(number)


def _require_current(
    session: Session, standing: Standing, wish: DecisionRequest, signed: Signature
) -> None:
    if wish.revision is not None and standing.revision != wish.revision:
        since = describe_change(session, standing.claim, wish.revision + 1)
        raise ChangedMeanwhileError(standing.place, since)
    held = load_lease(session, standing.claim) if wish.leased else None
    if held is not None and held[0] != signed.reviewer:
        name = session.scalar(select(ReviewerRow.name).where(ReviewerRow.id == held[0]))
        raise ChangedMeanwhileError(standing.place, f"your time ran out; {name} has the card now")


def _tidy(session: Session, claim: uuid.UUID, reviewer: uuid.UUID, *, keep: bool) -> None:
    """A decided card is nobody's any more, and what was typed about it is in the ledger."""
    mine = (DraftRow.claim == claim, DraftRow.reviewer == reviewer)
    session.execute(delete(DraftRow).where(*mine))
    if not keep:
        session.execute(
            delete(LeaseRow).where(LeaseRow.claim == claim, LeaseRow.reviewer == reviewer)
        )


def split(
    session: Session, claim: uuid.UUID, at: int, sign: Sign, *, revision: int | None = None
) -> list[tuple[int, Decision]]:
    """Part a claim in two at a code point of its article.

    Returns:
        Numbers and decisions: the parent's, then each new claim's.
    """
    first = sign()
    standing = _load_partable(session, DecisionRequest(claim, Action.SPLIT, {}, revision), first)
    origin = _load_origin(session, claim)
    sides = split_merge.split_content(origin.article, spans_in(standing.fields["content"]), at)
    made = [(side, standing.fields) for side in sides]
    return _remake(session, [standing], origin, made, first=first, sign=sign)


def merge(
    session: Session,
    claim: uuid.UUID,
    other: uuid.UUID,
    sign: Sign,
    *,
    revision: int | None = None,
) -> list[tuple[int, Decision]]:
    """Make one claim of two of the same text; it has the attribution of the first.

    Raises:
        BadChangeError: They stand in different texts, or are one.
    """
    first = sign()
    one = _load_partable(session, DecisionRequest(claim, Action.MERGE, {}, revision), first)
    two = _load_partable(session, DecisionRequest(other, Action.MERGE, {}), first)
    origin = _load_origin(session, claim)
    if claim == other or _load_origin(session, other).version != origin.version:
        raise BadChangeError(one.place, "only two claims of one text can be merged")
    content = split_merge.joined_content(one.fields, two.fields)
    made = [(content, one.fields)]
    return _remake(session, [one, two], origin, made, first=first, sign=sign)


def _load_partable(session: Session, wish: DecisionRequest, signed: Signature) -> Standing:
    standing = load_standing(session, wish.claim, lock=True)
    _require_current(session, standing, wish, signed)
    split_merge.require_splittable(standing, wish.action)
    return standing


def _remake(
    session: Session,
    parents: list[Standing],
    origin: split_merge.Origin,
    made: list[tuple[Spans, Fields]],
    *,
    first: Signature,
    sign: Sign,
) -> list[tuple[int, Decision]]:
    action = Action.MERGE if len(parents) > 1 else Action.SPLIT
    making = split_merge.Replacement(action, first.id, tuple(one.claim for one in parents))
    signatures = iter([first, *(sign() for _ in range(len(parents) + len(made) - 1))])
    decisions = [split_merge.retire(one, making, next(signatures)) for one in parents]
    written = [(save_decision(session, one), one) for one in decisions]
    for content, fields in made:
        id_ = claim_id(origin.version, content)
        known = session.scalar(select(ClaimRow.id).where(ClaimRow.id == id_))
        decision = split_merge.make_claim(
            origin,
            fields,
            content,
            making=making,
            signed=next(signatures),
            known=load_standing(session, known, lock=True) if known else None,
        )
        written.append((save_decision(session, decision), decision))
    for one in parents:
        _tidy(session, one.claim, first.reviewer, keep=False)
    return written


def _load_origin(session: Session, claim: uuid.UUID) -> split_merge.Origin:
    query = (
        select(
            ClaimRow.version,
            DocumentVersionRow.text,
            ClaimRow.run,
            ClaimRow.rule,
            ClaimRow.extractor_score,
        )
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .where(ClaimRow.id == claim)
    )
    return split_merge.Origin(*session.execute(query).one())
