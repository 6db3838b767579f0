"""Records from outside, checked field by field: a field that does not fit costs itself alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from claims.model.json import Json

Model = TypeVar("Model", bound=BaseModel)

LEFT_OUT = "; it was read without it"
"""Ends the message about a field that the rest of a record is read without."""

WORDS = {
    "tuple_type": "it must be a list",
    "list_type": "it must be a list",
    "string_type": "it must be text",
    "string_unicode": "it must be text in Unicode",
    "dict_type": "it must be a JSON object",
    "model_type": "it must be a JSON object",
    "model_attributes_type": "it must be a JSON object",
    "too_long": "it has more than 500 characters",
    "string_too_long": "it has more than 500 characters",
    "too_short": "it is missing or empty",
    "string_too_short": "it is missing or empty",
    "missing": "it is missing or empty",
    "extra_forbidden": "no such field is known",
}
"""Messages of the validation in the words of people."""


@dataclass(frozen=True, slots=True)
class BadField:
    """A field that does not fit.

    Attributes:
        field: Its name, with the places inside it; None if it is the whole record.
        detail: Why, in words.
        value: What stands there; None if it is missing.
        missing: Whether the record does not have it.
    """

    field: str | None
    detail: str
    value: Json
    missing: bool


@dataclass(frozen=True, slots=True)
class CheckedRecord(Generic[Model]):
    """A record and what did not fit in it.

    Attributes:
        record: Without those fields; None if it cannot be read without one of them.
        bad_fields: Those fields; of a record that cannot be read the first that it needs.
    """

    record: Model | None
    bad_fields: tuple[BadField, ...] = ()


def check_fields(model: type[Model], fields: Json) -> CheckedRecord[Model]:
    """Check a record, and leave out of it what does not fit and may be missing.

    Args:
        model: What it should be.
        fields: What it is.
    """
    try:
        return CheckedRecord(model.model_validate(fields))
    except ValidationError as error:
        bad_fields = bad_fields_of(error)
    if not isinstance(fields, Mapping):
        return CheckedRecord(None, bad_fields[:1])
    named = {one.alias or name: one for name, one in model.model_fields.items()}
    required = {name for name, one in named.items() if one.is_required()}
    needed = [one for one in bad_fields if one.field is None or _top(one) in required]
    if needed:
        return CheckedRecord(None, tuple(needed[:1]))
    dropped = {_top(one) for one in bad_fields}
    fitting = {name: value for name, value in fields.items() if name not in dropped}
    return CheckedRecord(model.model_validate(fitting), _one_a_field(bad_fields))


def bad_fields_of(error: ValidationError) -> tuple[BadField, ...]:
    """What a validation found, in the words of people."""
    return tuple(
        BadField(
            field=".".join(map(str, one["loc"])) or None,
            detail=plain_words(one["type"], one["msg"]),
            value=None if one["type"] == "missing" else one["input"],
            missing=one["type"] == "missing",
        )
        for one in error.errors(include_url=False)
    )


def plain_words(kind: str, message: str) -> str:
    """Why a field does not fit, from the kind and the message of a validation error."""
    return WORDS.get(kind) or message.removeprefix("Value error, ").lower()


def _top(bad_field: BadField) -> str:
    return (bad_field.field or "").partition(".")[0]


def _one_a_field(bad_fields: tuple[BadField, ...]) -> tuple[BadField, ...]:
    first = {_top(one): one for one in reversed(bad_fields)}
    return tuple(
        BadField(one.field, one.detail + LEFT_OUT, one.value, one.missing)
        for one in reversed(first.values())
    )
