"""Search: claims by their words, as they are reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.catalogue.card import ClaimCard
from claims.catalogue.cards import load_cards
from claims.catalogue.find import search_claims
from claims.desk.access import find_person
from claims.desk.desk import desk_of
from claims.desk.forms import words_in
from claims.desk.pages import Page, render
from claims.desk.past import reading
from claims.model.kinds import PUBLISHED

MOST = 50
"""Claims that a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """What was found.

    Attributes:
        words: What was searched for; empty if nothing was yet.
        cards: The claims, the best match first.
    """

    template: ClassVar[str] = "search.html"
    here: ClassVar[str] = "search"
    has_past: ClassVar[bool] = True
    words: str
    cards: Sequence[ClaimCard]


def search(request: Request) -> Response:
    """Claims that have the words; to whoever is not signed in, the published ones."""
    person = find_person(request)
    words = words_in(request.query_params, "words")
    cards: list[ClaimCard] = []
    with reading(request) as (session, past):
        if words:
            cards = load_cards(session, search_claims(session, words, limit=MOST))
    page = SearchPage(
        command=f'claims search "{words}"' if words and '"' not in words else "claims search",
        person=person,
        past=past,
        asked=(("words", words),) if words else (),
        words=words,
        cards=[card for card in cards if person or card.status in PUBLISHED],
    )
    return render(desk_of(request), page)


ROUTES = (Route("/search", search),)
