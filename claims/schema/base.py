"""What all tables share: the schema's name, the naming of constraints, the repeated columns."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, Range
from sqlalchemy.orm import DeclarativeBase, mapped_column

if TYPE_CHECKING:
    from claims.model.json import JsonObject

    Fields: TypeAlias = JsonObject
else:
    # SQLAlchemy resolves annotations when a class is made, and cannot follow a recursive alias.
    Fields = dict

SCHEMA = "claims"

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
"""One rule for every name, so that a migration can name what it drops."""


class Base(DeclarativeBase):
    """The metadata that the migrations must agree with."""

    metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        str: Text,
        int: Integer,
        uuid.UUID: Uuid,
        datetime: DateTime(timezone=True),
    }


Columns: TypeAlias = dict[
    str, str | int | bool | bytes | datetime | uuid.UUID | list[str] | list[list[str]] | None
]
"""A row to be added: the names of columns with their values."""

ONE_STATEMENT = {"render_nulls": True}
"""Execution options: rows that lack different columns are added by one statement all the same."""

Multirange = list[Range[int]]
Key = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True)]
NewKey = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, comment="Made by the program.")]
ClientKey = Annotated[
    uuid.UUID,
    mapped_column(
        Uuid, primary_key=True, comment="Made by the client, so that a retry adds nothing."
    ),
]
Spans = Annotated[Multirange, mapped_column(INT4MULTIRANGE)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
ToolVersion = Annotated[str, mapped_column(Text, comment="Version of the program that wrote it.")]
Recorded = Annotated[
    datetime,
    mapped_column(
        DateTime(timezone=True),
        server_default=func.clock_timestamp(),
        comment="When the row was written, by the server's clock.",
    ),
]
Revision = Annotated[
    int,
    mapped_column(
        Integer,
        server_default=text("0"),
        comment="0 as the machine made it; each decision moves it by one.",
    ),
]
ChangedIn = Annotated[
    int | None,
    mapped_column(
        BigInteger,
        server_default=text("pg_current_xact_id()::text::bigint"),
        comment="Transaction that wrote the row last; set by a trigger, for triggers alone.",
    ),
]


def points_to(table: str) -> ForeignKey:
    """A foreign key to a table's id; no action, so nothing ever cascades towards the ledger."""
    return ForeignKey(f"{SCHEMA}.{table}.id")


def one_of(column: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """A closed list as CHECK: an enum type would break pooled connections when it changes."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)
