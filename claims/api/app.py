"""The API as an application of its own: its routes, and what stands around all of them.

Plain ASGI throughout, so that another application mounts it and no answer is held in memory twice.
"""

import sys
from collections.abc import Callable
from functools import partial

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claims.allowed_methods import methods_of
from claims.api import about, reading, writing
from claims.api.bodies import receive_body
from claims.api.errors import AddressNotFoundError, ApiFailedError, WrongMethodError
from claims.api.problems import problem_response
from claims.api.resources import RESOURCES
from claims.api.server import Server
from claims.errors.base import ClaimsError
from claims.text.display import visible

NOT_ALLOWED = 405

Answer = Callable[[Request, Server], Response]

HEADERS = {
    # Any page may read with a token that it was told; no cookie of ours means anything here.
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "etag, link, retry-after",
    "cross-origin-resource-policy": "cross-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}
"""Sent with every answer."""

PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "authorization, if-none-match",
    "access-control-max-age": "86400",
}
"""What pages of other sites may do: read."""


def create_api(server: Server) -> Starlette:
    """The application, to be mounted at /api/v1."""
    routes = [
        _reads("/about", about.read_about, server),
        _reads("/openapi.json", about.read_description, server),
        _reads("/search", reading.search, server),
        _reads("/changes", reading.read_changes, server),
    ]
    for resource in RESOURCES:
        path = f"/{resource.name}"
        routes.append(_reads(path, partial(reading.read_rows, resource=resource), server))
        if resource.key:
            row = partial(reading.read_row, resource=resource)
            routes.append(_reads(f"{path}/{{key}}", row, server))
    routes += [
        _writes("/decisions", writing.post_decision, server),
        _writes("/articles", writing.post_article, server),
        _writes("/proposals", writing.post_text, server),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Surround), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={HTTPException: _refusal, ClaimsError: _problem},
    )
    app.router.redirect_slashes = False
    return app


def _reads(path: str, answer: Answer, server: Server) -> Route:
    """A route that changes nothing; HEAD is GET without the body."""

    def endpoint(request: Request) -> Response:
        response = answer(request, server)
        server.note_use(request)
        return response

    return Route(path, endpoint, methods=["GET"])


def _writes(
    path: str, answer: Callable[[Request, Server, bytes], Response], server: Server
) -> Route:
    """A route that takes a body; what is done with it waits in a thread of its own."""

    async def endpoint(request: Request) -> Response:
        body = await receive_body(request)
        response = await run_in_threadpool(answer, request, server, body)
        await run_in_threadpool(server.note_use, request)
        return response

    return Route(path, endpoint, methods=["POST"])


def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ClaimsError)  # noqa: S101 - registered for these alone
    return problem_response(error)


def _refusal(request: Request, error: Exception) -> Response:
    """What the router refuses, in the shape of all errors."""
    status = error.status_code if isinstance(error, HTTPException) else None
    kind = WrongMethodError if status == NOT_ALLOWED else AddressNotFoundError
    response = problem_response(kind(visible(request.url.path)[:200]))
    if status == NOT_ALLOWED:
        response.headers["allow"] = ", ".join(sorted(methods_of(request)))
    return response


class Surround:
    """Adds headers to every answer, answers preflights, and lets no traceback out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if scope["method"] == "OPTIONS":
            response = Response(status_code=204, headers=PREFLIGHT)
            await response(scope, receive, send_with_headers)
            return
        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - the outermost place: nobody is shown a traceback
            text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            print(visible(f"error[api-failed] {scope['path']}: {text}"), file=sys.stderr)  # noqa: T201 - the server's own log
            if not begun:
                failed = problem_response(ApiFailedError(visible(scope["path"])[:200]))
                await failed(scope, receive, send_with_headers)
