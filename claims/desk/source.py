"""A source's page: timeline with the office on the day, names, merges, what an outlet printed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.catalogue.card import Filters
from claims.comparison.printing import Reach
from claims.database.engine import OpenSession
from claims.desk.access import find_person, whole_id
from claims.desk.claim import find_listed
from claims.desk.desk import desk_of
from claims.desk.forms import day_in, words_in
from claims.desk.pages import DecidingPage, Page, render
from claims.desk.past import reading
from claims.desk.settling import load_saved
from claims.desk.timeline_picture import TimelinePicture, draw_timeline
from claims.ledger.signed_in import SignedIn
from claims.model.kinds import SourceKind
from claims.sources.card import SourceCard, TimelineEntry
from claims.sources.cards import find_sources, load_heading, load_members, load_source_card
from claims.sources.errors import UnknownSourceError
from claims.sources.figures import (
    Hands,
    OutletFigures,
    count_hands_of,
    is_published,
    load_months,
    load_outlet_figures,
)
from claims.sources.find import find_source
from claims.sources.folded import load_folded_timeline

MOST = 50
"""Sources or claims that a page lists."""

KINDS = tuple(kind.value for kind in SourceKind)
RATINGS = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    """A list of sources.

    Attributes:
        words: Part of a name.
        kind: Of which kind; empty for all.
        cards: The sources, by name.
        more: The address of the next page; empty if there is none.
    """

    template: ClassVar[str] = "sources.html"
    here: ClassVar[str] = "sources"
    kinds: ClassVar[Sequence[str]] = KINDS
    has_past: ClassVar[bool] = True
    words: str
    kind: str
    cards: Sequence[SourceCard]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(DecidingPage):
    """One source.

    Attributes:
        card: Everything known of it.
        shown: What it is shown as, if it was merged into another.
        hands: How its published claims came.
        picture: Its timeline; None if it said nothing on a known day.
        entries: Claims of the timeline, the latest first, each at its earliest printing.
        reach: How far each went; for reviewers alone, as it counts what waits.
        folded: How many further printings are not listed.
        filters: What the listed claims must meet.
        more: The address of the next page of the list; empty if there is none.
        outlet: What it printed; None unless it is an outlet.
    """

    template: ClassVar[str] = "source.html"
    here: ClassVar[str] = "sources"
    has_past: ClassVar[bool] = True
    ratings: ClassVar[Sequence[str]] = RATINGS
    card: SourceCard
    shown: SourceCard | None
    hands: Hands
    picture: TimelinePicture | None
    entries: Sequence[TimelineEntry]
    reach: dict[uuid.UUID, Reach]
    folded: int
    filters: Filters
    more: str
    outlet: OutletFigures | None

    @property
    def path(self) -> str:
        """Its address."""
        return f"/sources/{self.card.id}"


@dataclass(frozen=True, slots=True)
class _Claims:
    """A page of a timeline."""

    entries: Sequence[TimelineEntry]
    reach: dict[uuid.UUID, Reach]
    folded: int
    picture: TimelinePicture | None


def show_sources(request: Request) -> Response:
    """Sources by name and kind; to strangers, those of published claims."""
    person, query = find_person(request), request.query_params
    words, kind, after = (words_in(query, name) for name in ("words", "kind", "after"))
    kind = kind if kind in KINDS else ""
    with reading(request) as (session, past):
        start = _find(session, after, person) if after else None
        cards = find_sources(session, words, kind or None, limit=MOST, after=start)
        shown = [
            card
            for card in cards
            if person or is_published(session, load_members(session, card.id))
        ]
    asked = {"words": words, "kind": kind}
    page = SourcesPage(
        command="claims sources list",
        person=person,
        past=past,
        asked=tuple((name, value) for name, value in asked.items() if value),
        words=words,
        kind=kind,
        cards=shown,
        more="",
    )
    if len(cards) == MOST:
        page = replace(page, more=page.link("/sources", **asked, after=str(cards[-1].id)))
    return render(desk_of(request), page)


def show_source(request: Request) -> Response:
    """Everything known about one source."""
    desk, person = desk_of(request), find_person(request)
    filters = _filters_in(request, person)
    words = words_in(request.path_params, "source")
    with reading(request) as (session, past):
        id_ = _find(session, words, person)
        members = load_members(session, id_)
        card = load_source_card(session, id_)
        claims = _load_claims(session, _after_in(session, request, person), members, filters)
        saved = load_saved(session, request, person, id_)
        page = SourcePage(
            command=f"claims sources show {str(id_)[:8]}",
            person=person,
            past=past,
            act=desk.new_id(),
            saved=saved.entry,
            unchanged=saved.unchanged,
            card=card if person else _as_published(card),
            shown=load_heading(session, card.shown_as) if card.shown_as != id_ else None,
            hands=count_hands_of(session, members),
            picture=claims.picture,
            entries=claims.entries,
            reach=claims.reach if person else {},
            folded=claims.folded,
            filters=filters,
            more="",
            outlet=load_outlet_figures(session, members) if card.kind == "outlet" else None,
        )
    if len(page.entries) == MOST:
        after = str(page.entries[-1].claim.id)
        asked = {**_asked(filters), "after": after}
        page = replace(page, more=f"{page.link(page.path, **asked)}#claims")
    return render(desk, page)


def _find(session: OpenSession, words: str, person: SignedIn | None) -> uuid.UUID:
    """The source with an id or a name, if whoever asks may see it.

    Raises:
        UnknownSourceError: There is none, or nothing of it is published.
    """
    source = find_source(session, whole_id(words, person))
    if person is None and not is_published(session, load_members(session, source)):
        raise UnknownSourceError(words)
    return source


def _after_in(session: OpenSession, request: Request, person: SignedIn | None) -> uuid.UUID | None:
    """The claim after which the list begins; None for its beginning."""
    after = words_in(request.query_params, "after")
    return find_listed(session, after, person) if after else None


def _filters_in(request: Request, person: SignedIn | None) -> Filters:
    query = request.query_params
    return Filters(
        outlet=words_in(query, "outlet") or None,
        words=words_in(query, "words") or None,
        since=day_in(query, "since"),
        until=day_in(query, "until"),
        published=True if person is None or words_in(query, "published") else None,
    )


def _asked(filters: Filters) -> dict[str, str]:
    return {
        "outlet": filters.outlet or "",
        "words": filters.words or "",
        "since": _written(filters.since),
        "until": _written(filters.until),
        "published": "yes" if filters.published else "",
    }


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _load_claims(
    session: OpenSession, start: uuid.UUID | None, members: Sequence[uuid.UUID], filters: Filters
) -> _Claims:
    timeline = load_folded_timeline(session, members[0], filters, limit=MOST, after=start)
    months = load_months(session, members, published=bool(filters.published))
    listed = [(entry.day, entry.claim.form) for entry in timeline.entries]
    return _Claims(timeline.entries, timeline.reach, timeline.folded, draw_timeline(months, listed))


def _as_published(card: SourceCard) -> SourceCard:
    """A source without what editors wrote, and without what only undecided claims say."""
    return replace(
        card,
        printed=(),
        suggested=(),
        distinct=(),
        offices=[replace(office, evidence=None) for office in card.offices],
        ratings=[replace(rating, by="", why="") for rating in card.ratings],
    )


ROUTES = (
    Route("/sources", show_sources),
    Route("/sources/{source}", show_source),
)
