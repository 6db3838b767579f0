"""Who asks for a page: the one-time token of the printed address, the session's cookie."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.desk.desk import Desk
from claims.desk.entrance import Entrance
from claims.desk.errors import NotSignedInError, TokenUsedError
from claims.desk.forms import changing, text_of
from claims.desk.pages import Page, render
from claims.ledger.append import sign_in
from claims.ledger.signed_in import (
    LONGEST,
    SignedIn,
    begin_session,
    end_all_sessions,
    end_session,
    load_signed_in,
    note_seen,
)

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPage(Page):
    """Asks for the name of whoever comes in."""

    template: ClassVar[str] = "enter.html"
    token: str
    name: str


def show_entrance(request: Request) -> Response:
    """The page behind the printed address: a name, and a button. Opening it changes nothing."""
    desk: Desk = request.app.state.desk
    token = request.query_params.get("token", "")
    entrance = _entrance(desk)
    if not entrance.fits(token):
        raise TokenUsedError("the address")
    return render(desk, EnterPage(token=token, name=entrance.name))


def enter(request: Request, form: FormData) -> Response:
    """Sign in with the token and a name."""
    desk: Desk = request.app.state.desk
    name = " ".join(text_of(form, "name").split())[:LONGEST_NAME]
    token = text_of(form, "token")
    if not name:
        return render(desk, EnterPage(token=token, name=""), status=400)
    _entrance(desk).use(token)
    with desk.database.writer() as session:
        cookie = begin_session(session, sign_in(session, name, desk.new_id()))
    response = RedirectResponse("/", 303)
    response.set_cookie(
        cookie_name(desk),
        cookie,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=desk.is_encrypted,
        httponly=True,
        samesite="lax",
    )
    return response


def _entrance(desk: Desk) -> Entrance:
    if desk.entrance is None:
        raise TokenUsedError("the address", "nobody signs in at this desk")
    return desk.entrance


def leave(request: Request, form: FormData) -> Response:
    """Sign out, here or everywhere."""
    desk: Desk = request.app.state.desk
    person = require_person(request)
    with desk.database.writer() as session:
        if text_of(form, "everywhere"):
            end_all_sessions(session, person.reviewer)
        else:
            end_session(session, request.cookies[cookie_name(desk)])
    response = RedirectResponse("/about", 303)
    response.delete_cookie(cookie_name(desk), path="/", secure=desk.is_encrypted, httponly=True)
    return response


def cookie_name(desk: Desk) -> str:
    """The cookie's name: cookies know no ports, and two desks on one machine are two desks."""
    port = urlsplit(desk.origin).port
    return "__Host-claims" if desk.is_encrypted else f"claims-{port}"


def find_person(request: Request) -> SignedIn | None:
    """Who asks; None if nobody is signed in there."""
    desk: Desk = request.app.state.desk
    token = request.cookies.get(cookie_name(desk))
    if not token:
        return None
    with desk.database.reader() as session:
        person = load_signed_in(session, token)
    if person is not None and not person.noted:
        with desk.database.writer() as session:
            note_seen(session, token)
    return person


def require_person(request: Request) -> SignedIn:
    """Who asks.

    Raises:
        NotSignedInError: Nobody is signed in there.
    """
    person = find_person(request)
    if person is None:
        raise NotSignedInError(request.url.path)
    return person


ROUTES = (
    Route("/enter", show_entrance),
    Route("/enter", changing(enter), methods=["POST"]),
    Route("/leave", changing(leave), methods=["POST"]),
)
