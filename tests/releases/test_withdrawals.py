"""What is withdrawn is marked everywhere and nothing else is; undone, all is as it was."""

import json
import random
import uuid
from collections import Counter
from collections.abc import Collection
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import text

from claims.database.engine import Database
from claims.documents.decide import decide_on_document, save_document_decision
from claims.documents.decisions import DocumentAction
from claims.exchange.export import ExportRequest, write_export
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.decision import Signature
from claims.model.moment import AsOf
from tests.acts import now
from tests.makers import TEXT, add_reviewer, settle, store

LEDGER = {"decisions", "changes", "changed_fields", "releases"}
"""Views that only ever grow."""

FORMATS = ("csv", "jsonl", "claimreview", "webannotation", "ftm", "ftm-csv")


def read(database: Database, query: str, **values: object) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def published(database: Database) -> dict[str, list[str]]:
    """All rows of all views, but the ledger's, without the revisions of articles."""
    views = """
        SELECT relname FROM pg_class
         WHERE relnamespace = 'claims_v1'::regnamespace AND relkind = 'v' ORDER BY 1
    """
    return {
        str(view): sorted(
            json.dumps(row, sort_keys=True)
            for (row,) in read(
                database,
                f"SELECT to_jsonb(v) - CASE '{view}' WHEN 'documents' THEN 'revision' ELSE '' END"
                f" FROM claims_v1.{view} AS v",
            )
        )
        for (view,) in read(database, views)
        if view not in LEDGER
    }


def claims_exported(
    database: Database, form: str, claims: Collection[str], state: AsOf | None = None
) -> int:
    """How many of some claims an export names."""
    out = BytesIO()
    with database.reader(state) as session:
        write_export(session, ExportRequest(form), out, lambda *_: None)
    printed = out.getvalue().decode()
    return sum(claim in printed for claim in claims)


@pytest.mark.parametrize(
    ("articles", "gone"), [(40, 8), pytest.param(10_000, 100, marks=pytest.mark.long)]
)
def test_a_withdrawal_reaches_all_that_rests_on_the_article_and_nothing_else(
    database: Database, articles: int, gone: int
) -> None:
    generator = random.Random(articles)
    for number in range(articles):
        [claim] = store(database, text=f"{TEXT}Part {number}.\n", external_id=str(number))
        settle(database, claim)
    stored = read(database, "SELECT document FROM claims_v1.documents ORDER BY document")
    documents = generator.sample([document for (document,) in stored], gone)
    before = published(database)
    [(token,)] = read(database, "SELECT token FROM claims_v1.changes ORDER BY no DESC LIMIT 1")
    past = now(database)
    claims = [str(claim) for (claim,) in read(database, "SELECT claim FROM claims_v1.claims")]

    with database.writer() as session:
        ann = add_reviewer(session, "Ann")
        numbers = []
        for document in documents:
            signed = Signature(uuid.uuid4(), ann, "0", "the agency killed it")
            made = decide_on_document(session, document, DocumentAction.WITHDRAW, signed)
            assert made is not None
            numbers.append(made.number)

    after = published(database)
    marks = {"claims", "who_said_what", "attributions", "evidence", "documents", "spans"}
    changed = {view for view, rows in after.items() if rows != before[view]}
    assert marks <= changed
    for view in changed:
        kept = Counter(before[view]) & Counter(after[view])
        unmarked = [row.replace('"withdrawn"', '"usable"') for row in Counter(after[view]) - kept]
        assert sorted(unmarked) == sorted(Counter(before[view]) - kept), view
    for view in ("documents", "claims", "who_said_what", "evidence"):
        marked = [row for row in after[view] if '"withdrawn"' in row]
        assert len(marked) == gone
        assert all(any(str(one) in row for one in documents) for row in marked), view
    for form in FORMATS:
        assert claims_exported(database, form, claims) == articles - gone, form
        assert claims_exported(database, form, claims, past) == articles, form
    told = read(
        database,
        "SELECT subject, status_before, status_after FROM claims_v1.changes_since(:token, 20000)",
        token=token,
    )
    assert told == [(document, "usable", "withdrawn") for document in documents]

    generator.shuffle(numbers)
    for number in numbers:
        with database.writer() as session:
            signed = Signature(uuid.uuid4(), ann, "0", "withdrawn by mistake")
            writers = {"document": save_document_decision}
            undo(session, load_entry(session, number), signed, writers)
    assert published(database) == before
    for form in FORMATS:
        assert claims_exported(database, form, claims) == articles, form
