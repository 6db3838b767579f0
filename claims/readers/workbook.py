"""Rows of cells from an Excel workbook, as text: days in ISO 8601, whole numbers as such."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import TypeAlias

from claims.model.problem import Problem, Reason
from claims.readers.tables import MOST_COLUMNS, Row, Table

Cell: TypeAlias = str | int | float | date | time | None

MAGIC = b"PK\x03\x04"
LARGEST = 64 << 20
"""Bytes of a workbook that comes packed or through a pipe."""
MOST_UNPACKED = 512 << 20
"""Bytes of all parts; rows are read as they come, but texts that cells share are held."""
MOST_SHARED = 64 << 20
"""Bytes of the texts that cells share."""
EMPTY_HEAD = 100
"""Rows above the column names that may be empty."""
SHARED = "xl/sharedStrings.xml"


def is_workbook(head: bytes) -> bool:
    """Whether some first bytes are those of a package such as a workbook."""
    return head.startswith(MAGIC)


def open_workbook(stream: io.BufferedReader, location: str, sheet: str | None) -> Table | Problem:
    """The table of a sheet of a workbook, or the problem with it.

    Formulas count as what they gave when the workbook was saved.

    Args:
        stream: From the beginning; one that cannot be sought in is held, within limits.
        location: The file, for problems.
        sheet: The sheet's name; None for the first one that is not hidden.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.2 s to import, for workbooks alone

    if not stream.seekable():
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            detail = f"a workbook in a pipe has at most {LARGEST >> 20} MiB"
            return Problem(location, Reason.TOO_LARGE, detail)
        stream = io.BufferedReader(io.BytesIO(raw))
    try:
        if too_large := _too_large(stream):
            return Problem(location, Reason.TOO_LARGE, too_large)
        stream.seek(0)
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        shown = [one.title for one in book.worksheets if one.sheet_state == "visible"]
        title = sheet or next(iter(shown), None)
        if title not in book.sheetnames:
            names = ", ".join(shown) or "none"
            detail = f"it has no sheet {title}; its sheets are {names}" if sheet else "no sheets"
            return Problem(location, Reason.EMPTY, detail)
        cells = book[title].iter_rows(values_only=True)
        return _table(enumerate(cells, 1), location)
    # The library raises whatever a damaged package makes it meet.
    except Exception as error:  # noqa: BLE001 - the same
        return _damaged(location, error)


def _too_large(stream: io.BufferedReader) -> str | None:
    with zipfile.ZipFile(stream) as package:
        parts = {part.filename: part.file_size for part in package.infolist()}
    if sum(parts.values()) > MOST_UNPACKED:
        return f"it unpacks to more than {MOST_UNPACKED >> 20} MiB"
    if parts.get(SHARED, 0) > MOST_SHARED:
        return f"its texts are more than {MOST_SHARED >> 20} MiB"
    return None


def _damaged(location: str, error: Exception) -> Problem:
    detail = " ".join(f"it cannot be read as a workbook: {error}".split())[:200]
    return Problem(location, Reason.DAMAGED, detail)


def _table(rows: Iterator[tuple[int, Iterable[Cell]]], location: str) -> Table | Problem:
    for line, cells in islice(rows, EMPTY_HEAD):
        names = [_text(cell).strip() for cell in islice(cells, MOST_COLUMNS)]
        while names and not names[-1]:
            names.pop()
        if names:
            return Table(names, line, _read_rows(rows, len(names), location))
    return Problem(location, Reason.EMPTY, "there is no row of column names")


def _read_rows(
    rows: Iterator[tuple[int, Iterable[Cell]]], width: int, location: str
) -> Iterator[Row | Problem]:
    line = 0
    try:
        for line, row in rows:
            cells = [_text(cell) for cell in islice(row, width)]
            if any(map(str.strip, cells)):
                yield Row(line, cells + [""] * (width - len(cells)))
    except Exception as error:  # noqa: BLE001 - the library raises whatever a damaged package gives
        damaged = _damaged(location, error)
        yield Problem(location, damaged.reason, damaged.detail, line + 1)


def _text(cell: Cell) -> str:
    """A cell as a person would type it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
