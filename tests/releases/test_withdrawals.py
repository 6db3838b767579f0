"""What is withdrawn is marked everywhere and nothing else is; undone, all is as it was."""

import json
import random
import re
import uuid
from collections import Counter
from collections.abc import Collection
from io import BytesIO
from itertools import takewhile
from typing import Any
from zipfile import ZipFile

import pytest
from pyarrow import parquet
from sqlalchemy import select, text

from claims.database.engine import Database
from claims.documents.decide import decide_on_document, save_document_decision
from claims.documents.decisions import DocumentAction
from claims.documents.identity import identify
from claims.exchange.export import ExportRequest, write_export
from claims.exchange.manifest import Manifest
from claims.ingest.save import save_article
from claims.ledger.append import append
from claims.ledger.entries import load_entry
from claims.ledger.undo import undo
from claims.model.decision import Signature
from claims.model.moment import AsOf
from claims.releases.compare import load_changes
from claims.schema import ClaimRow
from tests.acts import now
from tests.makers import NOW, RUN, TEXT, add_reviewer, article, decision, proposal

LEDGER = {"decisions", "changes", "changed_fields", "releases"}
"""Views that only ever grow."""

FORMATS = (
    "csv", "jsonl", "xlsx", "parquet", "claimreview", "webannotation", "ftm", "ftm-csv",
)  # fmt: skip

WORDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

BATCH = 500
"""Articles that are stored in one transaction."""


def read(database: Database, query: str, **values: object) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


LEFT_OUT = {
    "documents": ["revision"],
    "who_said_what": ["printings", "outlets", "heard_by"],
}
"""Columns by view that a withdrawal changes beside the status."""


def published(database: Database) -> dict[str, list[str]]:
    """All rows of all views, but the ledger's, without the revisions of articles.

    The wide view goes without what it counts: what is withdrawn counts as no printing.
    """
    views = """
        SELECT relname FROM pg_class
         WHERE relnamespace = 'claims_v1'::regnamespace AND relkind = 'v' ORDER BY 1
    """
    return {
        str(view): sorted(
            json.dumps(row, sort_keys=True)
            for (row,) in read(
                database,
                f"SELECT to_jsonb(v) - CAST(:left_out AS text[]) FROM claims_v1.{view} AS v",
                left_out=LEFT_OUT.get(str(view), []),
            )
        )
        for (view,) in read(database, views)
        if view not in LEDGER
    }


def export(database: Database, form: str, state: AsOf | None = None) -> tuple[str, Manifest]:
    """What an export holds, as text, and its manifest."""
    out = BytesIO()
    with database.reader(state) as session:
        manifest = write_export(session, ExportRequest(form), out, lambda *_: None)
    if form == "xlsx":
        with ZipFile(out) as packed:
            return b"".join(packed.read(name) for name in packed.namelist()).decode(), manifest
    if form == "parquet":
        return str(parquet.read_table(out)["claim"].to_pylist()), manifest
    return out.getvalue().decode(), manifest


def claims_exported(
    database: Database, form: str, claims: Collection[str], state: AsOf | None = None
) -> tuple[int, int, int]:
    """How many of some claims an export holds, leaves out, and says were withdrawn since."""
    printed, manifest = export(database, form, state)
    named = {word for word in WORDS.findall(printed) if word in claims}
    if not form.startswith("ftm"):  # which counts statements
        assert manifest.counts["claims"] == len(named)
    return len(named), manifest.left_out_count, manifest.withdrawn_since_count


def statuses_in_archive(database: Database) -> Counter[str]:
    """What the articles of a lossless archive are marked as."""
    printed, _ = export(database, "archive")
    lines = iter(map(json.loads, printed.splitlines()))
    table = next(
        line for line in lines if isinstance(line, dict) and line.get("table") == "document"
    )
    rows = takewhile(lambda line: isinstance(line, list), lines)
    return Counter(row[table["columns"].index("status")] for row in rows)


def differences(database: Database, a: AsOf, b: AsOf) -> list[tuple[str | None, ...]]:
    """How a state differs from another, as `claims release diff` says it."""
    with database.reader(a) as one, database.reader(b) as other:
        return sorted(
            (str(change.id), change.what, change.field, change.before, change.after)
            for change in load_changes(one, other, a, b)
        )


def statuses_as_of(database: Database, state: AsOf) -> Counter[str]:
    """How the function of SQL that reads the past marks the articles of claims."""
    query = "SELECT document_status FROM claims_v1.claims_as_of(:at)"
    return Counter(status for (status,) in read(database, query, at=state.at))


def store_all(database: Database, articles: int) -> uuid.UUID:
    """Store articles, each with a claim that is accepted; who accepted them."""
    with database.writer() as session:
        ann = add_reviewer(session, "Ann")
    for first in range(0, articles, BATCH):
        with database.writer() as session:
            for number in range(first, min(first + BATCH, articles)):
                made = article(f"{TEXT}Part {number}.\n", external_id=str(number))
                proposals = (proposal(made.text),)
                save_article(session, made, identify(made), proposals, run=RUN, retrieved_at=NOW)
        with database.writer() as session:
            for claim in session.scalars(select(ClaimRow).where(ClaimRow.revision == 0)).all():
                claim.status, claim.revision = "accepted", 1
                session.flush()
                append(session, decision(claim.id, ann))
    return ann


@pytest.mark.parametrize(
    ("articles", "gone"), [(40, 8), pytest.param(10_000, 100, marks=pytest.mark.long)]
)
def test_a_withdrawal_reaches_all_that_rests_on_the_article_and_nothing_else(
    database: Database, articles: int, gone: int
) -> None:
    generator = random.Random(articles)
    ann = store_all(database, articles)
    stored = read(database, "SELECT document FROM claims_v1.documents ORDER BY document")
    documents = generator.sample([document for (document,) in stored], gone)
    before = published(database)
    [(token,)] = read(database, "SELECT token FROM claims_v1.changes ORDER BY no DESC LIMIT 1")
    past = now(database)
    claims = {str(claim) for (claim,) in read(database, "SELECT claim FROM claims_v1.claims")}

    with database.writer() as session:
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
    for view in changed - {"corroboration"}:
        kept = Counter(before[view]) & Counter(after[view])
        unmarked = [row.replace('"withdrawn"', '"usable"') for row in Counter(after[view]) - kept]
        assert sorted(unmarked) == sorted(Counter(before[view]) - kept), view
    # What is withdrawn counts as no printing; each of these articles printed its own words.
    counted = read(
        database,
        "SELECT c.document_status, r.printings, count(*) FROM claims_v1.corroboration AS r"
        "  JOIN claims_v1.claims AS c USING (claim) GROUP BY 1, 2 ORDER BY 1, 2",
    )
    assert {(status, printings) for status, printings, _ in counted} == {
        ("usable", 1), ("withdrawn", 0),
    }  # fmt: skip
    for view in ("documents", "claims", "who_said_what", "evidence"):
        marked = [row for row in after[view] if '"withdrawn"' in row]
        assert len(marked) == gone
        assert all(any(str(one) in row for one in documents) for row in marked), view
    for form in FORMATS:
        left = (articles - gone, gone, 0)
        assert claims_exported(database, form, claims) == left, form
        assert claims_exported(database, form, claims, past) == (articles, 0, gone), form
    assert statuses_in_archive(database) == {"usable": articles - gone, "withdrawn": gone}
    present = now(database)
    assert statuses_as_of(database, past) == {"usable": articles}
    assert statuses_as_of(database, present) == {"usable": articles - gone, "withdrawn": gone}
    query = "SELECT claim FROM claims_v1.claims WHERE document_status = 'withdrawn'"
    assert differences(database, past, present) == sorted(
        (str(claim), "changed", "article", "usable", "withdrawn")
        for (claim,) in read(database, query)
    )
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
        assert claims_exported(database, form, claims) == (articles, 0, 0), form
