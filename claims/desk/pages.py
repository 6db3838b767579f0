"""Pages from templates; whatever is put into one is text."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, Response

from claims.desk.desk import Desk
from claims.desk.errors import status_of
from claims.errors.base import ClaimsError
from claims.ledger.signed_in import SignedIn

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a template shows; each page is a class of its own, and its template sees it as `page`.

    Attributes:
        template: The template's file.
        here: The entry of the navigation that the page belongs to.
        command: What does the same in a terminal; empty if nothing does.
        person: Who is signed in; None if nobody is, or it makes no difference.
    """

    template: ClassVar[str]
    here: ClassVar[str] = ""
    command: str = ""
    person: SignedIn | None = None


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
    return templates


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
