"""Forms: read before the page's function runs in its thread, and their fields as text."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from claims.desk.errors import BadFormError
from claims.desk.pages import keep_form

MOST_FIELDS = 200

Choice = TypeVar("Choice", bound=StrEnum)

Changing = Callable[[Request, FormData], Response]
"""A function that changes something; it may wait for the database."""


def changing(function: Changing) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads the form and runs a function with it in a thread."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            keep_form(request.scope, form)
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


LONGEST_NUMBER = 18
"""Digits of a number that every integer of the database holds."""


def read_number(written: str) -> int | None:
    """A whole number from 0, as an address has it; None for anything else."""
    return int(written) if written.isdecimal() and len(written) <= LONGEST_NUMBER else None


LONGEST_WORDS = 500
"""Characters that a field of an address has room for."""


def words_in(query: Mapping[str, str], name: str) -> str:
    """A field of an address as words with single spaces; empty if it is missing."""
    return " ".join(query.get(name, "").replace("\0", "").split())[:LONGEST_WORDS]


def day_in(query: Mapping[str, str], name: str) -> date | None:
    """A field of an address that holds a day, as 2026-05-01; None if it holds none.

    Raises:
        BadFormError: It holds something else.
    """
    written = words_in(query, name)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise BadFormError("the address", f"{name} is no day: write 2026-05-01") from None


def choice_in(query: Mapping[str, str], name: str, choices: type[Choice]) -> Choice | None:
    """A field of an address that holds one value of a list; None if it holds nothing.

    Raises:
        BadFormError: It holds something else.
    """
    written = words_in(query, name)
    try:
        return choices(written) if written else None
    except ValueError:
        raise BadFormError("the address", f"{name} is none of {', '.join(choices)}") from None
