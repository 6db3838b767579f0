"""What the desk is, and how far its ledger reaches."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from claims import __version__
from claims.desk.access import find_person
from claims.desk.pages import Page, render
from claims.ledger.append import load_end
from claims.ledger.lines import Head
from claims.model.kinds import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """What the desk says of itself."""

    template: ClassVar[str] = "about.html"
    here: ClassVar[str] = "about"
    end: Head
    version: str


def show_about(request: Request) -> Response:
    """The page about the desk."""
    desk = request.app.state.desk
    with desk.database.reader() as session:
        end = load_end(session)
    page = AboutPage(
        person=find_person(request), end=end, version=__version__, command="claims ledger verify"
    )
    return render(desk, page)


def begin(request: Request) -> Response:
    """Where a desk begins: at the queue, for whoever may decide."""
    person = find_person(request)
    decides = person is not None and person.role.may(Role.REVIEWER)
    return RedirectResponse("/review" if decides else "/about", 303)


ROUTES = (Route("/", begin), Route("/about", show_about))
