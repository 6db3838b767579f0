"""Releases: which states of the past have a name, and how two states differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.desk.access import find_person
from claims.desk.desk import desk_of
from claims.desk.forms import words_in
from claims.desk.pages import Page, render
from claims.releases.changes import Change, summarise
from claims.releases.compare import load_changes
from claims.releases.release import NOW, Release
from claims.releases.states import load_releases, load_state

MOST = 300
"""Differences that a page lists."""

COUNTED = 20_000
"""Most differences that are read for one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesPage(Page):
    """The releases, and what is between two of them.

    Attributes:
        releases: The oldest first.
        first: The state that is compared; empty if none is.
        second: The state that it is compared with.
        summary: How the two differ, in a line.
        changes: Each difference.
        more: Whether there are more than are listed.
    """

    template: ClassVar[str] = "releases.html"
    here: ClassVar[str] = "ledger"
    no_past: ClassVar[str] = "releases are the past, and each can be compared with now"
    releases: Sequence[Release]
    first: str
    second: str
    summary: str
    changes: Sequence[Change]
    more: bool


def show_releases(request: Request) -> Response:
    """The releases; with two states in the address, how these differ."""
    desk, person = desk_of(request), find_person(request)
    first = words_in(request.query_params, "from")
    second = words_in(request.query_params, "to") or NOW
    with desk.database.reader() as session:
        releases = load_releases(session)
        states = [load_state(session, name) for name in (first, second)] if first else []
    changes: list[Change] = []
    if states:
        with desk.database.reader(states[0]) as one, desk.database.reader(states[1]) as other:
            changes = list(islice(load_changes(one, other, *states), COUNTED))
    page = ReleasesPage(
        command=f"claims release diff {first} {second}" if first else "claims release list",
        person=person,
        releases=releases,
        first=first,
        second=second,
        summary=summarise(changes) if first else "",
        changes=changes[:MOST],
        more=len(changes) > MOST,
    )
    return render(desk, page)


ROUTES = (Route("/releases", show_releases),)
