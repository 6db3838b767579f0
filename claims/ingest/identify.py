"""Ids of runs and problems, made from what they are, so that the same command continues a run."""

import uuid
from collections.abc import Iterable

from claims.model.identity import derived_id
from claims.model.problem import Problem


def problem_id(problem: Problem) -> uuid.UUID:
    """The id of a problem: the same one at the same location is stored once."""
    return derived_id(
        "problem",
        problem.place,
        "" if problem.line is None else str(problem.line),
        problem.field or "",
        problem.reason,
        problem.detail,
        problem.value or "",
    )


def run_id(command: str, inputs: Iterable[str], *versions: str) -> uuid.UUID:
    """The id of a run: the same command on the same inputs continues it."""
    return derived_id("run", command, *versions, *inputs)
