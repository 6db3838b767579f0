"""Compares everything that was decided on with the replay of its decisions."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from claims.database.statements import read_statements
from claims.ledger.replay import Difference, Step
from claims.ledger.replay import find_differences as differences_of
from claims.model.json import JsonObject
from claims.schema import DecisionRow

BATCH = 500
"""Subjects whose fields are read at once."""

QUERIES = read_statements("claims.ledger", "consistency.sql")
"""The statements of consistency.sql by name."""

Subject = tuple[str, uuid.UUID]


def find_differences(
    session: Session, register: Collection[tuple[str, str]] = ()
) -> Iterator[Difference]:
    """Where the tables differ from what the ledger says, in constant memory.

    Args:
        session: A session.
        register: Names of outlets and their other names, which no decision gives them.
    """
    names = {"shown": [one for one, _ in register], "given": [other for _, other in register]}
    for kind, id_, field, stored in session.execute(text(QUERIES["undecided"]), names):
        yield Difference(kind, str(id_), field, stored, None)
    for id_, stored, decided in session.execute(text(QUERIES["merged"])):
        yield Difference("source", str(id_), "root", str(stored), str(decided))
    for id_, stored, decided in session.execute(text(QUERIES["digests"])):
        yield Difference("claim", str(id_), "digest", stored, decided)
    subjects = load_steps(session)
    while some := list(islice(subjects, BATCH)):
        stored_fields = {
            kind: load_fields(session, kind, [id_ for (of, id_), _ in some if of == kind])
            for kind in {kind for (kind, _), _ in some}
        }
        for (kind, id_), steps in some:
            fields = stored_fields[kind].get(id_)
            yield from differences_of(kind, str(id_), steps, fields, register=register)


def count_without_digest(session: Session) -> int:
    """Claims whose last decision names no digest: it was written before decisions had one."""
    return int(session.scalars(text(QUERIES["without_digest"])).one())


def load_digested(session: Session) -> Iterator[tuple[str, str]]:
    """Each claim whose last decision names a digest: its id, and the JSON text that is hashed."""
    query = text(QUERIES["digested"]).execution_options(yield_per=BATCH)
    yield from ((claim, state) for claim, state in session.execute(query))


def load_steps(session: Session, *subjects: uuid.UUID) -> Iterator[tuple[Subject, list[Step]]]:
    """The decisions on each subject, or on those named, in the order of its revisions."""
    query = select(
        DecisionRow.subject_kind,
        DecisionRow.subject,
        DecisionRow.revision,
        DecisionRow.before,
        DecisionRow.after,
    ).order_by(DecisionRow.subject_kind, DecisionRow.subject, DecisionRow.revision)
    if subjects:
        query = query.where(DecisionRow.subject.in_(subjects))
    with session.execute(query.execution_options(yield_per=1000)) as rows:
        for subject, decisions in groupby(rows, key=lambda row: (row[0], row[1])):
            yield subject, [Step(*row[2:]) for row in decisions]


def load_fields(
    session: Session, kind: str, ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, JsonObject]:
    """What the tables have of claims, sources or documents, in the fields that decisions name."""
    rows = session.execute(text(QUERIES[kind]), {"ids": list(ids)})
    return {row.id: row.fields for row in rows}
