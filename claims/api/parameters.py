"""The parameters of an address: what a program asks of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claims.api.cursor import read_cursor
from claims.api.errors import BadParameterError, StateNotFoundError
from claims.api.resources import Resource
from claims.api.scopes import Scope
from claims.model.moment import Moment, read_moment
from claims.published.relations import Scalar, read_value
from claims.published.rows import Condition, RowQuery

MOST_ROWS = 1000
"""Rows of one page at most."""

ROWS = 100
"""Rows of one page, unless more or fewer are asked for."""

MOST_VALUES = 100
"""Values that one column may be compared with in one request."""

LIST = ("fields", "since", "until", "after", "limit", "as_of", "release")
"""Parameters of every list, beside its columns."""

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class StateRequest:
    """Which state is read: the present if both are None."""

    moment: Moment | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A page of a list.

    Attributes:
        query: Which rows; one more than `limit`, to know whether others follow.
        limit: How many rows the page has at most.
        state: Which state is read.
        described_as: The name and all parameters that the cursor of the next page is for.
        fields: The columns that are shown; those of the key are read too.
    """

    query: RowQuery
    limit: int
    state: StateRequest
    described_as: str
    fields: tuple[str, ...]


def once(pairs: Pairs, name: str) -> str | None:
    """The value of a parameter that may come once; None if it does not come.

    Raises:
        BadParameterError: It comes several times.
    """
    values = [value for key, value in pairs if key == name]
    if len(values) > 1:
        raise BadParameterError(name, "it comes more than once")
    return values[0] if values else None


def read_limit(pairs: Pairs, *, most: int = MOST_ROWS, usual: int = ROWS) -> int:
    """How many rows are asked for.

    Raises:
        BadParameterError: It is not a number from 1 to the most.
    """
    text = once(pairs, "limit")
    if text is None:
        return usual
    if text.isascii() and text.isdecimal() and len(text) < len(str(most)) + 1:
        number = int(text)
        if 1 <= number <= most and text == str(number):
            return number
    raise BadParameterError("limit", f"it is a number from 1 to {most}")


def require_known(pairs: Pairs, names: Sequence[str]) -> None:
    """Refuse parameters that mean nothing here: a misspelt filter must not show everything.

    Raises:
        BadParameterError: One has another name.
    """
    for name, _ in pairs:
        if name not in names:
            raise BadParameterError(name[:80], f"there are {', '.join(names)}")


def read_state(pairs: Pairs) -> StateRequest:
    """Which state is asked for.

    Raises:
        BadParameterError: The moment cannot be read.
        StateNotFoundError: A release is named too: no state is both.
    """
    written, release = once(pairs, "as_of"), once(pairs, "release")
    if written is not None and release is not None:
        raise StateNotFoundError("as_of", "a release is named too")
    if release is not None:
        read_value("release", "text", release)
        return StateRequest(release=release)
    if written is None:
        return StateRequest()
    try:
        return StateRequest(read_moment(written))
    except (ValueError, OverflowError):
        detail = "write 2026-05-01, 2026-05-01T12:00Z or finer"
        raise BadParameterError("as_of", detail) from None


def read_fields(pairs: Pairs, resource: Resource) -> tuple[str, ...]:
    """The columns that are asked for, in order; empty for all.

    Raises:
        BadParameterError: The list has not all of them.
    """
    text = once(pairs, "fields")
    if text is None:
        return ()
    names = tuple(text.split(","))
    for name in names:
        if name not in resource.relation.columns:
            detail = f"there are {', '.join(resource.relation.columns)}"
            raise BadParameterError(f"fields={name[:80]}", detail)
    if len(set(names)) < len(names):
        raise BadParameterError("fields", "a field comes twice")
    return names


def read_list(pairs: Pairs, resource: Resource, scopes: frozenset[Scope]) -> ListRequest:
    """A page of a list.

    Raises:
        UsageError: A parameter is unknown or cannot be read; which, and why.
    """
    require_known(pairs, (*resource.filters, *LIST))
    relation, limit = resource.relation, read_limit(pairs)
    shown = read_fields(pairs, resource)
    read = shown and (*shown, *(name for name in relation.key if name not in shown))
    others = sorted(pair for pair in pairs if pair[0] not in {"after", "limit"})
    described_as = repr((resource.name, others))
    cursor = once(pairs, "after")
    query = RowQuery(
        relation,
        read,
        _conditions(pairs, resource, scopes),
        since=_day(pairs, "since"),
        until=_day(pairs, "until"),
        after=read_cursor(described_as, relation, cursor) if cursor is not None else (),
        limit=limit + 1,
    )
    query.require_valid()
    return ListRequest(query, limit, read_state(pairs), described_as, shown)


def hidden(resource: Resource, scopes: frozenset[Scope]) -> Mapping[str, tuple[str, ...]]:
    """What rows must be for whoever may not see what waits."""
    return {} if Scope.REVIEW in scopes else resource.only


def _conditions(pairs: Pairs, resource: Resource, scopes: frozenset[Scope]) -> dict[str, Condition]:
    values: dict[str, list[Scalar]] = {}
    for name, text in pairs:
        if name in resource.filters and name not in LIST:
            value = read_value(name, resource.relation.columns[name], text)
            values.setdefault(name, []).append(value)
    for name, several in values.items():
        if len(several) > MOST_VALUES:
            raise BadParameterError(name, f"it has more than {MOST_VALUES} values")
    conditions: dict[str, Condition] = dict(values)
    for name, allowed in hidden(resource, scopes).items():
        asked = values.get(name)
        conditions[name] = [one for one in asked if one in allowed] if asked else allowed
    return conditions


def _day(pairs: Pairs, name: str) -> date | None:
    text = once(pairs, name)
    if text is None:
        return None
    value = read_value(name, "date", text)
    return value if isinstance(value, date) else None
