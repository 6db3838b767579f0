"""A published claim as a card for other sites' pages, and what oEmbed says of it."""

import json
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from claims.catalogue.card import ClaimCard
from claims.catalogue.cards import load_cards
from claims.catalogue.errors import UnknownIdError
from claims.catalogue.find import find_open_claim
from claims.database.engine import OpenSession
from claims.desk.access import find_person, whole_id
from claims.desk.desk import Desk, desk_of
from claims.desk.errors import PageNotFoundError
from claims.desk.forms import words_in
from claims.desk.pages import Page, render
from claims.model.json import JsonObject
from claims.model.kinds import PUBLISHED

WIDTH, HEIGHT = 560, 240
"""Pixels that a card needs, as oEmbed tells."""

LONGEST_TITLE = 200
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors *"
"""The only pages that others may frame: nothing on them can be pressed but links."""

NOT_IMPLEMENTED = 501


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage(Page):
    """A card: the words, who said them, through whom, where it was printed."""

    template: ClassVar[str] = "embed.html"
    card: ClaimCard


def load_published(session: OpenSession, prefix: str) -> ClaimCard:
    """A claim that is published; its article was not withdrawn.

    Raises:
        UnknownIdError: There is none.
        EmbargoedError: Its article is under embargo.
    """
    [card] = load_cards(session, [find_open_claim(session, prefix)])
    if card.status not in PUBLISHED or card.document_status == "withdrawn":
        raise UnknownIdError(f"claim {prefix}", "it is not published")
    return card


def show_embed(request: Request) -> Response:
    """The card, which pages of other sites may frame."""
    desk = desk_of(request)
    claim = whole_id(words_in(request.path_params, "claim"), find_person(request))
    with desk.database.reader() as session:
        card = load_published(session, claim)
    response = render(desk, EmbedPage(card=card))
    response.headers["content-security-policy"] = POLICY
    response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response


def oembed_of(desk: Desk, card: ClaimCard) -> JsonObject:
    """What oEmbed says of a claim: a frame with its card."""
    address = f"{desk.origin}/claims/{card.id}/embed{'/' if desk.is_site else ''}"
    title = f"{card.speaker}: {card.reported}"
    shown = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    return {
        "version": "1.0",
        "type": "rich",
        "title": shown,
        "provider_name": "claims",
        "provider_url": desk.origin,
        "width": WIDTH,
        "height": HEIGHT,
        "html": f'<iframe src="{address}" width="{WIDTH}" height="{HEIGHT}" loading="lazy"'
        ' title="A claim and who said it" sandbox="allow-popups"></iframe>',
    }


def show_oembed(request: Request) -> Response:
    """What oEmbed says of the claim whose address is asked for."""
    desk = desk_of(request)
    if words_in(request.query_params, "format") not in {"", "json"}:
        return JSONResponse({"error": "only json"}, NOT_IMPLEMENTED)
    try:
        parts = urlsplit(words_in(request.query_params, "url"))
    except ValueError:
        raise PageNotFoundError("the address that is asked for") from None
    folder, _, name = parts.path.rpartition("/")
    if f"{parts.scheme}://{parts.netloc}" != desk.origin or folder != "/claims":
        raise PageNotFoundError("the address that is asked for", "it is no claim of this desk")
    claim = whole_id(name.partition("@")[0], find_person(request))
    with desk.database.reader() as session:
        card = load_published(session, claim)
    return Response(json.dumps(oembed_of(desk, card)), media_type="application/json")


ROUTES = (
    Route("/claims/{claim}/embed", show_embed),
    Route("/oembed", show_oembed),
)
