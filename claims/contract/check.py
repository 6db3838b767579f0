"""Compares what is published with what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.contract.views import CLAIMS_V1, FUNCTIONS, PinnedView, digest_of, read_pinned

Columns = tuple[tuple[str, str], ...]
"""Names and PostgreSQL types of a view's columns, in order."""


@dataclass(frozen=True, slots=True)
class LiveView:
    """What a database publishes.

    Attributes:
        views: The columns of each view of claims_v1.
        functions: The signature of each of its functions.
    """

    views: Mapping[str, Columns]
    functions: Mapping[str, str] = field(default_factory=dict)


def find_breaches(live: LiveView) -> list[str]:
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
            breaches += _columns_breached(place, promised.columns, live.views.get(name))
        else:
            breaches += _signature_breached(place, promised, live.functions.get(name))
        if name in {*CLAIMS_V1, *FUNCTIONS} and digest_of(name) != promised.sha256:
            breaches.append(f"{place}: its file was changed after it was pinned")
    unpinned = sorted({*CLAIMS_V1, *FUNCTIONS} - set(pinned))
    return breaches + [f"claims_v1.{name}: not pinned in contract.json" for name in unpinned]


def _columns_breached(place: str, promised: Columns, found: Columns | None) -> list[str]:
    if found is None:
        return [f"{place}: promised a view, found none"]
    for number, (name, kind) in enumerate(promised):
        there = found[number] if number < len(found) else None
        if there != (name, kind):
            said = f"{there[0]} {there[1]}" if there else "nothing"
            return [f"{place}: promised {name} {kind} as column {number + 1}, found {said}"]
    return []


def _signature_breached(place: str, promised: PinnedView, found: str | None) -> list[str]:
    if found == promised.signature:
        return []
    return [f"{place}: promised {promised.signature}, found {found or 'no such function'}"]
