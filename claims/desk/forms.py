"""Forms: read before the page's function runs in its thread, and their fields as text."""

import uuid
from collections.abc import Awaitable, Callable

from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from claims.desk.errors import BadFormError

MOST_FIELDS = 200

Changing = Callable[[Request, FormData], Response]
"""A function that changes something; it may wait for the database."""


def changing(function: Changing) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads the form and runs a function with it in a thread."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            return await run_sync(function, request, form)

    return endpoint


def text_of(form: FormData, name: str) -> str:
    """A field's text with the line ends of Unix; empty if it is missing or a file.

    What no database holds is left out.
    """
    value = form.get(name)
    text = value if isinstance(value, str) else ""
    return text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "ignore").decode()


def id_of(form: FormData, name: str) -> uuid.UUID:
    """A field that holds an id.

    Raises:
        BadFormError: It holds none.
    """
    try:
        return uuid.UUID(text_of(form, name))
    except ValueError:
        raise BadFormError("the form", f"{name} is no id") from None


def number_of(form: FormData, name: str) -> int:
    """A field that holds a whole number.

    Raises:
        BadFormError: It holds none.
    """
    try:
        return int(text_of(form, name)[:12])
    except ValueError:
        raise BadFormError("the form", f"{name} is no number") from None
