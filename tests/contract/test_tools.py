"""Each view is read as other programs read it: by driver, by reflection, into columns."""

import uuid
from datetime import date, timedelta
from typing import Any

import pandas as pd
import psycopg
import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi
from sqlalchemy import MetaData, Table, select

from claims.contract.views import CLAIMS_V1, read_pinned
from claims.copies.compare import compare_documents
from claims.database.engine import Database
from claims.model.span import Span
from claims.schema import ComparisonDueRow
from claims.utterances.compare import compare_changes
from tests.contract.conftest import past_the_invariants, publish
from tests.makers import NOW, TEXT, proposal, silent, store

# Types that a chart, a data frame and a spreadsheet know.
PLAIN = {"boolean", "uuid", "text", "date", "timestamp with time zone", "integer", "smallint",
         "bigint", "double precision", "jsonb", "bytea"}  # fmt: skip
TWINS = {
    ("claims", "said_on"): ("claims", "said_from"),
    ("proposals", "said_on"): ("proposals", "said_from"),
    ("source_roles", "valid"): ("source_roles", "valid_from"),
    ("evidence", "content_spans"): ("spans", "first_character"),
    ("evidence", "spans"): ("spans", "first_character"),
    ("evidence", "said_on_spans"): ("spans", "first_character"),
    ("evidence", "venue_spans"): ("spans", "first_character"),
    ("evidence", "sha256"): ("document_versions", "sha256"),
    ("decisions", "before"): ("changed_fields", "before"),
    ("decisions", "after"): ("changed_fields", "after"),
    ("anchors", "spans"): ("anchor_spans", "first_character"),
    ("anchors", "hop_spans"): ("anchor_spans", "first_character"),
}
"""Where each column that a chart or a data frame does not know is said in plain columns."""

ARROW = {
    "boolean": "bool", "uuid": "extension<arrow.uuid>", "text": "string", "date": "date32[day]",
    "timestamp with time zone": "timestamp[us, tz=UTC]", "integer": "int32", "smallint": "int16",
    "bigint": "int64", "double precision": "double",
}  # fmt: skip
"""What Arrow makes of each plain type of the contract."""

RANGES = {("claims", "said_on"), ("proposals", "said_on"), ("evidence", "content_spans"),
          ("source_roles", "valid")}  # fmt: skip
"""Columns of other types; each view with one says the same in plain columns."""


@pytest.fixture(scope="module")
def filled(shared_database: Database) -> Database:
    """A database with a row in every view, which the tests read."""
    database = shared_database
    published = publish(database)
    store(database, external_id="2")
    store(database, external_id="3", outlet="Harbour Agency")
    edited = TEXT.replace("safe", "old")
    later = NOW + timedelta(days=1)
    store(database, proposal(edited, '"the bridge is old"'), text=edited, outlet="The Pier",
          title="Bridge", url="https://pier.example/1", publisher_time=later)  # fmt: skip
    copied = "\n".join(f"The {number}th pier of the harbour was mended." for number in range(20))
    store(database, silent(Span(0, 30)), text=copied, outlet="The Pier", external_id="4")
    store(database, silent(Span(0, 30)), text=copied, outlet="Harbour Agency", external_id="5")
    with database.writer() as session:
        due = session.scalars(select(ComparisonDueRow.document)).all()
        compare_documents(session, due)
    past_the_invariants(
        database,
        "INSERT INTO claims.source_role (id, source, title, valid, keys)"
        " SELECT gen_random_uuid(), id, 'mayor', '[2020-01-01,)', '{}' FROM claims.source",
        "INSERT INTO claims.outlet_rating SELECT gen_random_uuid(), s.id, 'A', '2020-01-01', r.id,"
        " 'so' FROM claims.source AS s, claims.reviewer AS r WHERE s.name = 'The Pier'",
        "INSERT INTO claims.claim_link (id, a, b, kind)"
        " SELECT gen_random_uuid(), :claim, id, 'same_words' FROM claims.claim WHERE id <> :claim",
        "INSERT INTO claims.other_proposal SELECT c.id, 'model', c.run, c.speaker, '', '{}',"
        " 'says', 'proposal', 0.5 FROM claims.claim AS c WHERE c.status = 'proposed'",
        "UPDATE claims.document SET status = 'withdrawn', revision = 1 WHERE external_id = '3'",
        "INSERT INTO claims.notice"
        " (id, kind, signal, words, place, spans, document, received_at, run)"
        " SELECT gen_random_uuid(), 'correct', 'a', 'so', 'a', '{}', d.id, now(), d.run"
        " FROM claims.document AS d",
        "INSERT INTO claims.release (id, name, made_by) SELECT :id, 'May', id FROM claims.reviewer",
        id=uuid.uuid4(),
        claim=published.claim,
    )
    compare_changes(database)
    return database


def dsn(database: Database) -> str:
    return database.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.mark.parametrize("view", CLAIMS_V1)
def test_by_psycopg(filled: Database, view: str) -> None:
    with psycopg.connect(dsn(filled)) as connection:
        for binary in (False, True):
            cursor = connection.cursor(binary=binary)
            assert cursor.execute(f"SELECT * FROM claims_v1.{view}".encode()).fetchall()


@pytest.mark.parametrize("view", CLAIMS_V1)
def test_by_reflection(filled: Database, view: str) -> None:
    with filled.engine.connect() as connection:
        table = Table(view, MetaData(), schema="claims_v1", autoload_with=connection)
        assert table.comment
        assert all(column.comment for column in table.columns)
        [first, *_] = connection.execute(select(table)).mappings()
        assert list(first) == [column.name for column in table.columns]
        kinds = {(view, c.name): c.type.compile(connection.dialect).lower() for c in table.columns}
    odd = {place for place, kind in kinds.items() if kind not in PLAIN}
    assert odd == {place for place in RANGES if place[0] == view}


def arrow(database: Database, query: str) -> "Any":  # noqa: ANN401 - pyarrow has no types
    with dbapi.connect(dsn(database)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetch_arrow_table()


@pytest.mark.parametrize("view", CLAIMS_V1)
def test_by_adbc_into_arrow(filled: Database, view: str) -> None:
    table = arrow(filled, f"SELECT * FROM claims_v1.{view}")
    assert table.num_rows > 0
    # A type that ADBC does not know comes as its bytes, marked so: the ranges alone.
    opaque = {(view, field.name) for field in table.schema if isinstance(field.type, pa.OpaqueType)
              and field.type.type_name not in {"uuid", "jsonb"}}  # fmt: skip
    assert opaque == {place for place in RANGES if place[0] == view}


def test_what_is_not_plain_has_a_plain_twin() -> None:
    pinned = {view: dict(read_pinned()[view].columns) for view in CLAIMS_V1}
    odd = {(view, name) for view in CLAIMS_V1 for name, kind in pinned[view].items()
           if kind not in ARROW}  # fmt: skip
    assert odd == set(TWINS)
    assert all(pinned[view][name] in ARROW for view, name in TWINS.values())


@pytest.mark.parametrize("view", CLAIMS_V1)
def test_each_column_has_its_type_in_arrow_and_pandas(filled: Database, view: str) -> None:
    columns = {name: ARROW[kind] for name, kind in read_pinned()[view].columns
               if (view, name) not in TWINS}  # fmt: skip
    query = f"SELECT {', '.join(columns)} FROM claims_v1.{view}"
    # A column has its type if it holds nothing, and if there is no row, too.
    for end in ("", " LIMIT 0"):
        schema = arrow(filled, query + end).schema
        assert {field.name: str(field.type) for field in schema} == columns
    with dbapi.connect(dsn(filled)) as connection:
        frame = pd.read_sql(query, connection, dtype_backend="pyarrow")
    kinds = {name: str(kind.pyarrow_dtype) for name, kind in frame.dtypes.items()}
    assert kinds == columns
    assert len(frame) > 0
    with filled.engine.connect() as connection:
        assert len(pd.read_sql(query, connection)) == len(frame)


def test_plain_rows_say_what_lists_and_objects_say(filled: Database) -> None:
    with psycopg.connect(dsn(filled)) as connection:

        def rows(query: str) -> list[tuple[Any, ...]]:
            return connection.execute(query.encode()).fetchall()

        spans = rows("SELECT claim, spans, said_on_spans, venue_spans FROM claims_v1.evidence")
        expected = sorted(
            (claim, part, number, *span)
            for claim, *parts in spans
            for part, some in zip(("content", "said_on", "venue"), parts, strict=True)
            for number, span in enumerate(some or (), 1)
        )
        assert len(expected) >= 3
        plain = "SELECT claim, part, number, first_character, end_character FROM claims_v1.spans"
        assert sorted(rows(plain)) == expected

        decisions = rows("SELECT no, before, after FROM claims_v1.decisions")
        changed = rows("SELECT no, field, before, after FROM claims_v1.changed_fields")
        fields = {
            (no, name)
            for no, before, after in decisions
            for name in (*before, *after)
            if name != "digest"
        }
        assert {(no, name) for no, name, _, _ in changed} == fields
        statuses = {(before, after) for _, name, before, after in changed if name == "status"}
        assert ("proposed", "accepted") in statuses

        anchors = rows("SELECT claim, version, spans, hop_spans FROM claims_v1.anchors")
        pieces = sorted(
            (claim, version, part, position or 0, *span)
            for claim, version, content, hops in anchors
            for part, position, some in [
                ("content", None, content),
                *((part, number, some) for number, hop in enumerate(hops, 1)
                  for part, some in hop.items()),
            ]
            for span in some or ()
        )  # fmt: skip
        assert len(pieces) >= 3
        query = """SELECT claim, version, part, coalesce(position, 0), first_character,
                          end_character FROM claims_v1.anchor_spans"""
        assert sorted(rows(query)) == pieces


def test_days_and_moments_are_days_and_moments(filled: Database) -> None:
    table = arrow(filled, "SELECT day, decided_at, speaker FROM claims_v1.who_said_what")
    assert str(table.schema.field("day").type) == "date32[day]"
    assert pa.types.is_timestamp(table.schema.field("decided_at").type)
    assert table.column("day").to_pylist() == [date(2026, 5, 4)]
