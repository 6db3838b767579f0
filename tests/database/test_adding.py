"""Rows that are added by one statement are those that were given, whatever they hold."""

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from claims.database.adding import add_rows
from claims.database.arrays import to_array
from claims.database.engine import Database
from claims.schema import RunRow, SourceNameRow, SourceRow

if TYPE_CHECKING:
    from claims.schema.base import Columns

RUN = uuid.UUID(int=1)
# No text of the database holds NUL, nor half of a pair.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def add_run(database: Database) -> None:
    with database.writer() as session:
        run = RunRow(id=RUN, command="test", inputs=[], tool_version="0", extractor_version="0")
        session.add(run)


@given(st.lists(st.one_of(st.none(), WORDS, st.just("NULL"), st.just("{}"))))
@settings(max_examples=50)
def test_texts_in_an_array_come_back_as_they_were(
    shared_database: Database, values: list[str | None]
) -> None:
    with shared_database.reader() as session:
        query = text("SELECT CAST(:values AS text[])")
        assert session.scalar(query, {"values": to_array(values)}) == values


def test_what_no_array_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        to_array([{1}])  # type: ignore[list-item]


def test_rows_with_arrays_and_gaps_are_added_in_their_order(database: Database) -> None:
    add_run(database)
    rows: list[Columns] = [
        {"id": uuid.UUID(int=number), "kind": "person", "name": name, "run": RUN,
         "homepage": home, "recorded_at": datetime(2026, 1, number, tzinfo=UTC)}
        for number, name, home in ((1, 'Ann "Q" \\ O’Hara', None), (2, "{Bea, NULL}", "https://b.example"))
    ]  # fmt: skip
    names: list[Columns] = [
        {"id": row["id"], "source": row["id"], "name": row["name"], "kind": "canonical",
         "keys": keys}
        for row, keys in zip(rows, ([], ['f="a\\b",c', "NULL"]), strict=True)
    ]  # fmt: skip
    with database.writer() as session:
        assert add_rows(session, SourceRow, rows) == [row["id"] for row in rows]
        assert add_rows(session, SourceNameRow, names) == [row["id"] for row in names]
        assert add_rows(session, SourceRow, []) == []
    with database.reader() as session:
        columns = (SourceRow.id, SourceRow.kind, SourceRow.name, SourceRow.run, SourceRow.homepage)
        stored = session.execute(select(*columns, SourceRow.recorded_at).order_by(SourceRow.id))
        assert [tuple(row) for row in stored] == [tuple(row.values()) for row in rows]
        keys = session.scalars(select(SourceNameRow.keys).order_by(SourceNameRow.id))
        assert list(keys) == [row["keys"] for row in names]


def test_rows_that_are_stored_are_left_out_and_not_told(database: Database) -> None:
    add_run(database)
    rows: list[Columns] = [
        {"id": uuid.UUID(int=number), "kind": "person", "name": f"Ann {number}", "run": RUN}
        for number in (1, 2, 3)
    ]
    with database.writer() as session:
        add_rows(session, SourceRow, rows[1:2])
        added = add_rows(session, SourceRow, rows, skip_stored=True)
    assert added == [rows[0]["id"], rows[2]["id"]]
