"""Authority files as CSV and as JSON lines."""

import csv
import io
from collections.abc import Iterator, Mapping

import orjson

from claims.model.authority import AuthorityEntry
from claims.model.json import Json, JsonObject
from claims.model.problem import Problem, Reason
from claims.readers.authorities.record import bad_field, join_offices, make_entry

COLUMNS = frozenset(
    {
        "id", "name", "kind", "aliases", "wikidata", "country", "homepage", "description",
        "role", "organisation", "from", "until",
    }
)  # fmt: skip
"""Columns of a CSV file; only `name` is required. Several rows with one id are one source with
several offices; aliases are separated by semicolons."""


def read_csv_authority(text: str, place: str) -> list[AuthorityEntry | Problem]:
    """Read an authority file from CSV with a line of column names."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    header = {(name or "").strip().casefold() for name in reader.fieldnames or ()}
    unknown = sorted(header - COLUMNS)
    if "name" not in header or unknown:
        detail = (
            f"columns may be {', '.join(sorted(COLUMNS))}; name must be there"
            if unknown
            else "there is no column called name in the first line"
        )
        field = unknown[0] if unknown else "name"
        return [bad_field(place, 1, field, None, detail=detail)]
    return join_offices(list(_read_rows(reader, place)))


def _read_rows(reader: "csv.DictReader[str]", place: str) -> Iterator[AuthorityEntry | Problem]:
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(place, Reason.BAD_FIELD, f"no CSV: {error}", line)
            continue
        if None in row or None in row.values():
            count = "more" if None in row else "fewer"
            yield Problem(place, Reason.BAD_FIELD, f"the row has {count} fields than names", line)
            continue
        yield make_entry(_as_record(row), place, line)


OFFICE_COLUMNS = {
    "role": "title",
    "organisation": "organisation",
    "from": "from",
    "until": "until",
}
"""Columns that describe an office, and the fields of its record."""


def _as_record(row: Mapping[str, str]) -> JsonObject:
    values = {name.strip().casefold(): value for name, value in row.items() if value.strip()}
    office = {
        field: values.pop(column) for column, field in OFFICE_COLUMNS.items() if column in values
    }
    record: dict[str, Json] = {"name": "", **values}
    if "aliases" in values:
        record["aliases"] = [part for part in values["aliases"].split(";") if part.strip()]
    if office:
        record["roles"] = [office]
    return record


def read_jsonl_authority(text: str, place: str) -> list[AuthorityEntry | Problem]:
    """Read an authority file from JSON lines, one source a line."""
    entries = [
        raw if isinstance(raw, Problem) else make_entry(raw, place, line)
        for line, raw in read_objects(text, place)
    ]
    return join_offices(entries)


def read_objects(text: str, place: str) -> Iterator[tuple[int, JsonObject | Problem]]:
    """The JSON object on each line that is not blank, with the number of the line."""
    for line, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            yield line, Problem(place, Reason.BAD_JSON, str(error), line, None, raw[:200])
            continue
        if not isinstance(value, dict):
            detail = "the line is no JSON object"
            yield line, Problem(place, Reason.BAD_JSON, detail, line, None, raw[:200])
            continue
        yield line, value
