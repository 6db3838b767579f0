"""The lists of a source that decisions change, and their entries as decisions write them.

A source has lists of names, offices, ratings, identifiers and of sources that it is distinct from.
This module alone knows how their entries look in a decision's JSON.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Self

from claims.model.json import Json, JsonObject
from claims.model.span import Span, Spans

LISTS = ("names", "roles", "ratings", "identifiers", "distinct")
"""Keys of a decision that hold lists of entries; every other key is a field of the source."""

CANONICAL = "canonical"
"""The kind of the name that a source is shown by."""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name of a source.

    Attributes:
        kind: canonical, alias, former or transliteration.
        language: BCP 47 tag, if known.
    """

    name: str
    kind: str = "alias"
    language: str | None = None

    def to_json(self) -> JsonObject:
        """The entry as a decision holds it."""
        return {"name": self.name, "kind": self.kind, "language": self.language}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """The entry that a decision holds."""
        entry = _object(value)
        return cls(_text(entry, "name"), _text(entry, "kind"), _optional(entry, "language"))


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """An office that a source held.

    Attributes:
        organisation: The source where it is held.
        first: First day; None if not known.
        last: Last day, included; None if not known or still held.
        evidence: Where this is known from.
        version: The document version that prints the office.
        spans: Where it prints it.
    """

    title: str
    organisation: uuid.UUID | None = None
    first: date | None = None
    last: date | None = None
    evidence: str | None = None
    version: uuid.UUID | None = None
    spans: Spans = ()

    def to_json(self) -> JsonObject:
        """The entry as a decision holds it."""
        return {
            "title": self.title,
            "organisation": str(self.organisation) if self.organisation else None,
            "first": str(self.first) if self.first else None,
            "last": str(self.last) if self.last else None,
            "evidence": self.evidence,
            "version": str(self.version) if self.version else None,
            "spans": [list(span) for span in self.spans],
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """The entry that a decision holds."""
        entry = _object(value)
        organisation, version = _optional(entry, "organisation"), _optional(entry, "version")
        first, last = _optional(entry, "first"), _optional(entry, "last")
        return cls(
            title=_text(entry, "title"),
            organisation=uuid.UUID(organisation) if organisation else None,
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            evidence=_optional(entry, "evidence"),
            version=uuid.UUID(version) if version else None,
            spans=_spans(entry["spans"]),
        )


@dataclass(frozen=True, slots=True)
class RatingEntry:
    """A rating of an outlet.

    Attributes:
        rating: A to F.
        rated_on: The day from which it holds.
        rated_by: The reviewer.
        why: The reasons.
    """

    rating: str
    rated_on: date
    rated_by: uuid.UUID
    why: str

    def to_json(self) -> JsonObject:
        """The entry as a decision holds it."""
        return {
            "rating": self.rating,
            "rated_on": str(self.rated_on),
            "rated_by": str(self.rated_by),
            "why": self.why,
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """The entry that a decision holds."""
        entry = _object(value)
        return cls(
            rating=_text(entry, "rating"),
            rated_on=date.fromisoformat(_text(entry, "rated_on")),
            rated_by=uuid.UUID(_text(entry, "rated_by")),
            why=_text(entry, "why"),
        )


@dataclass(frozen=True, slots=True)
class IdentifierEntry:
    """The id of a source in an authority file.

    Attributes:
        register: The name of the authority file.
        value: The id there.
    """

    register: str
    value: str

    def to_json(self) -> JsonObject:
        """The entry as a decision holds it."""
        return {"register": self.register, "value": self.value}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """The entry that a decision holds."""
        entry = _object(value)
        return cls(_text(entry, "register"), _text(entry, "value"))


def entries_of(side: JsonObject, name: str) -> list[Json]:
    """The entries of one list in a decision's `before` or `after`; empty if it has no such list.

    Raises:
        TypeError: The value is not a list.
    """
    entries = side.get(name) or []
    if not isinstance(entries, list):
        raise TypeError(f"{name} is not a list: {entries!r}")
    return entries


def _object(value: Json) -> JsonObject:
    if not isinstance(value, dict):
        raise TypeError(f"an entry is an object, not {value!r}")
    return value


def _text(entry: JsonObject, field: str) -> str:
    return str(entry[field])


def _optional(entry: JsonObject, field: str) -> str | None:
    value = entry[field]
    return None if value is None else str(value)


def _spans(value: Json) -> Spans:
    spans = []
    for pair in entries_of({"spans": value}, "spans"):
        match pair:
            case [int(start), int(end)]:
                spans.append(Span(start, end))
            case _:
                raise TypeError(f"a span is a pair of offsets, not {pair!r}")
    return tuple(spans)
