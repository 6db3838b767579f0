"""What a register's record must be like, whatever file it comes from."""

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from claims.model.authority import AuthorityEntry, AuthorityOffice
from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.text.clean import clean_line

VALUE = 200
"""Code points of a bad value that a problem keeps."""

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?")


_OFFICE = re.compile(r"^roles\.\d+\.")

SAID = {
    "wikidata": "a Wikidata item is Q and a number",
    "country": "a country is two capitals, as in ISO 3166-1",
    "homepage": "an address begins with https://",
    "kind": "a kind is person, organisation, outlet or group",
}
"""What is told of a field that is malformed."""


def _plain(kind: str, message: str) -> str:
    if kind in {"too_short", "string_too_short", "missing"}:
        return "it is missing or empty"
    if kind == "extra_forbidden":
        return "no such field is known"
    return message.removeprefix("Value error, ").lower()


def read_day(stated: str, *, last: bool) -> date:
    """A day stated as year, month or day; of a longer time its first day, or its last.

    Raises:
        ValueError: It is none of these.
    """
    match = _DAY.fullmatch(stated.strip())
    if not match:
        raise ValueError("a day is YYYY, YYYY-MM or YYYY-MM-DD")
    year = int(match[1])
    month = int(match[2] or (12 if last else 1))
    if not 1 <= month <= 12:  # noqa: PLR2004
        raise ValueError("a month is 01 to 12")
    day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
    return date(year, month, day)


def _first(stated: object) -> object:
    return read_day(stated, last=False) if isinstance(stated, str) and stated else stated or None


def _last(stated: object) -> object:
    return read_day(stated, last=True) if isinstance(stated, str) and stated else stated or None


def _line(stated: object) -> object:
    return clean_line(stated) if isinstance(stated, str) else stated


def _optional(stated: object) -> object:
    return (clean_line(stated) or None) if isinstance(stated, str) else stated


Line = Annotated[str, BeforeValidator(_line), Field(min_length=1, max_length=500)]
Optional = Annotated[Line | None, BeforeValidator(_optional)]


class OfficeRecord(BaseModel):
    """An office as a record states it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    title: Line
    organisation: Optional = None
    first: Annotated[date | None, BeforeValidator(_first)] = Field(None, alias="from")
    last: Annotated[date | None, BeforeValidator(_last)] = Field(None, alias="until")


class SourceRecord(BaseModel):
    """A source as a record states it."""

    model_config = ConfigDict(extra="forbid")

    id: Optional = None
    kind: SourceKind = SourceKind.PERSON
    name: Line
    aliases: tuple[Line, ...] = ()
    wikidata: Annotated[str | None, BeforeValidator(_optional)] = Field(
        None, pattern=r"^Q[1-9][0-9]*$"
    )
    country: Annotated[str | None, BeforeValidator(_optional)] = Field(None, pattern="^[A-Z]{2}$")
    homepage: Annotated[str | None, BeforeValidator(_optional)] = Field(
        None, pattern=r"^https?://[^\s/]+\.[^\s/]+\S*$"
    )
    description: Optional = None
    roles: tuple[OfficeRecord, ...] = ()


def make_entry(raw: Mapping[str, Any], place: str, line: int) -> AuthorityEntry | Problem:
    """An entry from a record, or what is wrong with the first field at fault."""
    try:
        record = SourceRecord.model_validate(raw)
        offices = tuple(_office(one) for one in record.roles)
    except ValidationError as error:
        fault = error.errors()[0]
        field = _OFFICE.sub("", ".".join(map(str, fault["loc"])))
        said = SAID.get(field) or _plain(fault["type"], fault["msg"])
        return bad_field(place, line, field, fault.get("input"), detail=said)
    except _ReversedError as error:
        detail = "the last day lies before the first"
        return bad_field(place, line, "roles", str(error), detail=detail)
    stated = record.model_dump(include={"description", "wikidata", "country", "homepage"})
    return AuthorityEntry(
        place=place,
        line=line,
        key=record.id or record.wikidata or record.name,
        kind=record.kind,
        name=record.name,
        aliases=tuple(dict.fromkeys(a for a in record.aliases if a != record.name)),
        fields=tuple((name, value) for name, value in stated.items() if value),
        offices=offices,
    )


class _ReversedError(ValueError):
    """An office that ends before it begins."""


def _office(record: OfficeRecord) -> AuthorityOffice:
    if record.first and record.last and record.last < record.first:
        raise _ReversedError(record.title)
    return AuthorityOffice(record.title, record.organisation, record.first, record.last)


def bad_field(place: str, line: int, field: str, value: object, *, detail: str) -> Problem:
    """The problem of one field of one record."""
    shown = None if value is None else clean_line(str(value))[:VALUE]
    return Problem(place, Reason.BAD_FIELD, detail, line, field, shown)


def join_offices(entries: Sequence[AuthorityEntry | Problem]) -> list[AuthorityEntry | Problem]:
    """Rows that share an id become one entry with all their offices, at the place of the first."""
    joined: dict[object, AuthorityEntry | Problem] = {}
    for number, entry in enumerate(entries):
        if isinstance(entry, Problem):
            joined[number] = entry
            continue
        known = joined.get(entry.key)
        if isinstance(known, AuthorityEntry):
            offices = tuple(dict.fromkeys((*known.offices, *entry.offices)))
            aliases = tuple(dict.fromkeys((*known.aliases, *entry.aliases)))
            stated = {**dict(entry.fields), **dict(known.fields)}
            entry = AuthorityEntry(  # noqa: PLW2901
                known.place, known.line, known.key, known.kind, known.name,
                aliases, tuple(stated.items()), offices,
            )  # fmt: skip
        joined[entry.key] = entry
    return list(joined.values())
