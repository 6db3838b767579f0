"""The run that ingested rows belong to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.ingest.identify import run_id
from claims.schema import RunRow


@dataclass(frozen=True, slots=True)
class IngestRun:
    """One command on the same inputs; after a kill, the same command continues it.

    Attributes:
        inputs: Paths and options as the user gave them.
    """

    id: uuid.UUID
    command: str
    inputs: tuple[str, ...]
    tool_version: str
    extractor_version: str


def make_run(
    command: str, inputs: Sequence[str], tool_version: str, extractor_version: str
) -> IngestRun:
    """The run of a command on inputs; bytes of a path that are not UTF-8 are escaped."""
    readable = tuple(part.encode("utf-8", "backslashreplace").decode() for part in inputs)
    id_ = run_id(command, readable, tool_version, extractor_version)
    return IngestRun(id_, command, readable, tool_version, extractor_version)


def save_run(session: Session, run: IngestRun) -> None:
    """Save a run unless it is stored already."""
    values = {
        "id": run.id,
        "command": run.command,
        "inputs": list(run.inputs),
        "tool_version": run.tool_version,
        "extractor_version": run.extractor_version,
    }
    session.execute(
        insert(RunRow).values(values).on_conflict_do_nothing(index_elements=[RunRow.id])
    )
