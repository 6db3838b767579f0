"""Add many rows to a table by one statement, whose words are the same however many rows they are.

With a parameter a value the statement grows with its rows: the driver would look for its parameters
anew each time, and the server would read and plan it anew.
"""

import uuid
from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import (
    ARRAY,
    Column,
    Select,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from claims.database.arrays import Value, to_array
from claims.schema import Base


def add_rows(
    session: Session,
    table: type[Base],
    rows: Sequence[Mapping[str, Value]],
    *,
    skip_stored: bool = False,
) -> list[uuid.UUID]:
    """Add rows in their order.

    Args:
        session: A writing session.
        table: The table.
        rows: Each by the names of the table's attributes, all with the same names.
        skip_stored: Whether a row is left out that is stored already, by whatever is unique.

    Returns:
        For each row that was added the first column of the table's key.
    """
    if not rows:
        return []
    names = tuple(rows[0])
    values = {name: to_array([row[name] for row in rows]) for name in names}
    return list(session.scalars(_statement(table, names, skip_stored=skip_stored), values))


@cache
def _statement(
    table: type[Base], names: tuple[str, ...], *, skip_stored: bool
) -> ReturningInsert[tuple[uuid.UUID]]:
    attributes = table.__mapper__.column_attrs
    stored = Base.metadata.tables[str(table.__table__)]
    columns = {name: stored.c[attributes[name].columns[0].name] for name in names}
    arrays = [cast(bindparam(name, type_=Text), _array(one)) for name, one in columns.items()]
    unnested = func.unnest(*arrays).table_valued(*[column(name) for name in names])
    rows: TableValuedAlias = unnested.render_derived(name="r")
    values: Select[tuple[Value, ...]] = select(
        *[cast(rows.c[name], one.type) for name, one in columns.items()]
    ).select_from(rows)
    adding = insert(stored).from_select(list(columns.values()), values)
    if skip_stored:
        adding = adding.on_conflict_do_nothing()
    return adding.returning(table.__mapper__.primary_key[0])


def _array(one: Column[Value]) -> ARRAY[Value]:
    """Of a column's values; an array of arrays would be taken apart whole: of their texts."""
    return ARRAY(Text) if isinstance(one.type, ARRAY) else ARRAY(one.type)
