"""Pages from templates; whatever is put into one is text."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from claims.desk.desk import Desk
from claims.desk.dispute import compare_readings
from claims.desk.errors import status_of
from claims.errors.base import ClaimsError
from claims.ledger.entry import LedgerEntry
from claims.ledger.signed_in import SignedIn
from claims.model.kinds import Role
from claims.model.moment import AsOf
from claims.text.display import visible

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Past:
    """A state of the past that a page shows.

    Attributes:
        state: The state.
        written: How its address asks for it.
    """

    state: AsOf
    written: str


NO_PAST = "what waits has no past"
"""Of pages on which people decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a template shows; each page is a class of its own, and its template sees it as `page`.

    Attributes:
        template: The template's file.
        here: The entry of the navigation that the page belongs to.
        command: What does the same in a terminal; empty if nothing does.
        person: Who is signed in; None if nobody is, or it makes no difference.
        has_past: Whether it can be shown as of a moment; its head then asks for one.
        no_past: Why it can not, for its head to say; empty if nobody would ask.
        past: The state that it shows; None for the present.
        asked: What else its address asks for, which the control of the past keeps.
    """

    template: ClassVar[str]
    here: ClassVar[str] = ""
    command: str = ""
    person: SignedIn | None = None
    has_past: ClassVar[bool] = False
    no_past: ClassVar[str] = ""
    past: Past | None = None
    asked: Sequence[tuple[str, str]] = ()

    @property
    def onward(self) -> str:
        """What the entry of the navigation that leads here again says of this page, as a query."""
        return ""

    def link(self, path: str, **asked: str) -> str:
        """The address of a page in the state that this one shows."""
        query = {"as_of": self.past.written if self.past else "", **asked}
        written = urlencode({name: value for name, value in query.items() if value})
        return f"{path}?{written}" if written else path


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingPage(Page):
    """A page on which people decide about one source or article.

    Attributes:
        act: The id of what is decided next, so that a form that is sent twice decides once.
        saved: What was decided last from here; None if nothing was.
        unchanged: Whether what was asked for last was so already.
    """

    act: uuid.UUID
    saved: LedgerEntry | None
    unchanged: bool


@dataclass(frozen=True, slots=True)
class UnsentForm:
    """A form that was not carried out: nothing that was typed is lost.

    Attributes:
        path: Where it was sent.
        fields: Its fields in their order, by name; several may have one name.
    """

    path: str
    fields: Sequence[tuple[str, str]]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person typed for the button that was pressed; it is shown."""
        return [(name, value) for name, value in self.fields if value and self._is_typed(name)]

    @property
    def rest(self) -> list[tuple[str, str]]:
        """The other fields, which go with it."""
        return [
            (name, value) for name, value in self.fields if not value or not self._is_typed(name)
        ]

    def _is_typed(self, name: str) -> bool:
        button = dict(self.fields).get("do", "").partition(" ")[0]
        return name in {"text", f"{button}-text"}


SECRET = frozenset({"password", "token"})
"""Fields that no page repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """An error in words; with the form that it befell, to be sent again."""

    template: ClassVar[str] = "error.html"
    error: ClaimsError
    unsent: UnsentForm | None = None


@cache
def environment() -> Environment:
    """The templates, compiled once."""
    templates = Environment(
        loader=PackageLoader("claims.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["static"] = static_address
    templates.globals["oembed"] = oembed_address
    templates.globals["decides"] = may_decide
    templates.globals["entries"] = entries_of
    templates.globals["readings"] = compare_readings
    return templates


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation.

    Attributes:
        name: Its path, and what pages say of where they belong.
        label: What it is called.
        role: What somebody has to be to use its page; None if everybody may.
        has_past: Whether its page can be shown as of the moment that the present page shows.
    """

    name: str
    label: str
    role: Role | None = None
    has_past: bool = False


ENTRIES = (
    Entry("review", "Review", Role.REVIEWER),
    Entry("links", "Links", Role.REVIEWER),
    Entry("add", "Add", Role.REVIEWER),
    Entry("documents", "Articles", has_past=True),
    Entry("sources", "Sources", has_past=True),
    Entry("search", "Search", has_past=True),
    Entry("ledger", "Ledger", Role.READER, has_past=True),
    Entry("progress", "Progress", Role.READER, has_past=True),
    Entry("about", "About"),
    Entry("users", "Users", Role.ADMIN),
)


def entries_of(desk: Desk, page: Page) -> list[Entry]:
    """The navigation of whoever reads a page.

    Where nobody is signed in, or it makes no difference, it has what there is for reviewers: the
    page behind an entry asks who it is.
    """
    role = page.person.role if page.person else Role.REVIEWER
    hidden = desk.read_only
    return [one for one in ENTRIES if one.role is None or (role.may(one.role) and not hidden)]


def may_decide(desk: Desk, page: Page) -> bool:
    """Whether a page has what decides: its reader may, at this desk, and it shows the present."""
    person = page.person
    allowed = person is not None and person.role.may(Role.REVIEWER)
    return allowed and not desk.read_only and page.past is None


def oembed_address(desk: Desk, claim: uuid.UUID) -> str:
    """Where oEmbed finds a claim."""
    if desk.is_site:
        return f"{desk.origin}/claims/{claim}/oembed.json"
    asked = quote(f"{desk.origin}/claims/{claim}", safe="")
    return f"{desk.origin}/oembed?format=json&url={asked}"


@cache
def static_address(name: str) -> str:
    """The address of a file that browsers may keep: it changes with the file."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def render(desk: Desk, page: Page, *, status: int = 200) -> HTMLResponse:
    """A page as it is sent."""
    text = environment().get_template(page.template).render(desk=desk, page=page)
    return HTMLResponse(text, status_code=status)


def keep_form(scope: Scope, form: FormData) -> None:
    """Note the form that a request carries, for the page of an error to repeat."""
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    if not SECRET & {name for name, _ in fields}:
        query = scope["query_string"].decode("latin-1")
        path = f"{scope['path']}?{query}" if query else scope["path"]
        scope.setdefault("state", {})["unsent"] = UnsentForm(path, fields)


def error_response(desk: Desk, scope: Scope, error: ClaimsError) -> Response:
    """An error in words; for programs, which ask below /api/, as RFC 9457 has it."""
    status = status_of(error)
    if scope["path"].startswith("/api/"):
        problem = {
            "type": f"urn:claims:error:{error.code}",
            "title": error.message,
            "status": status,
            "detail": visible(error.detail),
            "code": error.code,
            "place": visible(error.place),
            "remedy": error.remedy,
        }
        return JSONResponse(problem, status, media_type="application/problem+json")
    unsent = scope.get("state", {}).get("unsent") if status in REPEATED else None
    return render(desk, ErrorPage(error=error, unsent=unsent), status=status)


REPEATED = frozenset({401, 500, 503})
"""Statuses after which the same form may be sent again: it was not at fault."""
