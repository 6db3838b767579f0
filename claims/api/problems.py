"""Errors as RFC 9457 has them: one shape for everything that goes wrong."""

from collections.abc import Mapping

import orjson
from starlette.responses import Response

from claims.api.errors import TooManyFailuresError, status_of
from claims.errors.base import ClaimsError, DatabaseError
from claims.model.json import Json
from claims.text.display import visible

MEDIA_TYPE = "application/problem+json"

RETRY_AFTER = "Retry-After"
AGAIN = {TooManyFailuresError: "60", DatabaseError: "5"}
"""Seconds after which a program may try again."""


def problem_of(error: ClaimsError) -> dict[str, Json]:
    """An error as JSON: `code` is what the command line prints, and never changes."""
    return {
        "type": f"urn:claims:error:{error.code}",
        "title": error.message,
        "status": status_of(error),
        "detail": visible(error.detail),
        "code": error.code,
        "place": visible(error.place),
        "remedy": error.remedy,
    }


def problem_response(error: ClaimsError, further: Mapping[str, Json] | None = None) -> Response:
    """The answer for an error.

    Args:
        error: What went wrong.
        further: More members, such as both versions of what changed meanwhile.
    """
    status = status_of(error)
    headers = {"cache-control": "no-store"}
    if status == 401:  # noqa: PLR2004 - RFC 6750: Unauthorised
        headers["www-authenticate"] = 'Bearer realm="claims"'
    seconds = next((AGAIN[kind] for kind in type(error).__mro__ if kind in AGAIN), None)
    if seconds and status in {429, 503}:
        headers[RETRY_AFTER] = seconds
    body = orjson.dumps({**problem_of(error), **(further or {})}, default=str)
    return Response(body, status, headers, MEDIA_TYPE)
