"""SealedReading readings and the policy that asks for them, to and from the database."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.kinds import ClaimStatus
from claims.review.policy import Policy, SecondReading
from claims.review.transitions import Standing, decision_on
from claims.review.verdicts import same_verdict
from claims.schema import ClaimRow, DecisionRow, ReadingRow, ReviewPolicyRow

WITHDRAWN = "withdrawn"


def load_policy(session: Session) -> Policy:
    """What holds now."""
    query = select(
        ReviewPolicyRow.second_reading, ReviewPolicyRow.share, ReviewPolicyRow.paraphrase_below
    ).order_by(ReviewPolicyRow.at.desc(), ReviewPolicyRow.id.desc())
    row = session.execute(query.limit(1)).first()
    return Policy(SecondReading(row[0]), row[1], row[2]) if row else Policy()


def save_policy(session: Session, policy: Policy, signed: Signature) -> None:
    """Let a policy hold from now on."""
    row = {
        "id": signed.id,
        "second_reading": policy.second_reading.value,
        "share": policy.share,
        "paraphrase_below": policy.paraphrase_below,
        "set_by": signed.reviewer,
    }
    session.execute(insert(ReviewPolicyRow).values(row))


def needs_two(session: Session, row: ClaimRow) -> bool:
    """Whether two people have to read a claim before it is decided."""
    if row.status == ClaimStatus.SECOND_READING:
        return True
    if row.status not in {ClaimStatus.PROPOSED, ClaimStatus.LATER}:
        return False
    return load_policy(session).needs_two(row.id, row.form, row.extractor_score)


def load_readers(session: Session, row: ClaimRow) -> tuple[uuid.UUID, ...]:
    """Who read a claim as it stands: sealed readings, or those of its dispute."""
    readings = load_readings(session, row.id, row.status, row.revision)
    return tuple(uuid.UUID(reading["reviewer"]) for reading in readings)


def load_readings(
    session: Session, claim: uuid.UUID, status: str, revision: int
) -> list[dict[str, Any]]:
    """The readings of a claim as it stands, the earliest first; of each reader the last.

    Only for what compares them, and for whoever settles a dispute: a sealed reading is shown to
    nobody.
    """
    if status == ClaimStatus.DISPUTED:
        query = select(DecisionRow.after).where(
            DecisionRow.subject_kind == "claim",
            DecisionRow.subject == claim,
            func.jsonb_exists(DecisionRow.after, "readings"),
        )
        after: Any = session.scalar(query.order_by(DecisionRow.no.desc()).limit(1))
        return list(after["readings"]) if after else []
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
    return [_as_listed(row) for row in session.scalars(latest.order_by(ReadingRow.at))]


def _as_listed(row: ReadingRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "reviewer": str(row.reviewer),
        "action": row.action,
        "after": row.after,
        "reason": row.reason,
        "at": row.at.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class SealedReading:
    """A reading that waits for another: nothing else of it is known to anybody."""

    id: uuid.UUID


def save_reading(
    session: Session, standing: Standing, decision: Decision
) -> Decision | SealedReading:
    """Seal what a reader would decide; with the second reading, the decision that comes of both.

    Args:
        session: A writing session that holds the claim locked.
        standing: Where the claim stands.
        decision: What the reader alone would decide.

    Returns:
        The decision that both come to, the agreed one or a dispute; or what is sealed.
    """
    _add(session, standing, decision, decision.action)
    readings = load_readings(session, standing.claim, standing.status, standing.revision)
    if len(readings) < 2:  # noqa: PLR2004 - two readers
        return SealedReading(decision.id)
    return _conclude(standing, decision, readings[:2])


def _add(session: Session, standing: Standing, decision: Decision, action: str) -> None:
    row = {
        "id": decision.id,
        "claim": standing.claim,
        "revision": standing.revision,
        "reviewer": decision.reviewer,
        "action": action,
        "after": dict(decision.after),
        "reason": decision.reason,
        "tool_version": decision.tool_version,
    }
    session.execute(insert(ReadingRow).values(row).on_conflict_do_nothing(index_elements=["id"]))


def _conclude(standing: Standing, last: Decision, readings: Sequence[dict[str, Any]]) -> Decision:
    one, other = readings
    agreed = same_verdict(one, other)
    after = dict(last.after) if agreed else {"status": ClaimStatus.DISPUTED.value}
    signature = Signature(
        derived_id("decision", one["id"], other["id"]),
        last.reviewer,
        last.tool_version,
        last.reason if agreed else None,
    )
    action = last.action if agreed else "dispute"
    return decision_on(standing, action, after | {"readings": list(readings)}, signature)


@dataclass(frozen=True, slots=True)
class LastReading:
    """A reviewer's latest reading that is still sealed."""

    claim: uuid.UUID
    at: datetime


def load_last_reading(
    session: Session, reviewer: uuid.UUID, since: datetime | None
) -> LastReading | None:
    """What a reviewer read last since a moment, as long as it is sealed and not taken back."""
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


def withdraw_reading(session: Session, standing: Standing, signed: Signature) -> None:
    """Take a reader's sealed reading back; the claim waits for a first reading again."""
    nothing = decision_on(standing, WITHDRAWN, {}, signed)
    _add(session, standing, nothing, WITHDRAWN)
