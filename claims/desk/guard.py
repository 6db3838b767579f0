"""What stands before every page: whose request it is, how long, and what a browser may do with it.

Plain ASGI: Starlette's base class for middleware would hold each answer in memory.
"""

import sys

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claims.desk.desk import Desk
from claims.desk.errors import (
    ForeignAddressError,
    ForeignRequestError,
    ReadOnlyError,
    TooLargeError,
    UnforeseenError,
)
from claims.desk.pages import error_response
from claims.errors.base import ClaimsError
from claims.text.display import visible

LONGEST_BODY = 2 << 20
"""Bytes of a request: an article that is pasted, not a file."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Nothing of ours reaches a source. Not `no-referrer`: with it a browser sends the desk's own
    # forms with `Origin: null`, which is what a sandboxed foreign page sends.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every answer that does not say otherwise."""


class Guard:
    """Refuses what does not come from the desk's own pages, and adds `HEADERS` to answers."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        try:
            _require_own(scope, self.desk)
            await self.app(scope, _limited(scope, receive), answer.send)
        except ClaimsError as error:
            await answer.fail(scope, receive, self.desk, error)
        except Exception as error:  # noqa: BLE001 - the outermost place: nobody is shown a traceback
            text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            print(visible(f"error[internal] {scope['path']}: {text}"), file=sys.stderr)  # noqa: T201 - the desk's own log
            await answer.fail(scope, receive, self.desk, UnforeseenError(scope["path"]))


class _Answer:
    """Sends an answer with our headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await self._send(message)

    async def fail(self, scope: Scope, receive: Receive, desk: Desk, error: ClaimsError) -> None:
        """Answer with an error; what has begun already just ends."""
        if not self._begun:
            await error_response(desk, scope, error)(scope, receive, self.send)


def _require_own(scope: Scope, desk: Desk) -> None:
    """Refuse another host's name, and changes that another site's page would make.

    Raises:
        ForeignAddressError: The request names a host that this desk is not, as after DNS rebinding.
        ForeignRequestError: It changes something and does not come from a page of this desk.
        ReadOnlyError: It changes something, and this desk only shows.
    """
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if host not in desk.hosts or len(headers.getlist("host")) != 1:
        raise ForeignAddressError(visible(host)[:100] or "no host")
    if scope["method"] in READING:
        return
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        raise ForeignRequestError(scope["path"], f"it is {visible(site)[:20]}")
    if origin is not None and origin != f"{desk.origin.partition('://')[0]}://{host}":
        raise ForeignRequestError(scope["path"], "another page sent it")
    # A browser names at least one of the two; what does not, and has a cookie, is none of ours.
    if site is None and origin is None and "cookie" in headers:
        raise ForeignRequestError(scope["path"], "it does not say which page sent it")
    if desk.read_only:
        raise ReadOnlyError(scope["path"])


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Receive a request up to `LONGEST_BODY`."""
    length = 0

    async def receive_limited() -> Message:
        nonlocal length
        message = await receive()
        length += len(message.get("body", b""))
        if length > LONGEST_BODY:
            raise TooLargeError(scope["path"], f"more than {LONGEST_BODY >> 20} MB")
        return message

    return receive_limited
