"""Decisions read back from the ledger: whose is the last, what stands, what came since."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.ledger.errors import UndoRefusedError
from claims.ledger.reversal import REDO, UNDO, LedgerEntry, require_free, reverse
from claims.model.decision import Decision as Settled
from claims.model.decision import Signature
from claims.model.kinds import Role
from claims.schema import ClaimRow, DecisionRow, DocumentRow, ReviewerRow, SourceRow

REVISIONS: Mapping[str, tuple[InstrumentedAttribute[uuid.UUID], InstrumentedAttribute[int]]] = {
    "claim": (ClaimRow.id, ClaimRow.revision),
    "source": (SourceRow.id, SourceRow.revision),
    "document": (DocumentRow.id, DocumentRow.revision),
}
Writer = Callable[[Session, Settled], int]
"""Writes a decision with its effect and gives its number."""

KINDS = tuple(REVISIONS)


def _select() -> Select[*tuple[Any, ...]]:
    return select(DecisionRow, ReviewerRow.name).join(
        ReviewerRow, ReviewerRow.id == DecisionRow.reviewer
    )


def _made(row: DecisionRow, signed: str) -> LedgerEntry:
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
    return LedgerEntry(row.no, row.at, signed, decision)


def _load(session: Session, query: Select[*tuple[Any, ...]]) -> list[LedgerEntry]:
    return [_made(row, signed) for row, signed in session.execute(query)]


def _is_undone() -> ColumnElement[bool]:
    undoing = aliased(DecisionRow)
    return exists().where(undoing.undoes == DecisionRow.id)


def load_made(
    session: Session, *, no: int | None = None, id_: uuid.UUID | None = None
) -> LedgerEntry:
    """A decision by its number or id.

    Raises:
        UndoRefusedError: The ledger has none such.
    """
    condition = DecisionRow.no == no if id_ is None else DecisionRow.id == id_
    found = _load(session, _select().where(condition))
    if not found:
        raise UndoRefusedError(f"ledger {no or id_}", "there is no such decision")
    return found[0]


def load_at(session: Session, no: int) -> datetime | None:
    """When a decision was made, by the server's clock."""
    return session.scalar(select(DecisionRow.at).where(DecisionRow.no == no))


def describe_change(session: Session, subject: uuid.UUID, revision: int) -> str:
    """What was decided on a subject from a revision on, and by whom, in words."""
    query = _select().where(DecisionRow.subject == subject, DecisionRow.revision >= revision)
    since = _load(session, query.order_by(DecisionRow.no))
    return "; ".join(one.told for one in since) or "a newer extractor proposed it anew"


def load_acts(session: Session, reviewer: uuid.UUID, limit: int) -> list[tuple[LedgerEntry, bool]]:
    """A reviewer's latest decisions on claims, newest first, and whether each is undone."""
    query = (
        select(DecisionRow, ReviewerRow.name, _is_undone())
        .join(ReviewerRow, ReviewerRow.id == DecisionRow.reviewer)
        .where(DecisionRow.reviewer == reviewer, DecisionRow.subject_kind == "claim")
        .order_by(DecisionRow.no.desc())
        .limit(limit)
    )
    return [(_made(row, signed), undone) for row, signed, undone in session.execute(query)]


def count_acts_since_midnight(session: Session, reviewer: uuid.UUID) -> int:
    """How many decisions a reviewer made today, by the server's UTC day."""
    midnight = func.date_trunc("day", func.clock_timestamp(), "UTC")
    query = select(func.count()).where(DecisionRow.reviewer == reviewer, DecisionRow.at >= midnight)
    return session.scalar(query) or 0


def find_undoable(
    session: Session, reviewer: uuid.UUID, kinds: Collection[str] = KINDS
) -> LedgerEntry | None:
    """The last of a reviewer's acts that stands.

    Where their last act was an undo the search goes on below what it took back: a long row of
    undos reads each decision once.
    """
    query = (
        _select()
        .where(DecisionRow.reviewer == reviewer, DecisionRow.subject_kind.in_(kinds))
        .order_by(DecisionRow.no.desc())
        .limit(1)
    )
    bound = _turned_by_last(session, query, UNDO)
    if bound is not None:
        query = query.where(DecisionRow.no < bound)
    found = _load(session, query.where(DecisionRow.action != UNDO, ~_is_undone()))
    return found[0] if found else None


def find_redoable(
    session: Session, reviewer: uuid.UUID, kinds: Collection[str] = KINDS
) -> LedgerEntry | None:
    """The last undo of a reviewer that stands, if they decided nothing new since."""
    query = (
        _select()
        .where(DecisionRow.reviewer == reviewer, DecisionRow.subject_kind.in_(kinds))
        .order_by(DecisionRow.no.desc())
        .limit(1)
    )
    bound = _turned_by_last(session, query, REDO)
    undos = query if bound is None else query.where(DecisionRow.no < bound)
    found = _load(session, undos.where(DecisionRow.action == UNDO, ~_is_undone()))
    if not found:
        return None
    newer = query.where(DecisionRow.action.not_in({UNDO, REDO}), DecisionRow.no > found[0].no)
    return None if _load(session, newer) else found[0]


def _turned_by_last(session: Session, last: Select[*tuple[Any, ...]], action: str) -> int | None:
    """The number of what a reviewer's last act turned round, if it was that action."""
    found = _load(session, last)
    if not found or found[0].decision.action != action:
        return None
    turned = found[0].decision.undoes
    query = select(DecisionRow.no, DecisionRow.batch).where(DecisionRow.id == turned)
    no, batch = session.execute(query).one()
    if batch is None:
        return int(no)
    return session.scalar(select(func.min(DecisionRow.no)).where(DecisionRow.batch == batch))


def load_later(session: Session, made: LedgerEntry) -> list[LedgerEntry]:
    """Decisions on the same subject since, those left out that were taken back again since."""
    target, undone, turned = made.decision, aliased(DecisionRow), aliased(DecisionRow)
    taken_back = exists().where(undone.undoes == DecisionRow.id)
    takes_back = exists().where(turned.id == DecisionRow.undoes, turned.no > made.no)
    query = _select().where(
        and_(
            DecisionRow.subject_kind == target.subject_kind,
            DecisionRow.subject == target.subject,
            DecisionRow.no > made.no,
            ~taken_back,
            ~takes_back,
        )
    )
    later = _load(session, query.order_by(DecisionRow.no))
    return [one for one in later if target.batch is None or one.decision.batch != target.batch]


def take_back(
    session: Session,
    made: LedgerEntry,
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
    together: Sequence[LedgerEntry] = [made]
    if batch is not None:
        together = _load(
            session, _select().where(DecisionRow.batch == batch).order_by(DecisionRow.no)
        )
    first = signatures()
    role = Role(
        session.scalars(select(ReviewerRow.role).where(ReviewerRow.id == first.reviewer)).one()
    )
    shared = first.id if len(together) > 1 else None
    written = []
    for number, one in enumerate(reversed(together)):
        target = one.decision
        id_, revision = REVISIONS[target.subject_kind]
        held = select(revision).where(id_ == target.subject).with_for_update()
        now = session.scalars(held).one()
        if session.scalar(select(exists().where(DecisionRow.undoes == target.id))):
            raise UndoRefusedError(f"ledger {one.no}", "it is taken back already")
        require_free(one, load_later(session, one), first.reviewer, role)
        signature = signatures() if number else first
        turned = reverse(one, now, signature, batch=shared)
        written.append((writers[target.subject_kind](session, turned), turned))
    return written
