"""The desk as an application: its routes, and what stands before and behind them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from claims.allowed_methods import methods_of
from claims.desk import (
    about,
    add,
    claim,
    comparison,
    document,
    document_acts,
    embed,
    ledger,
    link_work,
    password,
    progress,
    releases,
    review,
    search,
    settling,
    signing_in,
    source,
    source_acts,
    source_pairs,
    users,
)
from claims.desk.access import without_hints
from claims.desk.desk import THREADS, Desk
from claims.desk.errors import NotSignedInError, NotThisWayError, PageNotFoundError
from claims.desk.guard import Guard
from claims.desk.pages import STATIC, error_response
from claims.errors.base import ClaimsError
from claims.text.display import visible

NOT_ALLOWED = 405
PACKED_FROM, PACKED = 8_000, 4
"""Bytes from which a page is sent packed, and how hard: 192 KB of a long card become 25."""


class _Cached(StaticFiles):
    """Files that a browser may keep: their addresses change with what is in them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_app(desk: Desk, further: Sequence[BaseRoute] = ()) -> Starlette:
    """The application that serves a desk.

    Args:
        desk: What its pages use; `request.app.state.desk` of every request.
        further: Routes of other rooms, such as the API's; they stand behind the same guard.
    """
    routes = [
        *further,
        *about.ROUTES,
        *add.ROUTES,
        *claim.ROUTES,
        *comparison.ROUTES,
        *document.ROUTES,
        *embed.ROUTES,
        *document_acts.ROUTES,
        *ledger.ROUTES,
        *link_work.ROUTES,
        *password.ROUTES,
        *progress.ROUTES,
        *releases.ROUTES,
        *review.ROUTES,
        *search.ROUTES,
        *settling.ROUTES,
        *source.ROUTES,
        *source_acts.ROUTES,
        *source_pairs.ROUTES,
        *signing_in.ROUTES,
        *users.ROUTES,
        Mount("/static", _Cached(directory=STATIC)),
    ]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, desk=desk),
            # No page of that length holds a secret that its length could give away.
            Middleware(GZipMiddleware, minimum_size=PACKED_FROM, compresslevel=PACKED),
        ],
        exception_handlers={HTTPException: _show_refusal, ClaimsError: _show_error},
        lifespan=_lifespan,
    )
    app.state.desk = desk
    # The guard adds what a redirect to the same path with a slash would lose.
    app.router.redirect_slashes = False
    return app


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    """As many threads as connections: a thread that waits for a connection would hold up others."""
    current_default_thread_limiter().total_tokens = THREADS
    yield


def _show_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ClaimsError), "registered for these alone"  # noqa: S101 - narrows the type
    desk: Desk = request.app.state.desk
    error = without_hints(request, error)
    asks = isinstance(error, NotSignedInError) and request.method == "GET"
    if asks and desk.accounts and not desk.remote_user:
        onward = f"{request.url.path}?{request.url.query}".rstrip("?")
        return RedirectResponse(f"/login?{urlencode({'onward': onward})}", 303)
    return error_response(desk, request.scope, error)


def _show_refusal(request: Request, error: Exception) -> Response:
    """What the router refuses, in our words."""
    status = error.status_code if isinstance(error, HTTPException) else None
    kind = NotThisWayError if status == NOT_ALLOWED else PageNotFoundError
    response = _show_error(request, kind(visible(request.url.path)[:200]))
    if status == NOT_ALLOWED:
        response.headers["allow"] = ", ".join(sorted(methods_of(request)))
    return response
