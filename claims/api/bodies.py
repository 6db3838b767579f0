"""The bodies of requests that change something: what they hold, and that it is JSON."""

import uuid
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from starlette.requests import Request

from claims.api.errors import BadBodyError, BodyTooLargeError, WrongContentTypeError
from claims.model.claim import describe_invalid
from claims.review.decision_file import check_changes
from claims.review.transitions import Action

LONGEST_BODY = 2 << 20
"""Bytes: an article, not a file of them."""

LONGEST_TEXT = 100_000
"""Code points of a text in which claims are looked for: that takes some seconds."""

LONGEST_REASON = 2000
"""Code points of a reason."""

EXACT = ConfigDict(extra="forbid", frozen=True)


class DecisionIn(BaseModel):
    """A decision on a claim, as somebody saw it."""

    model_config = EXACT

    claim: uuid.UUID = Field(description="The claim's id.")
    revision: Annotated[int, Field(strict=True, ge=0, lt=2**31)] = Field(
        description="The claim's revision that was seen; if it has another by now, 409."
    )
    action: Action = Field(description="What to do with the claim.")
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] | None = Field(
        None, description="Why, in words; reject and withdraw need one."
    )
    changes: dict[str, JsonValue] = Field(
        {},
        description="Fields of the claim that change with it, as the ledger writes them.",
    )
    offset: Annotated[int, Field(strict=True, ge=0, lt=2**31)] | None = Field(
        None, description="Of a split: the code point at which the second claim begins."
    )
    other: uuid.UUID | None = Field(
        None, description="Of a merge: the claim that is merged with this one."
    )


class ArticleIn(BaseModel):
    """An article, as `claims ingest` reads it as JSON; other fields are passed over."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    text: str = Field(min_length=1, description="The whole text.")
    doc_id: str | None = Field(None, description="The publisher's own id of it.")
    url: str | None = Field(
        None,
        # Brackets stand around IPv6 addresses alone; with others nobody can follow it.
        pattern=r"^[^\[\]]*$",
        description="Its canonical address, of a host with a name.",
    )
    title: str | None = Field(None, description="Headline.")
    byline: str | None = Field(None, description="Author line.")
    published: str | None = Field(
        None,
        min_length=1,
        description="Day or moment of publication, ISO 8601.",
        json_schema_extra={"format": "date"},
    )
    outlet: str | None = Field(None, description="Who published it.")
    language: str | None = Field(None, description="BCP 47 tag of the text's language.")


class TextIn(BaseModel):
    """A text in which claims are looked for."""

    model_config = EXACT

    text: str = Field(min_length=1, max_length=LONGEST_TEXT, description="The whole article.")
    published: date | None = Field(
        None, strict=True, description='Day of publication, so that "on Thursday" has a date.'
    )


Body = TypeVar("Body", bound=BaseModel)


def read_body(body: bytes, model: type[Body]) -> Body:
    """A body as its model has it.

    Raises:
        BadBodyError: It is not JSON, or a field is missing, unknown or of another type.
    """
    try:
        value = model.model_validate_json(body)
        for part in _texts(value.model_dump(mode="json")):
            part.encode()
            if "\0" in part:
                raise BadBodyError("body", "it holds U+0000, which no text has")
    except ValidationError as error:
        raise BadBodyError("body", describe_invalid(error)) from None
    except (UnicodeEncodeError, RecursionError):
        raise BadBodyError("body", "it holds what is no text") from None
    return value


def require_possible(changes: dict[str, JsonValue]) -> None:
    """Refuse changes that no claim could have.

    Raises:
        BadBodyError: Names the field.
    """
    try:
        check_changes(changes)
    except ValueError as error:
        raise BadBodyError("body", f"changes.{error}") from None


async def receive_body(request: Request) -> bytes:
    """The body of a request.

    Raises:
        WrongContentTypeError: It is not JSON.
        BodyTooLargeError: It is longer than `LONGEST_BODY`.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise WrongContentTypeError("Content-Type", kind[:80] or "it is missing")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise BodyTooLargeError("body", f"more than {LONGEST_BODY >> 20} MB")
    return bytes(body)


def _texts(value: JsonValue) -> list[str]:
    """All texts in a value, also the names of fields."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [*map(str, value), *(part for one in value.values() for part in _texts(one))]
    return [part for one in value for part in _texts(one)] if isinstance(value, list) else []
