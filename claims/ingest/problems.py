"""Records that could not be read, kept in the database."""

import uuid
from collections.abc import Collection
from dataclasses import fields, replace

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.ingest.identify import problem_id
from claims.ingest.run import IngestRun, save_run
from claims.model.problem import Problem
from claims.schema import ProblemRow
from claims.text.clean import clean_text


def save_problem(session: Session, problem: Problem, run: IngestRun) -> bool:
    """Save a record that could not be read; returns False if the problem is stored already."""
    save_run(session, run)
    problem = _storable(problem)
    values = {field.name: getattr(problem, field.name) for field in fields(Problem)}
    added = session.scalar(
        insert(ProblemRow)
        .values(id=problem_id(problem), run=run.id, **values)
        .on_conflict_do_nothing(index_elements=[ProblemRow.id])
        .returning(ProblemRow.id)
    )
    return added is not None


def _storable(problem: Problem) -> Problem:
    """The problem in text that a database takes: it may tell of what is none."""
    place, detail = clean_text(problem.place).text, clean_text(problem.detail).text
    field = None if problem.field is None else clean_text(problem.field).text
    value = None if problem.value is None else clean_text(problem.value).text
    return replace(problem, place=place, detail=detail, field=field, value=value)


def has_problem(session: Session, problem: Problem) -> bool:
    """Whether the same problem is stored already."""
    return bool(
        session.scalar(select(exists().where(ProblemRow.id == problem_id(_storable(problem)))))
    )


def resolve_problems(
    session: Session, *, ids: Collection[uuid.UUID] = (), reason: str | None = None
) -> int:
    """Note that problems are settled, those with these ids and all of a reason.

    Returns:
        How many were not settled before.
    """
    chosen: ColumnElement[bool] = ProblemRow.id.in_(ids)
    if reason is not None:
        chosen = chosen | (ProblemRow.reason == reason)
    resolved = session.scalars(
        update(ProblemRow)
        .where(chosen, ProblemRow.resolved.is_(None))
        .values(resolved=func.clock_timestamp())
        .returning(ProblemRow.id)
    )
    return len(resolved.all())
