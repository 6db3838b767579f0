"""Compares what is published with what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.contract.views import (
    CLAIMS_V1,
    FUNCTIONS,
    PinnedView,
    current_file,
    digest_of_file,
    read_digests,
    read_pinned,
)

Columns = tuple[tuple[str, str], ...]
"""Names and PostgreSQL types of a view's columns, in order."""


@dataclass(frozen=True, slots=True)
class LiveContract:
    """What a database publishes.

    Attributes:
        views: The columns of each view of claims_v1.
        functions: The signature of each of its functions.
    """

    views: Mapping[str, Columns]
    functions: Mapping[str, str] = field(default_factory=dict)


def find_breaches(live: LiveContract) -> list[str]:
    """What breaks the promise that names and types stay and columns are only added, at the end.

    Args:
        live: As `claims.contract.live.load_live` reads it from a database.

    Returns:
        One line a breach; empty when the promise is kept.
    """
    pinned = read_pinned()
    breaches = []
    for name, promised in pinned.items():
        place = f"claims_v1.{name}"
        if promised.signature is None:
            breaches += _column_breaches(place, promised.columns, live.views.get(name))
        else:
            breaches += _signature_breaches(place, promised, live.functions.get(name))
    for file, digest in read_digests().items():
        if digest_of_file(file) != digest:
            breaches.append(f"claims_v1/{file}.sql: the file was changed after it was pinned")
    unpinned = [
        name
        for name in (*CLAIMS_V1, *FUNCTIONS)
        if name not in pinned or current_file(name) not in read_digests()
    ]
    return breaches + [f"claims_v1.{name}: not pinned in contract.json" for name in unpinned]


def _column_breaches(place: str, promised: Columns, published: Columns | None) -> list[str]:
    if published is None:
        return [f"{place}: promised a view, found none"]
    for number, (name, kind) in enumerate(promised):
        column = published[number] if number < len(published) else None
        if column != (name, kind):
            described = f"{column[0]} {column[1]}" if column else "nothing"
            return [f"{place}: promised {name} {kind} as column {number + 1}, found {described}"]
    return []


def _signature_breaches(place: str, promised: PinnedView, published: str | None) -> list[str]:
    if published == promised.signature:
        return []
    return [f"{place}: promised {promised.signature}, found {published or 'no such function'}"]
