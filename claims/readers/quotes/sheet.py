"""A newsroom's own sheet of claims, with a line of column names, whatever they are called."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.model.quotation import ListedQuotation
from claims.readers.checked import LEFT_OUT
from claims.readers.days import DayOrder, UnclearDayError, read_day_cell
from claims.readers.detect import detect
from claims.readers.errors import BadMappingError, BadSheetError
from claims.readers.foreign import Foreign
from claims.readers.jsonl import moment_of
from claims.readers.quotes.record import QuoteRecord, bad, make_quoted
from claims.readers.tables import HEAD, Table, has_text, open_csv
from claims.readers.workbook import is_workbook, open_workbook

READER = "sheet/1"
FIELDS = ("speaker", "quote", "outlet", "date", "url", "title", "id", "kind")
NEEDED = ("speaker", "quote")
IDENTIFYING = frozenset({*NEEDED, "id", "kind"})
"""Fields that a row is not read without where they are wrong: it would say something else."""

USUAL_NAMES: Mapping[str, frozenset[str]] = {
    "speaker": frozenset({"speaker", "claimant", "who", "source", "name", "said by"}),
    "quote": frozenset({"quote", "quotation", "claim", "statement", "words", "text"}),
    "outlet": frozenset({"outlet", "publication", "paper", "medium", "publisher"}),
    "date": frozenset({"date", "published", "day", "when"}),
    "url": frozenset({"url", "link", "address"}),
    "title": frozenset({"title", "headline"}),
    "id": frozenset({"id"}),
    "kind": frozenset({"kind"}),
}
"""What columns are often called; used without asking if each needed field has exactly one."""

OUR_EXPORT: Mapping[str, str] = {
    "speaker": "speaker", "quote": "content", "outlet": "outlet", "date": "published_at",
    "url": "url", "title": "title", "id": "claim", "kind": "speaker_kind",
}  # fmt: skip
"""The columns of our own exports as CSV and XLSX. Who has no name there is not known."""


def open_sheet(
    stream: io.BufferedReader,
    location: str,
    sheet: str | None = None,
    *,
    encoding: str | None = None,
) -> Table:
    """The table of a sheet, CSV or a workbook.

    Args:
        stream: From the beginning; that of a workbook must be seekable.
        location: The file.
        sheet: Which sheet of a workbook; None for the first.
        encoding: Of CSV that is in neither UTF-8 nor UTF-16.

    Raises:
        BadSheetError: It is something else, or there is no line of column names.
    """
    head = stream.peek(HEAD)[:HEAD]
    if is_workbook(head):
        table = open_workbook(stream, location, sheet)
    else:
        seen = detect(location, head)
        if isinstance(seen, Foreign):
            raise BadSheetError(location, f"it is {seen.name}")
        table = open_csv(stream, location, encoding)
    if isinstance(table, Problem):
        place = location if table.line is None else f"{location}:{table.line}"
        raise BadSheetError(place, table.detail)
    return table


def guess_columns(names: list[str]) -> dict[str, str]:
    """Fields whose column has a usual name; a field that fits two columns is left out."""
    if set(OUR_EXPORT.values()) <= set(names):
        return dict(OUR_EXPORT)
    guessed = {}
    for field, usual in USUAL_NAMES.items():
        columns = [name for name in names if name.casefold() in usual]
        if len(columns) == 1:
            guessed[field] = columns[0]
    return guessed


def require_columns(mapping: Mapping[str, str], names: list[str]) -> None:
    """Refuse a mapping that a sheet cannot be read by.

    Raises:
        BadMappingError: A field or a column does not exist, or speaker or quote has no column.
    """
    shown = ", ".join(names) or "none"
    for field, column in mapping.items():
        if field not in FIELDS:
            raise BadMappingError(field, f"fields are {', '.join(FIELDS)}")
        if column not in names:
            raise BadMappingError(column, f"the sheet's columns are {shown}")
    for field in NEEDED:
        if field not in mapping:
            raise BadMappingError(field, f"no column has it; the sheet's columns are {shown}")


def read_sheet(
    table: Table,
    location: str,
    columns: Mapping[str, str],
    *,
    day_order: DayOrder | None = None,
) -> Iterator[ListedQuotation | Problem]:
    """The quotations of a sheet, with a problem for each row or cell that cannot be read.

    Args:
        table: The sheet.
        location: The file.
        columns: The column of each field.
        day_order: How days in figures are written; if it is not known, a day that may be two is a
            problem, and its row is read without it.
    """
    sheet = _Sheet({field: table.names.index(name) for field, name in columns.items()},
                   columns, day_order, silent=columns == OUR_EXPORT,
                   misread=table.misread)  # fmt: skip
    for row in table.rows:
        if isinstance(row, Problem):
            yield row
        else:
            yield from _read_row(row.cells, sheet, f"{location}:{row.line}")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a sheet is read.

    Attributes:
        indexes: Where the cell of each field stands.
        names: What people call the field: its column.
        silent: Whether a row without a speaker says that nobody is known.
        misread: What is said of a cell whose bytes are no text.
    """

    indexes: Mapping[str, int]
    names: Mapping[str, str]
    day_order: DayOrder | None
    silent: bool
    misread: str


def _read_row(row: list[str], sheet: _Sheet, location: str) -> Iterator[ListedQuotation | Problem]:
    cells = {field: row[index].strip() for field, index in sheet.indexes.items()}
    refused = _refuse(cells, sheet, location)
    if refused:
        yield refused
        return
    for field in [field for field, cell in cells.items() if not has_text(cell)]:
        detail, cell = f"{sheet.misread}{LEFT_OUT}", cells.pop(field)
        yield bad(location, Reason.BAD_ENCODING, detail, field=sheet.names[field], value=cell)
    published, printed = None, cells.get("date") or ""
    try:
        published = read_day_cell(printed, sheet.day_order) if printed else None
    except UnclearDayError:
        detail = "it may be two days; the row was read without it"
        yield bad(location, Reason.UNCLEAR_DATE, detail, field=sheet.names["date"], value=printed)
    except (ValueError, OverflowError):
        detail = "it is no day that can be read; the row was read without it"
        yield bad(location, Reason.BAD_FIELD, detail, field=sheet.names["date"], value=printed)
    quote = QuoteRecord(
        quote=cells["quote"],
        speaker=cells["speaker"],
        id=cells.get("id") or None,
        url=cells.get("url"),
        outlet=cells.get("outlet"),
        title=cells.get("title"),
        published=published,
        day=printed if published is None or not _is_iso(printed) else "",
        kind=SourceKind(cells.get("kind") or SourceKind.PERSON),
    )
    out = io.StringIO()
    csv.writer(out).writerow(row)
    raw = out.getvalue().encode(errors="surrogateescape")
    yield from make_quoted(quote, READER, location, raw, names=sheet.names)


def _refuse(cells: Mapping[str, str], sheet: _Sheet, location: str) -> Problem | None:
    """The problem that costs the row; None if it can be read."""
    for field, cell in cells.items():
        if field in IDENTIFYING and not has_text(cell):
            named = sheet.names[field]
            return bad(location, Reason.BAD_ENCODING, sheet.misread, field=named, value=cell)
    if not cells["speaker"] and not sheet.silent:
        detail = "the cell is empty; `unknown` says that nobody knows who said it"
        return bad(location, Reason.MISSING_FIELD, detail, field=sheet.names["speaker"])
    kind = cells.get("kind")
    if kind and kind not in set(SourceKind):
        detail = "a kind is person, organisation, outlet or group"
        return bad(location, Reason.BAD_FIELD, detail, field=sheet.names["kind"], value=kind)
    return None


def _is_iso(printed: str) -> bool:
    try:
        moment_of(printed)
    except ValueError:
        return False
    return True
