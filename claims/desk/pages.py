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
from starlette.responses import HTMLResponse, JSONResponse, Response

from claims.desk.desk import Desk
from claims.desk.errors import status_of
from claims.errors.base import ClaimsError
from claims.ledger.entry import LedgerEntry
from claims.ledger.signed_in import SignedIn
from claims.model.moment import AsOf

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a template shows; each page is a class of its own, and its template sees it as `page`.

    Attributes:
        template: The template's file.
        here: The entry of the navigation that the page belongs to.
        command: What does the same in a terminal; empty if nothing does.
        person: Who is signed in; None if nobody is, or it makes no difference.
        has_past: Whether it can be shown as of a moment; its head then asks for one.
        past: The state that it shows; None for the present.
        asked: What else its address asks for, which the control of the past keeps.
    """

    template: ClassVar[str]
    here: ClassVar[str] = ""
    command: str = ""
    person: SignedIn | None = None
    has_past: ClassVar[bool] = False
    past: Past | None = None
    asked: Sequence[tuple[str, str]] = ()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """An error in words."""

    template: ClassVar[str] = "error.html"
    error: ClaimsError


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
    return templates


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


def error_response(desk: Desk, path: str, error: ClaimsError) -> Response:
    """An error in words; for programs, which ask below /api/, as RFC 9457 has it."""
    status = status_of(error)
    if path.startswith("/api/"):
        problem = {
            "type": f"about:blank#{error.code}",
            "title": error.message,
            "status": status,
            "detail": error.detail,
            "code": error.code,
            "remedy": error.remedy,
        }
        return JSONResponse(problem, status, media_type="application/problem+json")
    return render(desk, ErrorPage(error=error), status=status)
