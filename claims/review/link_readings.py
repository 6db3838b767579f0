"""Sealed readings of links between claims, and what two of them come to."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.database.statements import read_statements
from claims.ledger.append import load_decision_no
from claims.ledger.entries import load_entry
from claims.model.decision import NumberedDecision, Signature
from claims.model.kinds import LinkKind
from claims.review.verdicts import Reading
from claims.schema import LinkReadingRow

STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.review", "link_readings.sql").items()
}

Pair = tuple[uuid.UUID, uuid.UUID]

LINK, DIFFERENT, WITHDRAWN = "link", "different", "withdrawn"


@dataclass(frozen=True, slots=True)
class LastLinkReading:
    """A reviewer's latest reading of a link that is still sealed."""

    id: uuid.UUID
    claim: uuid.UUID
    at: datetime


def load_open_readings(session: Session, a: uuid.UUID, b: uuid.UUID) -> tuple[Reading, ...]:
    """The readings of a link that wait for another, the earliest first; of each reader the last.

    Only for what compares them: a sealed reading is shown to nobody. One that was made before a
    decision changed what was read (words, chain or day of either claim) is not among them.
    """
    rows = session.execute(STATEMENTS["open"], {"a": a, "b": b}).all()
    return tuple(
        Reading(
            row.id, row.reviewer, row.action, _after(b, row.kind), row.reason, row.at.isoformat()
        )
        for row in rows
    )


def _after(b: uuid.UUID, kind: str | None) -> Mapping[str, Mapping[str, str | None]]:
    """How a reading says what it would change, inside the decision that comes of it."""
    return {"link": {"b": str(b), "kind": kind}}


def save_link_reading(
    session: Session, pair: Pair, kind: LinkKind | None, signature: Signature
) -> None:
    """Seal how a reader would say that two claims relate.

    Args:
        session: A writing session that holds claim a locked.
        pair: The claim that is linked, and the one it is linked to.
        kind: How they relate; None if they do not.
        signature: Who read them; the same one again adds nothing.
    """
    _add(session, pair, signature, action=DIFFERENT if kind is None else LINK, kind=kind)


def withdraw_link_reading(
    session: Session, reading: uuid.UUID, signature: Signature
) -> uuid.UUID | None:
    """Take a sealed reading back; returns its claim a, or None if it is no longer sealed."""
    row = session.execute(STATEMENTS["sealed"], {"id": reading}).first()
    if row is None:
        return None
    _add(session, (row.a, row.b), signature, action=WITHDRAWN)
    a: uuid.UUID = row.a
    return a


def _add(
    session: Session,
    pair: Pair,
    signature: Signature,
    *,
    action: str,
    kind: LinkKind | None = None,
) -> None:
    row = {
        "id": signature.id,
        "a": pair[0],
        "b": pair[1],
        # The database writes the revisions as they are.
        "a_revision": 0,
        "b_revision": 0,
        "reviewer": signature.reviewer,
        "action": action,
        "kind": kind,
        "reason": signature.reason_line,
        "tool_version": signature.tool_version,
    }
    added = insert(LinkReadingRow).values(row)
    session.execute(added.on_conflict_do_nothing(index_elements=["id"]))


def find_link_result(session: Session, reading: uuid.UUID) -> NumberedDecision | bool:
    """What became of a reading whose answer was lost.

    Returns:
        The decision that came of it and another one; True as long as it is sealed; False if nothing
        was written under this id.
    """
    if session.get(LinkReadingRow, reading) is None:
        return False
    concluded = session.scalar(STATEMENTS["conclusion"], {"id": reading})
    number = load_decision_no(session, concluded) if concluded else None
    if number is None:
        return True
    return NumberedDecision(number, load_entry(session, number).decision)


def load_last_link_reading(
    session: Session, reviewer: uuid.UUID, since: datetime | None
) -> LastLinkReading | None:
    """A reviewer's last reading of a link since a moment, if it is still sealed and not undone."""
    row = session.execute(STATEMENTS["last"], {"reviewer": reviewer, "since": since}).first()
    return LastLinkReading(row.id, row.a, row.at) if row else None
