"""Everything that a decision can change, done: on claims and sources by the program."""

import json
import uuid
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.ledger.append import append
from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.moment import AsOf
from claims.model.span import Spans, words_at
from claims.review.state import load_article, load_state, save_decision
from claims.schema import ClaimRow
from claims.sources.edit import save_source_decision

Fields = dict[str, Any]


def now(database: Database) -> AsOf:
    """The state of this moment, to be asked for later."""
    with database.engine.connect() as connection:
        row = connection.execute(text("SELECT no, clock_timestamp() FROM claims.ledger_head")).one()
    return AsOf(row[0], row[1], "then")


def fields_of(session: Session, claim: uuid.UUID) -> Fields:
    """A claim's fields as decisions write them."""
    return load_state(session, session.get_one(ClaimRow, claim)).to_json()


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
    """Decide on fields of a claim: the decision and its effect, by no rule of review."""
    with database.writer() as session:
        fields = fields_of(session, claim)
        revision = session.get_one(ClaimRow, claim).revision + 1
        before = {name: fields[name] for name in after}
        save_decision(session, decision_on(claim, revision, before, after, reviewer=reviewer))


def split_claim(
    database: Database, claim: uuid.UUID, reviewer: uuid.UUID, content: Spans
) -> uuid.UUID:
    """Make a claim of a part of another, which stays as it is."""
    with database.writer() as session:
        parent = session.get_one(ClaimRow, claim)
        made = derived_id("claim", str(parent.version), str(content))
        after = fields_of(session, claim) | {
            "content": [list(span) for span in content],
            "text": words_at(load_article(session, claim), content),
            "status": "accepted", "version": str(parent.version), "rule": "split",
            "run": str(parent.run), "extractor_score": 0.5, "parents": [str(claim)], "links": [],
        }  # fmt: skip
        before: Fields = {"status": "replaced"}
        save_decision(session, decision_on(made, 1, before, after, reviewer=reviewer))
    return made


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


def decide_source(database: Database, made: Decision | None) -> None:
    """Write a decision on a source, if there is one."""
    if made is not None:
        with database.writer() as session:
            save_source_decision(session, made)


def signed(reviewer: uuid.UUID) -> Signature:
    """A signature that is new each time."""
    return Signature(uuid.uuid4(), reviewer, "0", "as the test has it")
