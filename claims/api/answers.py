"""Answers in JSON: what a client has already is not sent again."""

import hashlib
import uuid
from typing import TYPE_CHECKING, TypeAlias

import orjson
from starlette.requests import Request
from starlette.responses import Response

from claims.published.rows import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Body: TypeAlias = "Value | Sequence[Body] | Mapping[str, Body]"
"""What is written as JSON: values of rows, in lists and objects."""


def as_json(body: Body) -> bytes:
    """A body as JSON: ids as text, days and moments in ISO 8601, moments in UTC with a Z."""
    options = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC
    return orjson.dumps(body, default=_written, option=options)


def _written(value: uuid.UUID | tuple[Value, ...]) -> str | list[Value]:
    return list(value) if isinstance(value, tuple) else str(value)


def json_response(
    request: Request, body: Body, *, media_type: str = "application/json", link: str | None = None
) -> Response:
    """The answer to a request that reads, with an ETag; 304 if the client has just this.

    The ETag is a weak one, because the bytes may be compressed on their way.
    """
    content = as_json(body)
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Authorization"}
    if link:
        headers["link"] = link
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, media_type)


def _has(header: str, tag: str) -> bool:
    """Whether If-None-Match names a tag; weak or not makes no difference (RFC 9110, 13.1.2)."""
    named = {one.strip().removeprefix("W/") for one in header.split(",")}
    return header.strip() == "*" or tag.removeprefix("W/") in named
