"""The record of a source in an authority file, whatever its format, and its checks."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from claims.model.authority import AuthorityEntry, AuthorityOffice
from claims.model.json import Json, JsonObject
from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.readers.checked import plain_words
from claims.text.clean import clean_line

FIRST_YEAR, LAST_YEAR, NO_END = 1, 9998, "9999"
"""Years of offices. Registers write the last there is for an office that is still held."""

VALUE = 200
"""Most code points of a bad value that a problem keeps."""

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?")
_OFFICE = re.compile(r"^roles\.\d+\.")

MESSAGES = {
    "wikidata": "a Wikidata item is Q and a number",
    "country": "a country is two capitals, as in ISO 3166-1",
    "homepage": "an address begins with https://",
    "kind": "a kind is person, organisation, outlet or group",
}
"""The problem with a malformed field."""


def read_day(text: str, *, last: bool) -> date:
    """Read a year, month or day; of a year or month the first day, or the last.

    Raises:
        ValueError: The text is none of these.
    """
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise ValueError("a day is YYYY, YYYY-MM or YYYY-MM-DD")
    year = int(match[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"a year is {FIRST_YEAR:04} to {LAST_YEAR}")
    month = int(match[2] or (12 if last else 1))
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        raise ValueError("a month is 01 to 12")
    day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
    return date(year, month, day)


def _first(value: Json) -> "Json | date":
    return read_day(_day_text(value), last=False) if value else None


def _last(value: Json) -> "Json | date":
    if not value or _day_text(value).strip().startswith(NO_END):
        return None
    return read_day(_day_text(value), last=True)


def _day_text(value: Json) -> str:
    """A day that is a number would be taken for seconds since 1970."""
    if not isinstance(value, str):
        raise ValueError("a day is text: YYYY, YYYY-MM or YYYY-MM-DD")  # noqa: TRY004 - pydantic's protocol
    return value


def _line(value: Json) -> Json:
    return clean_line(value) if isinstance(value, str) else value


def _optional(value: Json) -> Json:
    return (clean_line(value) or None) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_line), Field(min_length=1, max_length=500)]
Optional = Annotated[Line | None, BeforeValidator(_optional)]


class OfficeRecord(BaseModel):
    """An office in a record."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    title: Line
    organisation: Optional = None
    first: Annotated[date | None, BeforeValidator(_first)] = Field(None, alias="from")
    last: Annotated[date | None, BeforeValidator(_last)] = Field(None, alias="until")


class SourceRecord(BaseModel):
    """A source in a record."""

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


def make_entry(raw: JsonObject, place: str, line: int) -> AuthorityEntry | Problem:
    """An entry from a record, or the problem of its first malformed field."""
    try:
        record = SourceRecord.model_validate(raw)
        offices = tuple(_office(one) for one in record.roles)
    except ValidationError as error:
        first = error.errors()[0]
        field = _OFFICE.sub("", ".".join(map(str, first["loc"])))
        detail = MESSAGES.get(field) or plain_words(first["type"], first["msg"])
        return bad_field(place, line, field, first.get("input"), detail=detail)
    except _ReversedError as error:
        detail = "the last day lies before the first"
        return bad_field(place, line, "roles", str(error), detail=detail)
    fields = record.model_dump(include={"description", "wikidata", "country", "homepage"})
    return AuthorityEntry(
        place=place,
        line=line,
        key=record.id or record.wikidata or record.name,
        kind=record.kind,
        name=record.name,
        aliases=tuple(dict.fromkeys(a for a in record.aliases if a != record.name)),
        fields=tuple((name, value) for name, value in fields.items() if value),
        offices=offices,
    )


def find_office_problem(raw: JsonObject, place: str, line: int) -> Problem | None:
    """The problem of an office's first malformed field; None if it has none."""
    try:
        _office(OfficeRecord.model_validate(raw))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        detail = plain_words(first["type"], first["msg"])
        return bad_field(place, line, field, first.get("input"), detail=detail)
    except _ReversedError as error:
        detail = "the last day lies before the first"
        return bad_field(place, line, "until", str(error), detail=detail)
    return None


class _ReversedError(ValueError):
    """An office that ends before it begins."""


def _office(record: OfficeRecord) -> AuthorityOffice:
    if record.first and record.last and record.last < record.first:
        raise _ReversedError(record.title)
    return AuthorityOffice(record.title, record.organisation, record.first, record.last)


def bad_field(place: str, line: int, field: str, value: Json, *, detail: str) -> Problem:
    """The problem of one field of one record."""
    shown = None if value is None else clean_line(str(value))[:VALUE]
    return Problem(place, Reason.BAD_FIELD, detail, line, field, shown)


def join_offices(entries: Sequence[AuthorityEntry | Problem]) -> list[AuthorityEntry | Problem]:
    """Join rows that share an id into one entry with all their offices, in place of the first."""
    joined: dict[str | int, AuthorityEntry | Problem] = {}
    for number, entry in enumerate(entries):
        if isinstance(entry, Problem):
            joined[number] = entry
            continue
        earlier = joined.get(entry.key)
        joined[entry.key] = _join(earlier, entry) if isinstance(earlier, AuthorityEntry) else entry
    return list(joined.values())


def _join(earlier: AuthorityEntry, later: AuthorityEntry) -> AuthorityEntry:
    """The earlier entry with the aliases, offices and missing fields of the later one."""
    return replace(
        earlier,
        aliases=tuple(dict.fromkeys((*earlier.aliases, *later.aliases))),
        fields=tuple({**dict(later.fields), **dict(earlier.fields)}.items()),
        offices=tuple(dict.fromkeys((*earlier.offices, *later.offices))),
    )
