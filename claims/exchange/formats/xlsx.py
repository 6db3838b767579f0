"""Claims as a workbook for people: sheets claims, hops and sources.

Every cell that holds words is written as text, whatever it begins with: a spreadsheet never makes a
formula, a link or a number of it. Days are written as dates and numbers as numbers. Rows go
straight to the file, so that memory stays the same for any number of claims.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, TypeAlias

import orjson
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from claims.exchange.records import HopRecord

Cell: TypeAlias = str | int | float | date | None
"""What a cell of the workbook may hold; a moment is without a zone, in UTC."""

MOST_ROWS = 1_048_576
"""Rows of a sheet, its header included; more rows go on in another sheet."""

LONGEST = 32_767
"""Characters of a cell, as UTF-16 counts them; Excel refuses a file with more."""

FIRST_DAY = date(1900, 3, 1)
"""Before this day Excel's calendar is off by one (it has a 29 February 1900)."""

CLAIM_DAYS, MOMENTS = ("said_from", "said_to", "day"), ("published_at", "first_printed_at")
HOP = ("claim", "position", "source", "source_kind", "mention", "cue", "capacity", "mode")
SOURCE = (
    "source", "kind", "name", "description", "wikidata", "country", "homepage", "merged_into",
    "shown_as",
)  # fmt: skip


@dataclass(slots=True)
class WorkbookCounts:
    """What was written into a workbook.

    Attributes:
        claims: Rows of claims.
        sheets: Names of all sheets, with their rows.
        cut: Cells that were longer than a spreadsheet allows.
    """

    claims: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    cut: int = 0


def write_xlsx(
    records: Iterable[bytes], sources: Iterable[bytes], out: IO[bytes], columns: Sequence[str]
) -> WorkbookCounts:
    """Write a workbook.

    Args:
        records: A JSON object for each claim, with its chain; read once. Hops wait in a temporary
            file until the second sheet begins.
        sources: A JSON object for each source.
        out: The file to write to; written at the end.
        columns: The fields of a claim.
    """
    written = WorkbookCounts()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with tempfile.TemporaryFile(prefix="claims-") as hops:
        book = _Book(xlsxwriter.Workbook(out, options), written)
        written.claims = book.fill("claims", columns, _claims(records, hops, columns))
        hops.seek(0)
        book.fill("hops", HOP, map(orjson.loads, hops))
        book.fill("sources", SOURCE, map(_source, sources))
        try:
            book.workbook.close()
        except FileCreateError as error:
            # The library's own wrapping of what the system said.
            raise error.args[0] if isinstance(error.args[0], OSError) else error from error
    return written


def _claims(
    records: Iterable[bytes], hops: IO[bytes], columns: Sequence[str]
) -> Iterator[list[Cell]]:
    for line in records:
        record = orjson.loads(line)
        chain: list[HopRecord] = record["chain"] or []
        for hop in chain:
            cells = dict(hop) | {"claim": record["claim"]}
            row = [cells[name] for name in HOP]
            hops.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        record["carriers"] = " < ".join(hop["source"] or hop["mention"] for hop in chain[1:])
        record["cues"] = " < ".join(hop["cue"] for hop in chain)
        record["modes"] = " < ".join(hop["mode"] for hop in chain)
        yield [_typed(name, record[name]) for name in columns]


def _typed(name: str, value: Cell) -> Cell:
    if value is None or not isinstance(value, str):
        return value
    if name in CLAIM_DAYS:
        return date.fromisoformat(value)
    if name in MOMENTS:
        # A spreadsheet has no time zones: all moments are in UTC.
        return datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)
    return value


def _source(line: bytes) -> list[Cell]:
    cells: dict[str, Cell] = orjson.loads(line)
    return [cells[name] for name in SOURCE]


class _Book:
    """A workbook that is being written."""

    def __init__(self, workbook: Workbook, written: WorkbookCounts) -> None:
        self.workbook = workbook
        self._written = written
        self._bold = workbook.add_format({"bold": True})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def fill(self, name: str, columns: Sequence[str], rows: Iterable[list[Cell]]) -> int:
        """Write rows into a sheet, and into more when one is full; returns how many rows."""
        sheet, title = self._begin(name, columns), name
        number = row_index = 1
        total = 0
        self._written.sheets[title] = 0
        for row in rows:
            if row_index == MOST_ROWS:
                number += 1
                title = f"{name} {number}"
                sheet, row_index = self._begin(title, columns), 1
            for column, value in enumerate(row):
                self._written.cut += self._write(sheet, (row_index, column), value)
            self._written.sheets[title] = row_index
            row_index += 1
            total += 1
        return total

    def _begin(self, name: str, columns: Sequence[str]) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(columns):
            sheet.write_string(0, column, title, self._bold)
        return sheet

    def _write(self, sheet: Worksheet, at: tuple[int, int], value: Cell) -> bool:
        """Write one cell by its type; returns whether it had to be cut."""
        if value is None:
            return False
        if isinstance(value, date):
            moment = isinstance(value, datetime)
            if (value.date() if isinstance(value, datetime) else value) >= FIRST_DAY:
                sheet.write_datetime(*at, value, self._moment if moment else self._day)
                return False
            value = value.isoformat()
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(*at, value)
            return False
        text = value if isinstance(value, str) else str(value)
        fits = _fitting(text)
        # An empty text is a cell too: it is not the same as nothing.
        sheet.write_string(*at, fits)
        return fits != text


def _fitting(value: str) -> str:
    if len(value) * 2 <= LONGEST or len(value.encode("utf-16-le")) // 2 <= LONGEST:
        return value
    cut = value.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore")
    return f"{cut}…"
