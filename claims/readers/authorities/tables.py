"""Authority files as tables, CSV or a workbook, and as JSON lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import orjson

from claims.model.authority import AuthorityEntry
from claims.model.json import Json, JsonObject
from claims.model.problem import Problem, Reason
from claims.readers.authorities.record import NEEDED, bad_field, join_offices, make_entry
from claims.readers.checked import LEFT_OUT
from claims.readers.tables import Row, Table, has_text

COLUMNS = frozenset(
    {
        "id", "name", "kind", "aliases", "wikidata", "country", "homepage", "description",
        "role", "organisation", "from", "until",
    }
)  # fmt: skip
"""Columns of a table; only `name` is required. Several rows with one id are one source with
several offices; aliases are separated by semicolons."""


OFFICE_COLUMNS = {
    "role": "title",
    "organisation": "organisation",
    "from": "from",
    "until": "until",
}
"""Columns that describe an office, and the fields of its record."""


SHOWN_AS = {"title": "role"}
"""Columns of the fields of a record that are called otherwise there."""


def read_table_authority(table: Table, place: str) -> list[AuthorityEntry | Problem]:
    """Read an authority file from a table with a line of column names."""
    header = [name.strip().casefold() for name in table.names]
    unknown = sorted(set(header) - COLUMNS)
    twice = [name for name in header if header.count(name) > 1]
    wrong = next(iter(unknown or twice), None)
    if wrong is not None:
        columns = ", ".join(sorted(COLUMNS))
        detail = f"columns may be {columns}, each once; name must be there"
        return [bad_field(place, table.line, wrong, None, detail=detail)]
    if "name" not in header:
        detail = "there is no column called name in the first line"
        return [bad_field(place, table.line, "name", None, detail=detail)]
    rows = (_read_row(row, table, header, place) for row in table.rows)
    return join_offices(list(chain.from_iterable(rows)))


def _read_row(
    row: Row | Problem, table: Table, header: Sequence[str], place: str
) -> list[AuthorityEntry | Problem]:
    if isinstance(row, Problem):
        return [row]
    cells = dict(zip(header, row.cells, strict=True))
    misread = [column for column, cell in cells.items() if not has_text(cell)]
    problems: list[AuthorityEntry | Problem] = [
        Problem(place, Reason.BAD_ENCODING, _without(table, column), row.line,
                table.names[header.index(column)])
        for column in misread
    ]  # fmt: skip
    if not NEEDED.isdisjoint(misread):
        return problems
    lost = {*misread, *(OFFICE_COLUMNS if "role" in misread else ())}  # no office without its title
    fitting = {column: cell for column, cell in cells.items() if column not in lost}
    entries = make_entry(_as_record(fitting), place, row.line)
    return [*problems, *(_in_its_columns(one, table, header) for one in entries)]


def _without(table: Table, column: str) -> str:
    return f"the cell is {table.misread}{'' if column in NEEDED else LEFT_OUT}"


def _in_its_columns(
    entry: AuthorityEntry | Problem, table: Table, header: Sequence[str]
) -> AuthorityEntry | Problem:
    """The same; a problem names its field as the column is called."""
    if not isinstance(entry, Problem) or not entry.field:
        return entry
    column = entry.field.partition(".")[0]
    column = SHOWN_AS.get(column, column)
    return replace(entry, field=table.names[header.index(column)] if column in header else column)


def _as_record(row: Mapping[str, str]) -> JsonObject:
    values = {name: value for name, value in row.items() if value.strip()}
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
    read = (
        [raw] if isinstance(raw, Problem) else make_entry(raw, place, line)
        for line, raw in read_objects(text, place)
    )
    return join_offices(list(chain.from_iterable(read)))


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
