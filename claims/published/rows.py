"""Reads rows of a published view: those that meet conditions, in pages that begin after a key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from psycopg.types.multirange import Multirange
from psycopg.types.range import Range
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    MetaData,
    Select,
    Table,
    false,
    func,
    select,
    tuple_,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.published.errors import BadTokenError, BadValueError
from claims.published.relations import Relation, Scalar, find_relation

if TYPE_CHECKING:
    import uuid

    from claims.model.json import Json

Value: TypeAlias = "Json | uuid.UUID | date | datetime | tuple[Value, ...]"
"""A value of a row, as Python has it."""

Record: TypeAlias = dict[str, Value]
"""A row by the names of its columns. Ranges of days are (first, last), both included; spans are
((start, end), …), half-open; bytes are hexadecimal."""

Stored: TypeAlias = "Value | Range[date] | Multirange[int] | bytes"
"""A value as the driver returns it."""

Condition: TypeAlias = "Scalar | Sequence[Scalar] | None"
"""What a column must be: this value, one of these, or NULL."""

Query: TypeAlias = "Select[*tuple[Stored, ...]]"
DAY = timedelta(days=1)
NOT_OF_THIS_LEDGER = "22023"
"""The SQLSTATE by which changes_since refuses a token."""


@dataclass(frozen=True, slots=True)
class RowQuery:
    """Which rows of a view, and which columns of them.

    Attributes:
        relation: The view.
        columns: Which columns, in order; empty for all.
        equal: Columns with what they must be; rows must meet all conditions.
        since: First day; None for no limit.
        until: Last day, included; likewise.
        after: Begin after the row with this key.
        limit: At most so many rows; None for all.
    """

    relation: Relation
    columns: tuple[str, ...] = ()
    equal: Mapping[str, Condition] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    after: tuple[Scalar, ...] = ()
    limit: int | None = None

    def require_valid(self) -> None:
        """Refuse columns that the view has not, and days where it has none.

        Raises:
            UnknownColumnError: A column does not exist.
            BadValueError: The view has no column of days.
        """
        for name in (*self.columns, *self.equal):
            self.relation.require(name)
        if (self.since or self.until) and self.relation.day is None:
            raise BadValueError("since, until", f"{self.relation.name} has no column of days")


def view_table(relation: Relation) -> Table:
    """A view as SQLAlchemy knows it; a Table, which sessions of the past find elsewhere."""
    # A number that is asked for may be larger than an integer, which it is taken for by itself.
    columns = [
        Column(name, BigInteger) if kind == "bigint" else Column(name)
        for name, kind in relation.columns.items()
    ]
    return Table(relation.name, MetaData(), *columns, schema="claims_v1")


def iterate_rows(session: Session, query: RowQuery) -> Iterator[Record]:
    """The rows one after the other, read as they are wanted.

    Raises:
        UnknownColumnError: A column does not exist.
        BadValueError: The view cannot be limited like this.
    """
    query.require_valid()
    names = query.columns or tuple(query.relation.columns)
    result = session.execute(statement(query), execution_options={"yield_per": 1000})
    for row in result:
        yield {name: plain(value) for name, value in zip(names, row, strict=True)}


def load_rows(session: Session, query: RowQuery) -> list[Record]:
    """The rows as a list."""
    return list(iterate_rows(session, query))


def search_claims(session: Session, words: str, at_most: int) -> list[Record]:
    """Published claims that hold all the words, best first."""
    return _call(session, "search", words, at_most, relation="claims")


def load_changes(session: Session, token: str | None, at_most: int) -> list[Record]:
    """What follows a token in the change feed, in order.

    Raises:
        BadTokenError: The token is not of this ledger.
    """
    try:
        return _call(session, "changes_since", token, at_most, relation="changes")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == NOT_OF_THIS_LEDGER:
            raise BadTokenError((token or "")[:40]) from None
        raise


def _call(session: Session, name: str, *arguments: str | int | None, relation: str) -> list[Record]:
    """The rows of a published function that returns rows of a view."""
    columns = tuple(find_relation(relation).columns)
    function = getattr(func.claims_v1, name)(*arguments).table_valued(*columns)
    rows = session.execute(select(*(function.c[column] for column in columns)))
    return [
        {column: plain(value) for column, value in zip(columns, row, strict=True)} for row in rows
    ]


def statement(query: RowQuery) -> Query:
    """The query as SQL, with every value a parameter."""
    view = view_table(query.relation)
    names = query.columns or tuple(query.relation.columns)
    built: Query = select(*(view.c[name] for name in names)).where(*_conditions(view, query))
    key = [view.c[name] for name in query.relation.key]
    if query.after:
        built = built.where(tuple_(*key) > tuple_(*query.after))
    return built.order_by(*key).limit(query.limit)


def _conditions(view: Table, query: RowQuery) -> Iterator[ColumnElement[bool]]:
    for name, value in query.equal.items():
        column = view.c[name]
        if value is None:
            yield column.is_(None)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield column.in_(value) if value else false()
        else:
            yield column == value
    if query.relation.day is not None:
        day = view.c[query.relation.day]
        if query.since:
            yield day >= query.since
        if query.until:
            yield day <= query.until


def plain(value: Stored) -> Value:
    """A value without types of the driver."""
    if isinstance(value, Range):
        if value.isempty:
            return None
        return (value.lower, value.upper - DAY if value.upper else None)
    if isinstance(value, Multirange):
        return tuple((span.lower, span.upper) for span in value)
    return value.hex() if isinstance(value, bytes) else value
