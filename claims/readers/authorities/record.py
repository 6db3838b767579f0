"""The record of a source in an authority file, whatever its format, and its checks."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from claims.model.authority import AuthorityEntry, AuthorityOffice
from claims.model.json import Json, JsonObject
from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.readers.checked import (
    LEFT_OUT,
    BadField,
    bad_fields_of,
    check_fields,
    plain_words,
)
from claims.text.clean import clean_line

FIRST_YEAR, LAST_YEAR, NO_END = 1, 9998, "9999"
"""Years of offices. Registers write the last there is for an office that is still held."""

VALUE = 200
"""Most code points of a bad value that a problem keeps."""

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?")

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
ALIAS: TypeAdapter[str] = TypeAdapter(Line)


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


NEEDED = frozenset({"name", "kind"})
"""Fields without which a record that has them wrong is not read: a body would become a person."""


def make_entry(raw: JsonObject, place: str, line: int) -> list[AuthorityEntry | Problem]:
    """An entry from a record, after a problem for each field that it is read without.

    Of a list a bad value costs itself: one of several aliases, or an office. Without its name, or
    with a kind that is none, there is no entry.
    """
    aliases, wrong_aliases = _fitting("aliases", raw.get("aliases"), place, line)
    offices, wrong_offices = _fitting("roles", raw.get("roles"), place, line)
    others = {name: value for name, value in raw.items() if name not in {"aliases", "roles"}}
    checked = check_fields(SourceRecord, {**others, "aliases": aliases, "roles": offices})
    needed = [one for one in checked.bad_fields if one.field in NEEDED]
    record = None if needed else checked.record
    bad_fields = checked.bad_fields if record else (*needed, *checked.bad_fields)[:1]
    problems: list[AuthorityEntry | Problem] = [
        _problem_of(one, place, line, lost=record is None) for one in bad_fields
    ]
    if record is None:
        return problems
    return [*problems, *wrong_aliases, *wrong_offices, _entry(record, place, line)]


def _problem_of(one: BadField, place: str, line: int, *, lost: bool) -> Problem:
    field = one.field or "the record"
    detail = one.detail.removesuffix(LEFT_OUT)
    detail = MESSAGES.get(field) or detail
    return bad_field(place, line, field, one.value, detail=detail + ("" if lost else LEFT_OUT))


def _fitting(field: str, values: Json, place: str, line: int) -> tuple[list[Json], list[Problem]]:
    """The values of a list that can be read, and the problems with the others."""
    if values is None:
        return [], []
    if not isinstance(values, list):
        detail = f"it must be a list{LEFT_OUT}"
        return [], [bad_field(place, line, field, values, detail=detail)]
    fitting, problems = [], list[Problem]()
    for number, value in enumerate(values):
        if field == "roles":
            problem = find_office_problem(value, place, line)
        else:
            problem = _alias_problem(value, f"{field}.{number}", place, line)
        if problem is None:
            fitting.append(value)
        else:
            problems.append(replace(problem, detail=problem.detail + LEFT_OUT))
    return fitting, problems


def _alias_problem(value: Json, field: str, place: str, line: int) -> Problem | None:
    try:
        ALIAS.validate_python(value)
    except ValidationError as error:
        [first] = bad_fields_of(error)[:1]
        return bad_field(place, line, field, value, detail=first.detail)
    return None


def _entry(record: SourceRecord, place: str, line: int) -> AuthorityEntry:
    fields = record.model_dump(include={"description", "wikidata", "country", "homepage"})
    return AuthorityEntry(
        place=place,
        line=line,
        key=record.id or record.wikidata or record.name,
        kind=record.kind,
        name=record.name,
        aliases=tuple(dict.fromkeys(a for a in record.aliases if a != record.name)),
        fields=tuple((name, value) for name, value in fields.items() if value),
        offices=tuple(map(_office, record.roles)),
    )


def find_office_problem(raw: Json, place: str, line: int) -> Problem | None:
    """The problem of an office's first malformed field; None if it has none."""
    try:
        _office(OfficeRecord.model_validate(raw))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "roles"
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
