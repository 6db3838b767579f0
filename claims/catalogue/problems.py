"""Find problems and show them: records that could not be read, or only in part."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session

from claims.catalogue.errors import (
    AmbiguousIdError,
    UnknownProblemError,
    UnknownRunError,
)
from claims.catalogue.find import id_range
from claims.errors.base import named
from claims.schema import ProblemRow, RunRow


@dataclass(frozen=True, slots=True)
class ProblemFilters:
    """Conditions that a problem must meet.

    Attributes:
        reason: Its code.
        run: The run that met it first.
        resolved: Whether those that are resolved count too.
    """

    reason: str | None = None
    run: uuid.UUID | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many problems have one reason, and when the last of them was met."""

    reason: str
    number: int
    last: datetime


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """A stored problem, as `claims.model.problem` describes it.

    Attributes:
        reason: The code; a later version of the program may have stored one not known here.
        run: The run that first met it.
        command: That run's command with its inputs.
        met_at: When.
        resolved: When somebody resolved it.
    """

    id: uuid.UUID
    reason: str
    place: str
    line: int | None
    field: str | None
    value: str | None
    detail: str
    run: uuid.UUID
    command: tuple[str, ...]
    met_at: datetime
    resolved: datetime | None

    @property
    def location(self) -> str:
        """The place with the line."""
        place = named(self.place)
        return place if self.line is None else f"{place}:{self.line}"


def count_problems(session: Session, filters: ProblemFilters) -> list[ReasonCount]:
    """The reasons of the problems that pass the filters, the most frequent first."""
    number = func.count()
    query = (
        select(ProblemRow.reason, number, func.max(ProblemRow.recorded_at))
        .where(*problem_conditions(filters))
        .group_by(ProblemRow.reason)
        .order_by(number.desc(), ProblemRow.reason)
    )
    return [ReasonCount(*row) for row in session.execute(query)]


def find_problems(
    session: Session, filters: ProblemFilters, *, limit: int, after: uuid.UUID | None = None
) -> list[ProblemCard]:
    """The problems that pass the filters, newest first.

    Args:
        session: A session, reading or writing.
        filters: Conditions that a problem must meet.
        limit: Most problems to return.
        after: Only problems that follow this one in the same order.
    """
    order = (ProblemRow.recorded_at, ProblemRow.id)
    query = _cards().where(*problem_conditions(filters))
    if after is not None:
        last = select(*order).where(ProblemRow.id == after).scalar_subquery()
        query = query.where(tuple_(*order) < last)
    rows = session.execute(query.order_by(*(key.desc() for key in order)).limit(limit))
    return [_card(row.ProblemRow, row.RunRow) for row in rows]


def find_run(session: Session, prefix: str) -> uuid.UUID:
    """The run whose id begins with a prefix.

    Raises:
        UnknownRunError: No run has such an id, or the prefix is no part of an id.
        AmbiguousIdError: More than one run has such an id.
    """
    low, high = id_range(prefix, UnknownRunError)
    runs = session.scalars(select(RunRow.id).where(RunRow.id.between(low, high)).limit(2)).all()
    if not runs:
        raise UnknownRunError(prefix)
    if len(runs) > 1:
        raise AmbiguousIdError(prefix)
    return runs[0]


def find_problem(session: Session, prefix: str) -> ProblemCard:
    """The problem whose id begins with a prefix, with or without hyphens.

    Raises:
        UnknownProblemError: No problem has such an id, or the prefix is no part of an id.
        AmbiguousIdError: More than one problem has such an id.
    """
    low, high = id_range(prefix, UnknownProblemError)
    rows = session.execute(_cards().where(ProblemRow.id.between(low, high)).limit(2)).all()
    if not rows:
        raise UnknownProblemError(prefix)
    if len(rows) > 1:
        raise AmbiguousIdError(prefix)
    return _card(rows[0].ProblemRow, rows[0].RunRow)


def problem_conditions(filters: ProblemFilters) -> list[ColumnElement[bool]]:
    """The conditions on a problem."""
    conditions: list[ColumnElement[bool]] = []
    if filters.reason:
        conditions.append(ProblemRow.reason == filters.reason)
    if filters.run:
        conditions.append(ProblemRow.run == filters.run)
    if not filters.resolved:
        conditions.append(ProblemRow.resolved.is_(None))
    return conditions


def _cards() -> Select[ProblemRow, RunRow]:
    return select(ProblemRow, RunRow).join(RunRow, RunRow.id == ProblemRow.run)


def _card(problem: ProblemRow, run: RunRow) -> ProblemCard:
    return ProblemCard(
        id=problem.id,
        reason=problem.reason,
        place=problem.place,
        line=problem.line,
        field=problem.field,
        value=problem.value,
        detail=problem.detail,
        run=run.id,
        command=(run.command, *run.inputs),
        met_at=problem.recorded_at,
        resolved=problem.resolved,
    )
