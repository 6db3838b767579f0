"""Decisions to and from the database."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.database.errors import ReviewerClosedError
from claims.ledger.lines import Head
from claims.model.decision import Decision, LedgerRow
from claims.schema import DecisionRow, LedgerHeadRow, ReviewerRow


def append(session: Session, decision: Decision) -> int:
    """Add a decision to the ledger; the same id again adds nothing.

    Returns:
        Its place in the chain.

    Raises:
        sqlalchemy.exc.DBAPIError: The database refuses it: a closed reviewer, another decision on
            the same revision, or (at commit) a decision without its effect.
    """
    # Not ON CONFLICT: the trigger that gives the number runs before the conflict is seen.
    existing = load_decision_no(session, decision.id)
    if existing is not None:
        return existing
    number: int | None = session.scalar(
        insert(DecisionRow)
        .values(
            id=decision.id,
            reviewer=decision.reviewer,
            action=decision.action,
            subject_kind=decision.subject_kind,
            subject=decision.subject,
            revision=decision.revision,
            before=dict(decision.before),
            after=dict(decision.after),
            reason=decision.reason,
            tool_version=decision.tool_version,
            undoes=decision.undoes,
            batch=decision.batch,
        )
        .returning(DecisionRow.no)
    )
    assert number is not None, "the trigger gives a number or raises"  # noqa: S101 - for the type checker
    return number


def load_rows(
    session: Session, *, subject: uuid.UUID | None = None, last: int | None = None
) -> Iterator[LedgerRow]:
    """Rows of the ledger in the order of the chain, every column as the text that is hashed.

    Args:
        session: A session, reading or writing.
        subject: Only decisions on this claim, source or document.
        last: Only so many rows, the newest.
    """
    columns = (
        DecisionRow.no,
        cast(DecisionRow.id, Text),
        _moment(DecisionRow.at),
        cast(DecisionRow.reviewer, Text),
        DecisionRow.action,
        DecisionRow.subject_kind,
        cast(DecisionRow.subject, Text),
        cast(DecisionRow.revision, Text),
        cast(DecisionRow.before, Text),
        cast(DecisionRow.after, Text),
        DecisionRow.reason,
        DecisionRow.tool_version,
        cast(DecisionRow.undoes, Text),
        func.encode(DecisionRow.prev_digest, "hex"),
        func.encode(DecisionRow.digest, "hex"),
        cast(DecisionRow.batch, Text),
        func.coalesce(ReviewerRow.name, "nobody known"),
    )
    # Outer: a row whose reviewer was forged has to be seen to be named.
    query = select(*columns).outerjoin(ReviewerRow, ReviewerRow.id == DecisionRow.reviewer)
    if subject is not None:
        query = query.where(DecisionRow.subject == subject)
    if last is not None:
        query = query.where(DecisionRow.no > select(LedgerHeadRow.no - last).scalar_subquery())
    query = query.order_by(DecisionRow.no).execution_options(yield_per=1000)
    # Closed even when the reader stops half-way, as `verify` does at a broken row.
    with session.execute(query) as result:
        for row in result:
            yield LedgerRow(*row)


def load_decision_no(session: Session, decision: uuid.UUID) -> int | None:
    """The place in the chain of the decision with this id; None if there is none."""
    return session.scalar(select(DecisionRow.no).where(DecisionRow.id == decision))


def load_head(session: Session) -> tuple[int, str]:
    """Number and digest (hexadecimal) of the ledger's last decision; (0, zeros) if it is empty."""
    number, digest = session.execute(select(LedgerHeadRow.no, LedgerHeadRow.digest)).one()
    return number, digest.hex()


def load_end(session: Session) -> Head:
    """Where the ledger ends, and the server's clock."""
    query = select(LedgerHeadRow.no, LedgerHeadRow.digest, _moment(func.clock_timestamp()))
    number, digest, moment = session.execute(query).one()
    return Head(number, digest.hex(), moment)


def _moment(at: ColumnElement[datetime] | InstrumentedAttribute[datetime]) -> ColumnElement[str]:
    """A moment as the text that is hashed."""
    return func.to_char(func.timezone("UTC", at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')


def save_reviewer(session: Session, reviewer: uuid.UUID, name: str) -> None:
    """Add a reviewer."""
    session.execute(insert(ReviewerRow).values(id=reviewer, name=name))


def sign_in(session: Session, name: str, new: uuid.UUID) -> uuid.UUID:
    """The id of the reviewer with a name, who is added under a new id when first seen.

    Raises:
        ReviewerClosedError: They were closed.
    """
    query = select(ReviewerRow.id, ReviewerRow.closed_at <= func.clock_timestamp())
    reviewer = session.execute(query.where(ReviewerRow.name == name)).first()
    if reviewer is not None:
        id_, closed = reviewer
        if closed:
            raise ReviewerClosedError(name)
        return id_
    save_reviewer(session, new, name)
    return new
