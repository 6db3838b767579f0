"""Decisions read back from the ledger: whose is the last, what stands, what came since."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.errors import UndoRefusedError
from claims.ledger.history.turn import REDO, UNDO, Made, demand_free, turn_round
from claims.model.decision import Decision as Settled
from claims.model.decision import Signature
from claims.model.kinds import Role
from claims.schema import Claim, Decision, Document, Reviewer, Source

REVISIONS: Mapping[str, tuple[InstrumentedAttribute[uuid.UUID], InstrumentedAttribute[int]]] = {
    "claim": (Claim.id, Claim.revision),
    "source": (Source.id, Source.revision),
    "document": (Document.id, Document.revision),
}
Writer = Callable[[Session, Settled], int]
"""Writes a decision with its effect and gives its number."""

KINDS = tuple(REVISIONS)


def _select() -> Select[*tuple[Any, ...]]:
    return select(Decision, Reviewer.name).join(Reviewer, Reviewer.id == Decision.reviewer)


def _made(row: Decision, signed: str) -> Made:
    decision = Settled(
        id=row.id,
        reviewer=row.reviewer,
        action=row.action,
        subject_kind=row.subject_kind,
        subject=row.subject,
        revision=row.revision,
        before=row.before,
        after=row.after,
        tool_version=row.tool_version,
        reason=row.reason,
        undoes=row.undoes,
        batch=row.batch,
    )
    return Made(row.no, row.at, signed, decision)


def _load(session: Session, query: Select[*tuple[Any, ...]]) -> list[Made]:
    return [_made(row, signed) for row, signed in session.execute(query)]


def _is_undone() -> ColumnElement[bool]:
    undoing = aliased(Decision)
    return exists().where(undoing.undoes == Decision.id)


def load_made(session: Session, *, no: int | None = None, id_: uuid.UUID | None = None) -> Made:
    """A decision by its number or id.

    Raises:
        UndoRefusedError: The ledger has none such.
    """
    condition = Decision.no == no if id_ is None else Decision.id == id_
    found = _load(session, _select().where(condition))
    if not found:
        raise UndoRefusedError(f"ledger {no or id_}", "there is no such decision")
    return found[0]


def load_at(session: Session, no: int) -> datetime | None:
    """When a decision was made, by the server's clock."""
    return session.scalar(select(Decision.at).where(Decision.no == no))


def describe_change(session: Session, subject: uuid.UUID, revision: int) -> str:
    """What was decided on a subject from a revision on, and by whom, in words."""
    query = _select().where(Decision.subject == subject, Decision.revision >= revision)
    since = _load(session, query.order_by(Decision.no))
    return "; ".join(one.told for one in since) or "a newer extractor proposed it anew"


def load_acts(session: Session, reviewer: uuid.UUID, limit: int) -> list[tuple[Made, bool]]:
    """A reviewer's latest decisions on claims, newest first, and whether each is undone."""
    query = (
        select(Decision, Reviewer.name, _is_undone())
        .join(Reviewer, Reviewer.id == Decision.reviewer)
        .where(Decision.reviewer == reviewer, Decision.subject_kind == "claim")
        .order_by(Decision.no.desc())
        .limit(limit)
    )
    return [(_made(row, signed), undone) for row, signed, undone in session.execute(query)]


def count_acts_since_midnight(session: Session, reviewer: uuid.UUID) -> int:
    """How many decisions a reviewer made today, by the server's UTC day."""
    midnight = func.date_trunc("day", func.clock_timestamp(), "UTC")
    query = select(func.count()).where(Decision.reviewer == reviewer, Decision.at >= midnight)
    return session.scalar(query) or 0


def find_undoable(
    session: Session, reviewer: uuid.UUID, kinds: Collection[str] = KINDS
) -> Made | None:
    """The last of a reviewer's acts that stands.

    Where their last act was an undo the search goes on below what it took back: a long row of
    undos reads each decision once.
    """
    query = (
        _select()
        .where(Decision.reviewer == reviewer, Decision.subject_kind.in_(kinds))
        .order_by(Decision.no.desc())
        .limit(1)
    )
    bound = _turned_by_last(session, query, UNDO)
    if bound is not None:
        query = query.where(Decision.no < bound)
    found = _load(session, query.where(Decision.action != UNDO, ~_is_undone()))
    return found[0] if found else None


def find_redoable(
    session: Session, reviewer: uuid.UUID, kinds: Collection[str] = KINDS
) -> Made | None:
    """The last undo of a reviewer that stands, if they decided nothing new since."""
    query = (
        _select()
        .where(Decision.reviewer == reviewer, Decision.subject_kind.in_(kinds))
        .order_by(Decision.no.desc())
        .limit(1)
    )
    bound = _turned_by_last(session, query, REDO)
    undos = query if bound is None else query.where(Decision.no < bound)
    found = _load(session, undos.where(Decision.action == UNDO, ~_is_undone()))
    if not found:
        return None
    newer = query.where(Decision.action.not_in({UNDO, REDO}), Decision.no > found[0].no)
    return None if _load(session, newer) else found[0]


def _turned_by_last(session: Session, last: Select[*tuple[Any, ...]], action: str) -> int | None:
    """The number of what a reviewer's last act turned round, if it was that action."""
    found = _load(session, last)
    if not found or found[0].decision.action != action:
        return None
    turned = found[0].decision.undoes
    query = select(Decision.no, Decision.batch).where(Decision.id == turned)
    no, batch = session.execute(query).one()
    if batch is None:
        return int(no)
    return session.scalar(select(func.min(Decision.no)).where(Decision.batch == batch))


def load_later(session: Session, made: Made) -> list[Made]:
    """Decisions on the same subject since, those left out that were taken back again since."""
    target, undone, turned = made.decision, aliased(Decision), aliased(Decision)
    taken_back = exists().where(undone.undoes == Decision.id)
    takes_back = exists().where(turned.id == Decision.undoes, turned.no > made.no)
    query = _select().where(
        and_(
            Decision.subject_kind == target.subject_kind,
            Decision.subject == target.subject,
            Decision.no > made.no,
            ~taken_back,
            ~takes_back,
        )
    )
    later = _load(session, query.order_by(Decision.no))
    return [one for one in later if target.batch is None or one.decision.batch != target.batch]


def take_back(
    session: Session,
    made: Made,
    signatures: Callable[[], Signature],
    writers: Mapping[str, Writer],
) -> list[tuple[int, Settled]]:
    """Take a decision back, with all that belongs to the same act.

    Args:
        session: A writing session.
        made: What is taken back, or an undo, which brings back.
        signatures: Makes a signature for each decision.
        writers: For each kind of subject what writes a decision on it.

    Returns:
        Numbers and decisions, as they were written.

    Raises:
        UndoRefusedError: It is taken back already, or something stands in the way.
    """
    batch = made.decision.batch
    together: Sequence[Made] = [made]
    if batch is not None:
        together = _load(session, _select().where(Decision.batch == batch).order_by(Decision.no))
    first = signatures()
    role = Role(session.scalars(select(Reviewer.role).where(Reviewer.id == first.reviewer)).one())
    shared = first.id if len(together) > 1 else None
    written = []
    for number, one in enumerate(reversed(together)):
        target = one.decision
        id_, revision = REVISIONS[target.subject_kind]
        held = select(revision).where(id_ == target.subject).with_for_update()
        now = session.scalars(held).one()
        if session.scalar(select(exists().where(Decision.undoes == target.id))):
            raise UndoRefusedError(f"ledger {one.no}", "it is taken back already")
        demand_free(one, load_later(session, one), first.reviewer, role)
        signature = signatures() if number else first
        turned = turn_round(one, now, signature, batch=shared)
        written.append((writers[target.subject_kind](session, turned), turned))
    return written
