"""Arrays as PostgreSQL reads them: the driver's own way takes ten times as long for thousands."""

import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime
from operator import attrgetter
from typing import TypeAlias

from sqlalchemy import ColumnElement, Uuid, func, literal
from sqlalchemy.dialects.postgresql import ARRAY, Range

Value: TypeAlias = (
    str
    | int
    | float
    | bool
    | bytes
    | date
    | datetime
    | uuid.UUID
    | Range[int]
    | Range[date]
    | list[Range[int]]
    | list[str]
    | list[list[str]]
    | None
)
"""What an array may hold."""


def any_of(ids: Iterable[uuid.UUID]) -> ColumnElement[uuid.UUID]:
    """Any of some ids, for a column to be compared with.

    As one parameter: however many they are, the statement is the same, and compiled and planned
    once. With `IN` it has a parameter an id.
    """
    return func.any(literal(list(ids), ARRAY(Uuid)))


def to_array(values: Iterable[Value]) -> str:
    """Values as the text of an array, to be cast to the type of its column.

    Args:
        values: Strings (also of an enumeration), numbers, truth values, days, moments, ids, bytes,
            ranges, lists of ranges (a multirange) or of strings (an array), or None.

    Raises:
        TypeError: A value is nothing of these.
    """
    return f"{{{','.join([_FORMS[type(value)](value) for value in values])}}}"


def to_numbers(values: Iterable[int]) -> str:
    """The same of whole numbers alone."""
    return f"{{{str(list(values))[1:-1]}}}"


def _quoted(value: str) -> str:
    if "\\" in value or '"' in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'


def _range(value: Range[int] | Range[date]) -> str:
    lower = "" if value.lower is None else value.lower
    upper = "" if value.upper is None else value.upper
    return f"{value.bounds[0]}{lower},{upper}{value.bounds[1]}"


def _list(values: list[Value]) -> str:
    """A multirange, or an array within the array; both are empty alike."""
    if all(isinstance(value, Range) for value in values):
        return _quoted(f"{{{','.join(map(_range, values))}}}")  # type: ignore[arg-type]
    return _quoted(to_array(values))


class _Forms(dict[type, Callable[..., str]]):
    def __missing__(self, kind: type) -> Callable[..., str]:
        if issubclass(kind, str):
            return lambda value: _quoted(str(value))
        raise TypeError(kind.__name__)


_FORMS = _Forms(
    {
        str: _quoted,
        int: str,
        float: repr,
        bool: str,
        date: str,
        datetime: str,
        uuid.UUID: attrgetter("hex"),
        bytes: lambda value: f'"\\\\x{value.hex()}"',
        Range: lambda value: f'"{_range(value)}"',
        list: _list,
        type(None): lambda _: "NULL",
    }
)
