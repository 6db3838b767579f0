"""Everything that a decision can change, done: on claims by SQL, on sources by the program."""

import json
import uuid
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.database.ranges import to_daterange, to_days, to_multirange, to_spans
from claims.ledger.store import append
from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.moment import AsOf
from claims.model.span import Span, Spans, words_at
from claims.schema import Attribution, Claim, ClaimLink, ClaimParent, DocumentVersion
from claims.sources.curation.store import save_source_decision

PLAIN = ("status", "text", "form", "statement", "said_on_text", "venue",
         "attribution_confidence", "credibility")  # fmt: skip
Fields = dict[str, Any]


def now(database: Database) -> AsOf:
    """The state of this moment, to be asked for later."""
    with database.engine.connect() as connection:
        row = connection.execute(text("SELECT no, clock_timestamp() FROM claims.ledger_head")).one()
    return AsOf(row[0], row[1], "then")


def fields_of(session: Session, claim: uuid.UUID) -> Fields:
    """A claim's fields as decisions write them."""
    row = session.get_one(Claim, claim)
    hops = select(Attribution).where(Attribution.claim == claim).order_by(Attribution.position)
    links = select(ClaimLink.b, ClaimLink.kind).where(
        ClaimLink.a == claim, ClaimLink.linked_by.is_not(None)
    )
    days = to_days(row.said_on)
    return {name: getattr(row, name) for name in PLAIN} | {
        "content": _lists(to_spans(row.content_spans)),
        "said_on": [str(day) for day in days] if days else None,
        "chain": [_hop(hop) for hop in session.scalars(hops)],
        "links": [{"b": str(b), "kind": kind} for b, kind in session.execute(links)],
    }


def _lists(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]


def _hop(hop: Attribution) -> Fields:
    spans = {
        name: _lists(to_spans(getattr(hop, f"{name}_spans")))
        for name in ("mention", "cue", "capacity")
    }
    links = {name: getattr(hop, name) for name in ("link_rule", "link_score", "link_reason")}
    return {"source": str(hop.source) if hop.source else None, "mode": hop.mode, **spans, **links}


def decision_on(
    subject: uuid.UUID, revision: int, before: Fields, after: Fields, *, reviewer: uuid.UUID
) -> Decision:
    """A decision on a claim that moves it to a revision."""
    return Decision(uuid.uuid4(), reviewer, "edit", "claim", subject, revision, before, after, "0")


def edit_claim(
    database: Database,
    claim: uuid.UUID,
    reviewer: uuid.UUID,
    **after: Any,  # noqa: ANN401 - a field's value is whatever JSON it is written as
) -> None:
    """Decide on fields of a claim: the decision and its effect."""
    with database.writer() as session:
        fields = fields_of(session, claim)
        revision = session.get_one(Claim, claim).revision + 1
        session.expunge_all()
        values = _columns(after) | {"revision": revision}
        session.execute(update(Claim).where(Claim.id == claim).values(values))
        _write_rows(session, claim, reviewer, after)
        before = {name: fields[name] for name in after}
        append(session, decision_on(claim, revision, before, after, reviewer=reviewer))


def split_claim(
    database: Database, claim: uuid.UUID, reviewer: uuid.UUID, content: Spans
) -> uuid.UUID:
    """Make a claim of a part of another, as a split does."""
    with database.writer() as session:
        parent = session.get_one(Claim, claim)
        body = session.scalars(
            select(DocumentVersion.text).where(DocumentVersion.id == parent.version)
        ).one()
        made = derived_id("claim", str(parent.version), str(content))
        after = fields_of(session, claim) | {
            "content": _lists(content), "text": words_at(body, content), "status": "accepted",
            "version": str(parent.version), "rule": "split", "run": str(parent.run),
            "extractor_score": 0.5, "parents": [str(claim)], "links": [],
        }  # fmt: skip
        session.expunge_all()
        session.execute(
            insert(Claim).values(
                id=made, revision=1, rule="split", extractor_score=0.5,
                version=uuid.UUID(after["version"]), run=uuid.UUID(after["run"]),
                **_columns(after),
            )
        )  # fmt: skip
        session.execute(insert(ClaimParent).values(claim=made, parent=claim))
        _write_rows(session, made, reviewer, {"chain": after["chain"]})
        append(session, decision_on(made, 1, {"status": "replaced"}, after, reviewer=reviewer))
    return made


def _columns(after: Fields) -> Fields:
    values = {name: after[name] for name in PLAIN if name in after}
    if "content" in after:
        values["content_spans"] = to_multirange(_spans(after["content"]))
    if "said_on" in after:
        days = [date.fromisoformat(day) for day in after["said_on"] or ()]
        values["said_on"] = to_daterange(*days) if days else None
    if "chain" in after:
        values["speaker"] = after["chain"][0]["source"]
    return values


def _spans(lists: list[list[int]]) -> Spans:
    return tuple(Span(*span) for span in lists)


def _write_rows(session: Session, claim: uuid.UUID, reviewer: uuid.UUID, after: Fields) -> None:
    if "chain" in after:
        session.execute(delete(Attribution).where(Attribution.claim == claim))
        query = select(DocumentVersion.text).join(Claim, Claim.version == DocumentVersion.id)
        body = session.scalars(query.where(Claim.id == claim)).one()
        for position, hop in enumerate(after["chain"], 1):
            values = {name: hop[name] for name in ("mode", "link_rule", "link_score")}
            for name in ("mention", "cue", "capacity"):
                spans = _spans(hop[name])
                values[f"{name}_spans"] = to_multirange(spans)
                values[name] = words_at(body, spans) if spans or name != "capacity" else None
            values |= {"source": hop["source"], "link_reason": hop["link_reason"]}
            session.execute(insert(Attribution).values(claim=claim, position=position, **values))
    if "links" in after:
        session.execute(delete(ClaimLink).where(ClaimLink.a == claim))
        for link in after["links"]:
            id_ = derived_id("claim_link", str(claim), link["b"], link["kind"])
            session.execute(insert(ClaimLink).values(id=id_, a=claim, linked_by=reviewer, **link))


def edit_document(
    database: Database, document: uuid.UUID, reviewer: uuid.UUID, **after: str | None
) -> None:
    """Decide on columns of a document."""
    with database.engine.begin() as connection:
        row = connection.execute(
            text("SELECT to_jsonb(d) AS row FROM claims.document AS d WHERE id = :id"),
            {"id": document},
        ).scalar_one()
        connection.execute(
            text(
                "UPDATE claims.document AS d SET revision = d.revision + 1, status = n.status,"
                " title = n.title, published_at = n.published_at"
                " FROM jsonb_populate_record(NULL::claims.document, CAST(:new AS jsonb)) AS n"
                " WHERE d.id = :id"
            ),
            {"new": json.dumps(row | after), "id": document},
        )
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            before = {name: row[name] for name in after}
            made = Decision(
                uuid.uuid4(), reviewer, "withdraw", "document", document, row["revision"] + 1,
                before, after, "0",
            )  # fmt: skip
            append(session, made)
            session.commit()


def decide(database: Database, made: Decision | None) -> None:
    """Write a decision on a source, if there is one."""
    if made is not None:
        with database.writer() as session:
            save_source_decision(session, made)


def signed(reviewer: uuid.UUID) -> Signature:
    """A signature that is new each time."""
    return Signature(uuid.uuid4(), reviewer, "0", "as the test has it")
