"""Coming in and going: by the printed address with a name, or with a name and a password."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.desk.access import (
    address_of,
    cookie_name,
    find_person,
    give_cookie,
    require_role,
    take_cookie,
)
from claims.desk.desk import Desk
from claims.desk.entrance import Entrance
from claims.desk.errors import (
    LoginRefusedError,
    PageNotFoundError,
    TokenUsedError,
    TooManyLoginsError,
    status_of,
)
from claims.desk.forms import changing, text_of
from claims.desk.pages import Page, render
from claims.desk.passwords import password_fits
from claims.errors.base import ClaimsError
from claims.ledger.accounts import count_attempt, find_account, forget_attempt
from claims.ledger.append import sign_in
from claims.ledger.signed_in import begin_session, end_all_sessions, end_session
from claims.model.kinds import Role

LONGEST_NAME = 200

LONGEST_PATH = 2000
"""Characters of a path to go on to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPage(Page):
    """Asks for the name of whoever comes in."""

    template: ClassVar[str] = "enter.html"
    token: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage(Page):
    """Asks for name and password.

    Attributes:
        name: The name that was tried.
        onward: The page to go on to, as a path.
        error: Why the last attempt let nobody in; None at first.
    """

    template: ClassVar[str] = "login.html"
    name: str = ""
    onward: str = "/"
    error: ClaimsError | None = None


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
    name = _name_in(form)
    token = text_of(form, "token")
    if not name:
        return render(desk, EnterPage(token=token, name=""), status=400)
    _entrance(desk).use(token)
    with desk.database.writer() as session:
        cookie = begin_session(session, sign_in(session, name, desk.new_id()))
    response = RedirectResponse("/", 303)
    give_cookie(desk, response, cookie)
    return response


def _entrance(desk: Desk) -> Entrance:
    if desk.entrance is None:
        raise TokenUsedError("the address", "nobody signs in with it at this desk")
    return desk.entrance


def show_login(request: Request) -> Response:
    """The page that asks for name and password."""
    desk = _with_accounts(request)
    if find_person(request):
        return RedirectResponse("/", 303)
    return render(desk, LoginPage(onward=_onward(request.query_params.get("onward", ""))))


def log_in(request: Request, form: FormData) -> Response:
    """Sign in with a name and a password.

    The session is a new one, whatever the browser held; the one that it held ends.
    """
    desk = _with_accounts(request)
    name, address = _name_in(form), address_of(request)
    onward = _onward(text_of(form, "onward"))
    with desk.database.writer() as session:
        may_try = count_attempt(session, name, address)
        account = find_account(session, name)
    if not may_try:
        return _refuse(desk, name, onward, TooManyLoginsError("sign in"))
    stored = account.password if account else None
    if not password_fits(str(form.get("password") or ""), stored) or account is None:
        return _refuse(desk, name, onward, LoginRefusedError("sign in"))
    with desk.database.writer() as session:
        forget_attempt(session, name, address)
        end_session(session, request.cookies.get(cookie_name(desk), ""))
        token = begin_session(session, account.reviewer)
    response = RedirectResponse(onward, 303)
    give_cookie(desk, response, token)
    return response


def _refuse(desk: Desk, name: str, onward: str, error: ClaimsError) -> Response:
    page = LoginPage(name=name, onward=onward, error=error)
    return render(desk, page, status=status_of(error))


def _with_accounts(request: Request) -> Desk:
    """The desk, if people sign in there with a password."""
    desk: Desk = request.app.state.desk
    if not desk.accounts or desk.remote_user:
        raise PageNotFoundError(request.url.path)
    return desk


def _onward(path: str) -> str:
    """A path of this desk to go on to: what leads anywhere else is the first page."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if inside and path.isprintable() and len(path) <= LONGEST_PATH else "/"


def _name_in(form: FormData) -> str:
    return " ".join(text_of(form, "name").split())[:LONGEST_NAME]


def leave(request: Request, form: FormData) -> Response:
    """Sign out, here or everywhere."""
    desk: Desk = request.app.state.desk
    person = require_role(request, Role.READER)
    with desk.database.writer() as session:
        if text_of(form, "everywhere"):
            end_all_sessions(session, person.reviewer)
        else:
            end_session(session, request.cookies.get(cookie_name(desk), ""))
    response = RedirectResponse("/login" if desk.accounts else "/about", 303)
    take_cookie(desk, response)
    return response


ROUTES = (
    Route("/enter", show_entrance),
    Route("/enter", changing(enter), methods=["POST"]),
    Route("/login", show_login),
    Route("/login", changing(log_in), methods=["POST"]),
    Route("/leave", changing(leave), methods=["POST"]),
)
