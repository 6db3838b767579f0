"""The sources that a filter by name means: many in one parameter, and as a set in a query."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, LargeBinary, Select, func, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.catalogue.find import select_named
from claims.schema import SourceMergedRow

ID = 16
"""Bytes of an id."""

SourceColumn = InstrumentedAttribute[uuid.UUID | None]


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that a filter by name means.

    Attributes:
        packed: Their ids, 16 bytes each, as one parameter however many there are: a statement takes
            no more than 65,535, and an array of thousands takes PostgreSQL long to read.
    """

    packed: bytes

    @property
    def count(self) -> int:
        """How many."""
        return len(self.packed) // ID


def load_named(session: Session, part: str) -> Sources:
    """Sources with a name that contains a part, and all that are shown as one of them."""
    shown = select_named(part)
    members = select(SourceMergedRow.source).where(SourceMergedRow.root.in_(shown))
    ids = {*session.scalars(shown), *session.scalars(members)}
    return Sources(b"".join(sorted(one.bytes for one in ids)))


def is_one_of(column: SourceColumn, sources: Sources) -> ColumnElement[bool]:
    """Whether a column has one of many sources.

    PostgreSQL would plan with each id of an array, gather all their claims and sort them. It puts
    a set of unknown size into a hash table, and looks there for each claim of the walk.
    """
    return func.uuid_send(column, type_=LargeBinary).in_(ids_of(sources)).is_(true())


def ids_of(sources: Sources) -> Select[bytes]:
    """The ids of sources, a row each."""
    numbers = (
        func.generate_series(0, sources.count - 1).table_valued("number").render_derived("numbers")
    )
    packed = literal(sources.packed, LargeBinary)
    one = func.substring(packed, ID * numbers.c.number + 1, ID, type_=LargeBinary)
    return select(one.label("id")).select_from(numbers)
