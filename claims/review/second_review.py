"""Sealed readings, and the policy that asks for them, to and from the database."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, exists, func, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.kinds import ClaimStatus
from claims.review.policy import Policy, SecondReading
from claims.review.transitions import ClaimUnderReview, decision_on
from claims.review.verdicts import Reading, same_verdict
from claims.schema import ClaimRow, DecisionRow, ReadingRow, ReviewPolicyRow

WITHDRAWN = "withdrawn"


def load_policy(session: Session) -> Policy:
    """The policy that holds now."""
    query = select(
        ReviewPolicyRow.second_reading,
        ReviewPolicyRow.share,
        ReviewPolicyRow.paraphrase_below,
        ReviewPolicyRow.link_share,
    ).order_by(ReviewPolicyRow.at.desc(), ReviewPolicyRow.id.desc())
    row = session.execute(query.limit(1)).first()
    return Policy(SecondReading(row[0]), *row[1:]) if row else Policy()


def save_policy(session: Session, policy: Policy, signature: Signature) -> None:
    """Let a policy hold from now on."""
    row = {
        "id": signature.id,
        "second_reading": policy.second_reading.value,
        "share": policy.share,
        "paraphrase_below": policy.paraphrase_below,
        "link_share": policy.link_share,
        "set_by": signature.reviewer,
    }
    session.execute(insert(ReviewPolicyRow).values(row))


def needs_two(session: Session, row: ClaimRow) -> bool:
    """Whether two people have to read a claim before it is decided."""
    if row.status == ClaimStatus.SECOND_READING:
        return True
    if row.status not in {ClaimStatus.PROPOSED, ClaimStatus.LATER}:
        return False
    return load_policy(session).needs_two(row.id, row.form, row.extractor_score)


def load_readings(
    session: Session, claim: uuid.UUID, status: str, revision: int
) -> tuple[Reading, ...]:
    """The readings of a claim as it is now, the earliest first; of each reader the last.

    Only for what compares them, and for whoever settles a dispute: a sealed reading is shown to
    nobody.
    """
    if status == ClaimStatus.DISPUTED:
        return _load_disputed(session, claim)
    newer = aliased(ReadingRow)
    later = exists().where(
        newer.claim == ReadingRow.claim,
        newer.revision == ReadingRow.revision,
        newer.reviewer == ReadingRow.reviewer,
        newer.at > ReadingRow.at,
    )
    latest = select(ReadingRow).where(
        ReadingRow.claim == claim,
        ReadingRow.revision == revision,
        ~later,
        ReadingRow.action != WITHDRAWN,
    )
    rows = session.scalars(latest.order_by(ReadingRow.at))
    return tuple(
        Reading(row.id, row.reviewer, row.action, row.after, row.reason, row.at.isoformat())
        for row in rows
    )


def _load_disputed(session: Session, claim: uuid.UUID) -> tuple[Reading, ...]:
    """The readings that a claim's dispute came from."""
    readings = DecisionRow.after["readings"]
    query = select(readings).where(
        DecisionRow.subject_kind == "claim",
        DecisionRow.subject == claim,
        func.jsonb_exists(DecisionRow.after, "readings"),
    )
    rows = session.scalar(query.order_by(DecisionRow.no.desc()).limit(1)) or ()
    return tuple(
        Reading(
            uuid.UUID(row["id"]),
            uuid.UUID(row["reviewer"]),
            row["action"],
            row["after"],
            row["reason"],
            row["at"],
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class SealedReading:
    """A reading that waits for another: nothing else of it is known to anybody."""

    id: uuid.UUID


def save_reading(
    session: Session, claim: ClaimUnderReview, decision: Decision
) -> Decision | SealedReading:
    """Seal what a reader would decide; with the second reading, the decision that comes of both.

    Args:
        session: A writing session that holds the claim locked.
        claim: The claim as it is now.
        decision: What the reader alone would decide.

    Returns:
        The decision that both come to, the agreed one or a dispute; or what is sealed.
    """
    _add(session, decision, decision.action)
    readings = load_readings(session, claim.id, claim.status, claim.revision)
    if len(readings) < 2:  # noqa: PLR2004 - two readers
        return SealedReading(decision.id)
    return _conclude(claim, decision, readings[0], readings[1])


def is_reading(session: Session, id_: uuid.UUID) -> bool:
    """Whether a reading was written under an id."""
    return session.get(ReadingRow, id_) is not None


def load_subject(session: Session, reading: uuid.UUID) -> tuple[uuid.UUID, str, int] | None:
    """The claim that was read, what its reader would do, and the revision they read.

    For its own reader alone: nobody else may know it while it is sealed.
    """
    row = session.get(ReadingRow, reading)
    return (row.claim, row.action, row.revision) if row else None


def find_conclusion(session: Session, reading: uuid.UUID) -> uuid.UUID | None:
    """The decision that came of a reading and another one; None as long as it is sealed."""
    query = (
        select(DecisionRow.id)
        .join(ReadingRow, ReadingRow.claim == DecisionRow.subject)
        .where(
            ReadingRow.id == reading,
            DecisionRow.subject_kind == "claim",
            DecisionRow.revision == ReadingRow.revision + 1,
            DecisionRow.after["readings"].contains([{"id": str(reading)}]),
        )
    )
    return session.scalar(query)


def _add(session: Session, decision: Decision, action: str) -> None:
    row = {
        "id": decision.id,
        "claim": decision.subject,
        "revision": decision.revision - 1,
        "reviewer": decision.reviewer,
        "action": action,
        "after": dict(decision.after),
        "reason": decision.reason,
        "tool_version": decision.tool_version,
    }
    session.execute(insert(ReadingRow).values(row).on_conflict_do_nothing(index_elements=["id"]))


def _conclude(claim: ClaimUnderReview, last: Decision, one: Reading, other: Reading) -> Decision:
    """The decision that two readings come to, signed by the reader who came second."""
    agreed = same_verdict(claim.state, one, other)
    disputed = replace(claim.state, status=ClaimStatus.DISPUTED)
    signature = Signature(
        derived_id("decision", str(one.id), str(other.id)),
        last.reviewer,
        last.tool_version,
        last.reason if agreed else None,
    )
    return decision_on(
        claim,
        last.action if agreed else "dispute",
        claim.state.with_changes(last.after) if agreed else disputed,
        signature,
        readings=[one.to_json(), other.to_json()],
    )


@dataclass(frozen=True, slots=True)
class LastReading:
    """A reviewer's latest reading that is still sealed."""

    claim: uuid.UUID
    at: datetime


def load_last_reading(
    session: Session, reviewer: uuid.UUID, since: datetime | None
) -> LastReading | None:
    """A reviewer's last reading since a moment, if it is still sealed and not undone."""
    newer = aliased(ReadingRow)
    later = exists().where(
        newer.claim == ReadingRow.claim, newer.reviewer == reviewer, newer.at > ReadingRow.at
    )
    query = (
        select(ReadingRow.claim, ReadingRow.at)
        .join(
            ClaimRow,
            and_(ClaimRow.id == ReadingRow.claim, ClaimRow.revision == ReadingRow.revision),
        )
        .where(ReadingRow.reviewer == reviewer, ReadingRow.action != WITHDRAWN, ~later)
        .where(true() if since is None else ReadingRow.at > since)
        .order_by(ReadingRow.at.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return LastReading(row[0], row[1]) if row else None


def withdraw_reading(session: Session, claim: ClaimUnderReview, signature: Signature) -> None:
    """Take a reader's sealed reading back; the claim waits for a first reading again."""
    _add(session, decision_on(claim, WITHDRAWN, claim.state, signature), WITHDRAWN)
