"""The queue between machines: records are added, leased by workers, and stored in their order."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, UUID
from sqlalchemy.orm import Session

from claims.database.statements import read_statements
from claims.ingest.extraction import Extracted
from claims.ingest.record_json import (
    kind_of,
    read_extracted,
    read_record,
    write_extracted,
    write_record,
)
from claims.ingest.run import IngestRun, save_run
from claims.model.article import Article, ReaderRecord
from claims.model.identity import derived_id
from claims.model.problem import Problem, Reason

STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.ingest", "queue.sql").items()
}
"""The statements of queue.sql by name."""
_RELEASE = STATEMENTS["release"].bindparams(bindparam("ids", type_=ARRAY(UUID)))
_FORGET = STATEMENTS["forget"].bindparams(bindparam("ids", type_=ARRAY(UUID)))


@dataclass(frozen=True, slots=True)
class LeasedRecord:
    """A record that this worker has.

    Attributes:
        record: What was read.
        attempts: How often it was taken, by this worker and by others.
    """

    id: uuid.UUID
    record: ReaderRecord
    attempts: int


@dataclass(frozen=True, slots=True)
class ReadyRecord:
    """A record that may be stored.

    Attributes:
        record: What was read.
        read_at: When.
        extracted: What its text gave; None if that is not known, because it seemed to be stored.
        extractor_version: Of the rules that it was extracted by.
        command: The command that read it.
        inputs: Paths and options of that command.
    """

    id: uuid.UUID
    record: ReaderRecord
    read_at: datetime
    extracted: Extracted | None
    extractor_version: str
    command: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """What is in the queue.

    Attributes:
        waiting: Records that any worker may take.
        extracting: Records that workers have.
        extracted: Records that are stored as soon as those before them are.
        workers: How many workers have records.
        taken_again: Records that a worker took and did not end.
        oldest: When the oldest of them was read; None if the queue is empty.
    """

    waiting: int
    extracting: int
    extracted: int
    workers: int
    taken_again: int
    oldest: datetime | None


def add_records(
    session: Session,
    records: Iterable[tuple[int, ReaderRecord]],
    *,
    run: IngestRun,
    read_at: datetime,
) -> int:
    """Add records to the queue, unless they wait there already; returns how many there were.

    Args:
        session: A writing session.
        records: Each with its place in the input of the run, from 1.
        run: The run that they belong to.
        read_at: When they were read.
    """
    rows = [_row(number, record, run, read_at) for number, record in records]
    if rows:
        save_run(session, run)
        session.execute(STATEMENTS["add"], rows)
    return len(rows)


def _row(
    number: int, record: ReaderRecord, run: IngestRun, read_at: datetime
) -> dict[str, uuid.UUID | str | bytes | datetime | None]:
    try:
        written = write_record(record)
    except ValueError as error:
        record = Problem(ascii(record.place), Reason.NOT_STORED, f"no UTF-8 can say it: {error}")
        written = write_record(record)
    archived = record.archived if isinstance(record, Article) else None
    digest = hashlib.sha256(written.encode() + (archived or b"")).hexdigest()
    needs_extraction = isinstance(record, Article)
    return {
        "id": derived_id("queued", str(run.id), str(number), digest),
        "run": run.id,
        "kind": kind_of(record),
        "record": written,
        "archived": archived,
        "read_at": read_at,
        "extracted": None if needs_extraction else write_extracted(()),
        "extractor_version": None if needs_extraction else run.extractor_version,
    }


def take_records(session: Session, *, worker: str, lease: float, most: int) -> list[LeasedRecord]:
    """Lease the next records; they are this worker's once the session is committed.

    A record that a worker took and did not end comes alone: what ended that worker costs no other
    record its claims.

    Args:
        session: A writing session.
        worker: Names this process.
        lease: Seconds after which others may take them.
        most: How many are taken that nobody took before.
    """
    values = {"worker": worker, "lease": lease}
    rows = session.execute(STATEMENTS["take_again"], values).all()
    if not rows:
        rows = session.execute(STATEMENTS["take_new"], values | {"most": most}).all()
    return [
        LeasedRecord(row.id, _record(row), row.attempts)
        for row in sorted(rows, key=lambda row: int(row.no))
    ]


def _record(row: Row[tuple[object, ...]]) -> ReaderRecord:
    return read_record(row.kind, row.record, row.archived, f"queue:{row.no}")


def release_records(session: Session, ids: Sequence[uuid.UUID], *, worker: str) -> None:
    """Give records back that this worker still has, so that others may take them at once."""
    session.execute(_RELEASE, {"ids": list(ids), "worker": worker})


def save_extracted(
    session: Session,
    results: Sequence[tuple[uuid.UUID, Extracted | None]],
    *,
    extractor_version: str,
) -> None:
    """Save what records gave, unless another worker has done so."""
    if results:
        # In one order, so that two workers wait for each other and never deadlock.
        rows = [
            {"id": id_, "extracted": write_extracted(one), "extractor_version": extractor_version}
            for id_, one in sorted(results, key=lambda result: result[0])
        ]
        session.execute(STATEMENTS["save_extracted"], rows)


def hold_ready(session: Session, *, most: int) -> list[ReadyRecord]:
    """The records that come first, and hold them so that nobody stores beside.

    Args:
        session: A writing session; they are held until it ends.
        most: How many at most.

    Returns:
        Records in their order; none if the first is not extracted yet or somebody stores it.
    """
    first = session.scalar(STATEMENTS["hold_first"])
    if first is None:
        return []
    rows = session.execute(STATEMENTS["ready"], {"first": first, "most": most}).all()
    return [
        ReadyRecord(
            id=row.id,
            record=_record(row),
            read_at=row.read_at,
            extracted=read_extracted(row.extracted),
            extractor_version=row.extractor_version,
            command=row.command,
            inputs=tuple(row.inputs),
        )
        for row in rows
    ]


def forget_stored(session: Session, ids: Iterable[uuid.UUID]) -> None:
    """Remove records that are stored."""
    session.execute(_FORGET, {"ids": list(ids)})


def count_queue(session: Session) -> QueueCounts:
    """What is in the queue."""
    return QueueCounts(**session.execute(STATEMENTS["count"]).one()._asdict())
