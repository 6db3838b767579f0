"""The published views as relations: their columns with types, what orders their rows."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TypeAlias

from claims.contract.views import CLAIMS_V1, read_pinned
from claims.published.errors import BadValueError, UnknownColumnError, UnknownViewError

Scalar: TypeAlias = "str | int | float | bool | uuid.UUID | date | datetime"
"""A value that a column is compared with."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": ("document",),
    "document_versions": ("version",),
    "sources": ("source",),
    "claims": ("claim",),
    "proposals": ("claim",),
    "attributions": ("claim", "position"),
    "evidence": ("claim",),
    "decisions": ("no",),
    "links": ("a", "b", "kind", "status"),
    "releases": ("release",),
    "who_said_what": ("claim",),
    "anchors": ("claim", "version"),
    "notices": ("notice",),
    "utterances": ("claim",),
    "copies": ("document",),
    "origins": ("document",),
    "claim_origins": ("claim",),
    "corroboration": ("claim",),
}
"""Columns that together no two rows of a view have in common and that are never NULL: the order in
which it is read, and where a page ends. A view that is not named here is read in no order."""

DAYS: Mapping[str, str] = {
    "documents": "published_on",
    "claims": "day",
    "proposals": "day",
    "who_said_what": "day",
}
"""The column by which a view is limited to some days."""

LARGEST = {"smallint": 15, "integer": 31, "bigint": 63}
"""Bits of the numbers that each type holds, without the sign."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A published view.

    Attributes:
        columns: Its columns with their PostgreSQL types, in order.
        key: What orders its rows; empty for no order.
        day: The column that days are compared with; None if it has none.
    """

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    day: str | None

    def require(self, column: str) -> None:
        """Refuse a column that the view has not.

        Raises:
            UnknownColumnError: It has none of this name.
        """
        if column not in self.columns:
            existing = f"{self.name} has {', '.join(self.columns)}"
            raise UnknownColumnError(column[:80], existing)


@cache
def find_relation(name: str) -> Relation:
    """A published view by its name.

    Raises:
        UnknownViewError: There is none.
    """
    if name not in CLAIMS_V1:
        raise UnknownViewError(name[:80], f"there are {', '.join(CLAIMS_V1)}")
    columns = dict(read_pinned()[name].columns)
    return Relation(name, columns, KEYS.get(name, ()), DAYS.get(name))


def read_value(column: str, kind: str, text: str) -> Scalar:
    """A value as it is written in an address, for a column of a PostgreSQL type.

    Raises:
        BadValueError: It is no value of that type.
    """
    reader = READERS.get(kind)
    if reader is None:
        raise BadValueError(column, f"nothing is compared with a column of type {kind}")
    try:
        value = reader(text)
    except (ValueError, OverflowError):
        raise BadValueError(column, f"{text[:80]!r} is not of type {kind}") from None
    bits = LARGEST.get(kind)
    if bits and isinstance(value, int) and not -(1 << bits) <= value < 1 << bits:
        raise BadValueError(column, f"{text[:80]!r} is not of type {kind}")
    return value


def _text(text: str) -> str:
    text.encode()  # half a surrogate pair is no character
    if "\0" in text:
        raise ValueError(text)
    return text


def _id(text: str) -> uuid.UUID:
    value = uuid.UUID(text)
    if str(value) != text.lower():  # it also takes braces, urn: and hyphens anywhere
        raise ValueError(text)
    return value


def _number(text: str) -> int:
    if not text.isascii() or not text.removeprefix("-").isdecimal():
        raise ValueError(text)
    return int(text)


def _fraction(text: str) -> float:
    value = float(text)
    if not text.isascii() or "_" in text:
        raise ValueError(text)
    return value


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(text)
    return text == "true"


def _moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(text)
    # PostgreSQL takes no zone of sixteen hours, which ISO 8601 has.
    return value.astimezone(UTC)


READERS: Mapping[str, Callable[[str], Scalar]] = {
    "uuid": _id,
    "text": _text,
    "smallint": _number,
    "integer": _number,
    "bigint": _number,
    "double precision": _fraction,
    "boolean": _truth,
    "date": date.fromisoformat,
    "timestamp with time zone": _moment,
}
"""How a value of each type is read; of other types none is."""
