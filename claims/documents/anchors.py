"""Anchors stored: where the claims that people decided on stand in the current version.

Every such claim of any other version of a document is sought in its current version, directly, not
from version to version. Rows are the machine's: a newer method finds them anew; no claim changes.
"""

import uuid
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.anchoring.anchor import METHOD, anchor_claims
from claims.database.engine import Database
from claims.database.ranges import to_multirange, to_spans
from claims.database.statements import read_statements
from claims.model.anchor import Anchor, SoughtClaim, SoughtHop
from claims.model.span import Spans
from claims.schema import AnchorRow

BATCH = 500
"""Documents whose ids are read at once."""

NOTHING = uuid.UUID(int=0)

QUERIES = {
    name: text(sql) for name, sql in read_statements("claims.documents", "anchors.sql").items()
}
"""The statements of anchors.sql by name."""


def anchor_document(session: Session, document: uuid.UUID) -> int:
    """Seek a document's claims in its current version; returns how many anchors were written.

    What this method has found already is left: it may be killed and run again.
    """
    row = session.execute(QUERIES["current"], {"document": document}).first()
    if row is None:
        return 0
    current, new = row
    values = {"document": document, "current": current, "method": METHOD}
    pending = [(*row,) for row in session.execute(QUERIES["pending_claims"], values)]
    for version, group in groupby(pending, key=lambda claim: claim[1]):
        contents = {claim: to_spans(spans) for claim, _, spans in group}
        old = session.scalar(QUERIES["text"], {"version": version})
        anchors = anchor_claims(old, new, _load_sought(session, contents))
        for claim, anchor in zip(contents, anchors, strict=True):
            _save(session, claim, current, anchor)
    return len(pending)


def anchor_all(database: Database) -> Iterator[int]:
    """Seek the claims of every document that has changed, each in a transaction of its own.

    Yields:
        For each document how many anchors were written.
    """
    last = NOTHING
    while True:
        with database.reader() as session:
            values = {"after": last, "most": BATCH}
            documents = session.scalars(QUERIES["changed_documents"], values).all()
        for document in documents:
            with database.writer() as session:
                yield anchor_document(session, document)
        if len(documents) < BATCH:
            return
        last = documents[-1]


def count_changed(session: Session) -> int:
    """How many documents have several versions."""
    return int(session.execute(QUERIES["count_changed"]).scalar_one())


def _load_sought(session: Session, contents: dict[uuid.UUID, Spans]) -> Sequence[SoughtClaim]:
    hops: dict[uuid.UUID, list[SoughtHop]] = {claim: [] for claim in contents}
    rows = session.execute(QUERIES["hops"], {"claims": list(contents)})
    for claim, mention, cue, capacity in rows:
        hops[claim].append(SoughtHop(to_spans(mention), to_spans(cue), to_spans(capacity)))
    return [SoughtClaim(spans, tuple(hops[claim])) for claim, spans in contents.items()]


def _save(session: Session, claim: uuid.UUID, version: uuid.UUID, anchor: Anchor) -> None:
    values = {
        "spans": to_multirange(anchor.spans),
        "state": anchor.state,
        "score": anchor.score,
        "runner_up": anchor.runner_up,
        "changes": [str(change) for change in anchor.changes],
        "hop_spans": [hop.to_json() for hop in anchor.hops],
        "method": METHOD,
    }
    row = insert(AnchorRow).values(claim=claim, version=version, **values)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[AnchorRow.claim, AnchorRow.version],
            set_=values | {"recorded_at": func.clock_timestamp()},
        )
    )
