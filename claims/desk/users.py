"""Who has an account, with what role, and in how many browsers they are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims.desk.access import require_role
from claims.desk.forms import changing, id_of
from claims.desk.pages import Page, render
from claims.ledger.accounts import Account, load_accounts
from claims.ledger.signed_in import end_all_sessions
from claims.model.kinds import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class UsersPage(Page):
    """All accounts."""

    template: ClassVar[str] = "users.html"
    here: ClassVar[str] = "users"
    no_past: ClassVar[str] = "accounts have no past"
    accounts: Sequence[Account]


def show_users(request: Request) -> Response:
    """The page of accounts, for administrators."""
    desk = request.app.state.desk
    person = require_role(request, Role.ADMIN)
    with desk.database.reader() as session:
        accounts = load_accounts(session)
    return render(desk, UsersPage(person=person, accounts=accounts, command="claims users list"))


def sign_out(request: Request, form: FormData) -> Response:
    """Sign somebody out everywhere."""
    desk = request.app.state.desk
    require_role(request, Role.ADMIN)
    reviewer = id_of(form, "reviewer")
    with desk.database.writer() as session:
        end_all_sessions(session, reviewer)
    return RedirectResponse("/users", 303)


ROUTES = (
    Route("/users", show_users),
    Route("/users/sign-out", changing(sign_out), methods=["POST"]),
)
