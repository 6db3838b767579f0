"""Claims as a workbook for people: sheets claims, hops and sources.

Every cell that holds words is written as words. None is ever a formula, an address or a number that
a spreadsheet made of it, whatever it begins with; days are days, numbers numbers, and nothing else.
Rows go straight to the file, so that memory stays the same for any number of claims.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import IO, Any

import orjson
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
"""Rows of a sheet, its header among them; what is more goes on in the next sheet."""

LONGEST = 32_767
"""Characters of a cell, as UTF-16 counts them; Excel refuses a file with more."""

FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is wrong by a day (it has a 29 February 1900)."""

CLAIM_DAYS, MOMENTS = ("said_from", "said_to", "day"), ("published_at",)
HOP = ("claim", "position", "source", "source_kind", "mention", "cue", "capacity", "mode")
SOURCE = (
    "source", "kind", "name", "description", "wikidata", "country", "homepage", "merged_into",
    "shown_as",
)  # fmt: skip


@dataclass(slots=True)
class WorkbookCounts:
    """What a workbook holds.

    Attributes:
        claims: Rows of claims.
        sheets: Names of all sheets, with their rows.
        cut: Cells that were longer than a spreadsheet takes.
    """

    claims: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    cut: int = 0


def write_xlsx(
    records: Iterable[bytes], sources: Iterable[bytes], out: IO[bytes], columns: Sequence[str]
) -> WorkbookCounts:
    """Write a workbook.

    Args:
        records: A JSON object a claim, with its chain; they are read once, their hops kept in a
            file beside until the second sheet begins.
        sources: A JSON object a source.
        out: Where to; only written at the end.
        columns: The fields of a claim.
    """
    import tempfile  # noqa: PLC0415 - with the file that needs it

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
) -> Iterator[list[object]]:
    for line in records:
        record = orjson.loads(line)
        chain = record["chain"] or []
        for hop in chain:
            told = [record["claim"], *(hop[name] for name in HOP[1:])]
            hops.write(orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE))
        record["carriers"] = " < ".join(hop["source"] or hop["mention"] for hop in chain[1:])
        record["cues"] = " < ".join(hop["cue"] for hop in chain)
        yield [_typed(name, record[name]) for name in columns]


def _typed(name: str, value: object) -> object:
    if value is None or not isinstance(value, str):
        return value
    if name in CLAIM_DAYS:
        return date.fromisoformat(value)
    if name in MOMENTS:
        # A spreadsheet knows no zones: all moments are in UTC.
        return datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)
    return value


def _source(line: bytes) -> list[object]:
    record: Mapping[str, Any] = orjson.loads(line)
    return [record[name] for name in SOURCE]


class _Book:
    """A workbook at work."""

    def __init__(self, workbook: Workbook, written: WorkbookCounts) -> None:
        self.workbook = workbook
        self._written = written
        self._bold = workbook.add_format({"bold": True})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def fill(self, name: str, columns: Sequence[str], rows: Iterable[list[object]]) -> int:
        """Rows in a sheet, and in more of them when one is full; how many rows."""
        sheet, title = self._begin(name, columns), name
        number = at = 1
        total = 0
        self._written.sheets[title] = 0
        for row in rows:
            if at == MOST_ROWS:
                number += 1
                title = f"{name} {number}"
                sheet, at = self._begin(title, columns), 1
            for place, value in enumerate(row):
                self._written.cut += self._write(sheet, (at, place), value)
            self._written.sheets[title] = at
            at += 1
            total += 1
        return total

    def _begin(self, name: str, columns: Sequence[str]) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self._bold)
        return sheet

    def _write(self, sheet: Worksheet, at: tuple[int, int], value: object) -> bool:
        """Write one cell by its type; whether it had to be cut."""
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
