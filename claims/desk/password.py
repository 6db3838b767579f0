"""One's own password: changed by who knows the present one, which signs all other browsers out."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.desk.access import address_of, give_cookie, require_role
from claims.desk.desk import Desk
from claims.desk.errors import (
    PageNotFoundError,
    PasswordRefusedError,
    TooManyLoginsError,
    status_of,
)
from claims.desk.forms import changing
from claims.desk.pages import Page, render
from claims.desk.passwords import LONGEST, SHORTEST, digest_password, password_fits
from claims.errors.base import ClaimsError
from claims.ledger.accounts import change_password, count_attempt, find_account, forget_attempt
from claims.ledger.signed_in import SignedIn, begin_session
from claims.model.kinds import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPage(Page):
    """Asks for the present password and the new one.

    Attributes:
        changed: Whether it was changed just now.
        error: Why it was not changed; None if it was, and at first.
    """

    template: ClassVar[str] = "password.html"
    here: ClassVar[str] = "password"
    shortest: ClassVar[int] = SHORTEST
    longest: ClassVar[int] = LONGEST
    changed: bool = False
    error: ClaimsError | None = None


def show_password(request: Request) -> Response:
    """The form."""
    desk, person = _with_passwords(request)
    changed = "changed" in request.query_params
    return render(desk, PasswordPage(person=person, changed=changed, command=_command(person)))


def change(request: Request, form: FormData) -> Response:
    """Change it. Who knew the old one is out; this browser has a new session."""
    desk, person = _with_passwords(request)
    present, new, again = (str(form.get(name) or "") for name in ("password", "new", "again"))
    address = address_of(request)
    with desk.database.writer() as session:
        may_try = count_attempt(session, person.name, address)
        account = find_account(session, person.name)
    error: ClaimsError | None = _refusal(new, again)
    if not may_try:
        error = TooManyLoginsError("your password")
    elif error is None and not password_fits(present, account.password if account else None):
        error = PasswordRefusedError("your password", "the present one is another")
    if error is not None:
        page = PasswordPage(person=person, error=error, command=_command(person))
        return render(desk, page, status=status_of(error))
    with desk.database.writer() as session:
        forget_attempt(session, person.name, address)
        change_password(session, person.name, digest_password(new))
        token = begin_session(session, person.reviewer)
    response = RedirectResponse("/password?changed=yes", 303)
    give_cookie(desk, response, token)
    return response


def _refusal(new: str, again: str) -> ClaimsError | None:
    """Why a password cannot be taken; None if it can."""
    if not SHORTEST <= len(new) <= LONGEST:
        few = f"a password has {SHORTEST} characters or more, {LONGEST} at most"
        return PasswordRefusedError("your password", few)
    if new != again:
        return PasswordRefusedError("your password", "the new one was not typed alike twice")
    return None


def _command(person: SignedIn) -> str:
    return f'claims users passwd "{person.name}"' if '"' not in person.name else "claims users"


def _with_passwords(request: Request) -> tuple[Desk, SignedIn]:
    """The desk and who asks, if people sign in there with a password.

    Raises:
        PageNotFoundError: They do not.
    """
    desk: Desk = request.app.state.desk
    person = require_role(request, Role.READER)
    if not desk.accounts or desk.remote_user:
        raise PageNotFoundError(request.url.path)
    return desk, person


ROUTES = (
    Route("/password", show_password),
    Route("/password", changing(change), methods=["POST"]),
)
