"""Sources that may be one: a pair with what speaks for and against it, one key a decision."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.catalogue.card import Filters
from claims.database.engine import OpenSession
from claims.desk.access import require_role
from claims.desk.desk import desk_of
from claims.desk.forms import read_number, words_in
from claims.desk.pages import NO_PAST, DecidingPage, render
from claims.desk.review import KEYS_OFF
from claims.desk.settling import load_saved
from claims.model.kinds import Role
from claims.sources.card import Pair, SourceCard, TimelineEntry
from claims.sources.cards import load_pairs, load_source_card
from claims.sources.find import find_source
from claims.sources.timeline import load_timeline

MOST_PASSED = 500
"""Pairs that can be passed over in a row."""

CLAIMS = 5
"""Claims of each source that stand beside each other."""


@dataclass(frozen=True, slots=True)
class Side:
    """One source of a pair, with some of what it said."""

    card: SourceCard
    claims: Sequence[TimelineEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsPage(DecidingPage):
    """A pair of sources.

    Attributes:
        pair: Why they may be one; None if no pair waits.
        sides: Both sources.
        passed: How many pairs were passed over.
        keys_on: Whether keys decide in this browser.
    """

    template: ClassVar[str] = "pairs.html"
    here: ClassVar[str] = "sources"
    no_past: ClassVar[str] = NO_PAST
    pair: Pair | None
    sides: Sequence[Side]
    passed: int
    keys_on: bool


def show_pair(request: Request) -> Response:
    """The likeliest pair that was not passed over."""
    desk, person = desk_of(request), require_role(request, Role.REVIEWER)
    passed = min(read_number(words_in(request.query_params, "passed")) or 0, MOST_PASSED)
    about = words_in(request.query_params, "source")
    with desk.database.reader() as session:
        source = find_source(session, about) if about else None
        pairs = load_pairs(session, limit=passed + 1, source=source)
        pair = pairs[passed] if len(pairs) > passed else None
        sides = [_load_side(session, id_) for id_ in (pair.a, pair.b)] if pair else []
        saved = load_saved(session, request, person, None)
    page = PairsPage(
        command="claims sources suggest",
        person=person,
        act=desk.new_id(),
        saved=saved.entry,
        unchanged=saved.unchanged,
        pair=pair,
        sides=sides,
        passed=passed,
        keys_on=KEYS_OFF not in request.cookies,
    )
    return render(desk, page)


def _load_side(session: OpenSession, source: uuid.UUID) -> Side:
    claims = load_timeline(session, source, Filters(), limit=CLAIMS)
    return Side(load_source_card(session, source), claims)


ROUTES = (Route("/pairs", show_pair),)
