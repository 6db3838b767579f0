"""The JSON schema of a line of JSON lines, to stand beside them."""

from collections.abc import Mapping, Sequence

from claims.exchange.columns import Column
from claims.model.json import Json, JsonObject
from claims.model.kinds import ClaimClass, Form, Mode, SourceKind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: Mapping[str, JsonObject] = {
    "uuid": {"type": "string", "format": "uuid"},
    "date": {"type": "string", "format": "date"},
    "timestamp with time zone": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"},
    "smallint": {"type": "integer"},
    "bigint": {"type": "integer"},
    "double precision": {"type": "number"},
    "boolean": {"type": "boolean"},
    "daterange": {
        "type": "array", "items": {"type": ["string", "null"], "format": "date"},
        "minItems": 2, "maxItems": 2,
    },
}  # fmt: skip
"""Types of the contract; all others are texts."""

VALUES: Mapping[str, Sequence[str]] = {
    "form": tuple(Form), "mode": tuple(Mode), "carrier_mode": tuple(Mode),
    "class": tuple(ClaimClass), "speaker_kind": tuple(SourceKind), "source_kind": tuple(SourceKind),
}  # fmt: skip
"""What a text may be, if few are allowed."""


def schema_of_lines(columns: Sequence[Column], hops: Sequence[Column]) -> JsonObject:
    """The schema of a claim as a JSON object.

    Args:
        columns: Its fields; `chain` among them if it is written.
        hops: The fields of a hop.
    """
    return {
        "$schema": DIALECT,
        "title": "A claim",
        "description": "One report, in one version of an article, that somebody stated something.",
        **_object(columns, {"chain": _chain(hops)}),
    }


def _chain(hops: Sequence[Column]) -> JsonObject:
    description = "The chain of attribution, from the voice whose words they are outward."
    return {"type": ["array", "null"], "description": description, "items": _object(hops, {})}


def _object(columns: Sequence[Column], nested: Mapping[str, JsonObject]) -> JsonObject:
    return {
        "type": "object",
        "properties": {one.name: nested.get(one.name) or _property(one) for one in columns},
        "required": [one.name for one in columns],
    }


def _property(column: Column) -> JsonObject:
    schema: dict[str, Json] = {**KINDS.get(column.kind, {"type": "string"})}
    if column.name in VALUES:
        # A null is not allowed by its type alone.
        schema["enum"] = [*VALUES[column.name], *([None] if column.optional else [])]
    if column.optional:
        schema["type"] = [schema["type"], "null"]
    return {**schema, "description": column.meaning}
