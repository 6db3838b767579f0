"""Registers as CSV and as JSON lines."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from claims.model.authority import AuthorityEntry
from claims.model.problem import Problem, Reason
from claims.readers.authorities.record import bad_field, join_offices, make_entry

COLUMNS = frozenset(
    {
        "id", "name", "kind", "aliases", "wikidata", "country", "homepage", "description",
        "role", "organisation", "from", "until",
    }
)  # fmt: skip
"""What a CSV register may have; only `name` must be there. Several rows of one id are one source
with several offices; aliases are parted by semicolons."""


def read_csv_authority(text: str, place: str) -> list[AuthorityEntry | Problem]:
    """Read a register from CSV with a line of column names."""
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
            many = "more" if None in row else "fewer"
            yield Problem(place, Reason.BAD_FIELD, f"the row has {many} fields than names", line)
            continue
        yield make_entry(_as_record(row), place, line)


def _as_record(row: Mapping[str, str]) -> dict[str, Any]:
    stated = {name.strip().casefold(): value for name, value in row.items() if value.strip()}
    office = {
        inner: stated.pop(outer)
        for outer, inner in (
            ("role", "title"),
            ("organisation", "organisation"),
            ("from", "from"),
            ("until", "until"),
        )
        if outer in stated
    }
    record: dict[str, Any] = {"name": "", **stated}
    if "aliases" in record:
        record["aliases"] = [part for part in record["aliases"].split(";") if part.strip()]
    if office:
        record["roles"] = [office]
    return record


def read_jsonl_authority(text: str, place: str) -> list[AuthorityEntry | Problem]:
    """Read a register from JSON lines, one source a line."""
    found: list[AuthorityEntry | Problem] = []
    for line, raw in read_objects(text, place):
        found.append(raw if isinstance(raw, Problem) else make_entry(raw, place, line))
    return join_offices(found)


def read_objects(text: str, place: str) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """The JSON object on each line that is not blank, with the line's number."""
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
