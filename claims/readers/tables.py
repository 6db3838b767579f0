"""Rows of cells from CSV, as spreadsheets and programs write it; a damaged row costs no other."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.model.problem import Problem, Reason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

DELIMITERS = ",;\t"
HEAD = 4096
LONGEST_LINE = 1 << 20
"""Code points of a line."""
MOST_LINES = 200
"""Lines of a row. A cell with more is one whose quotation mark was never closed."""
MOST_COLUMNS = 1000
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
SHOWN = 200
UTF_8 = "UTF-8"
OTHERWISE = "--encoding windows-1252 reads what older spreadsheets save"


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        line: Of the file, or number in its sheet, from 1.
        cells: As many as the table has names.
    """

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a line of column names.

    Attributes:
        line: On which the names stand.
        rows: What follows, read once.
        encoding: What its text was read as.
    """

    names: list[str]
    line: int
    rows: Iterator[Row | Problem]
    encoding: str = UTF_8

    @property
    def misread(self) -> str:
        """What a problem says of a cell whose bytes are no text in this encoding."""
        if self.encoding != UTF_8:
            return f"not in {self.encoding}"
        return f"not in UTF-8; {OTHERWISE}"


class _Lines:
    """The lines of a text, some of which may be put back."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self._open: list[str] = []
        self.line = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self._open) == MOST_LINES:
            raise csv.Error
        line = self._back.popleft() if self._back else self._read()
        if not line:
            raise StopIteration
        self._open.append(line)
        return line

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            while (rest := self._text.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
                pass
            self._open.append(line[:SHOWN])
            raise _TooLongError
        return line

    def begin(self) -> int:
        """Forget the row before; returns the line that comes next."""
        self.line += len(self._open)
        self._open.clear()
        return self.line

    def keep_first(self) -> str:
        """Put back all lines of the row but the first, which is returned."""
        self._back.extendleft(reversed(self._open[1:]))
        del self._open[1:]
        return self._open[0] if self._open else ""

    @property
    def count(self) -> int:
        """How many lines the row has so far."""
        return len(self._open)


class _TooLongError(Exception):
    """A line has more than LONGEST_LINE code points."""


def open_csv(
    stream: io.BufferedReader, location: str, encoding: str | None = None
) -> Table | Problem:
    """The table in a stream of CSV, or the problem with its column names.

    The cells may be separated by commas, semicolons or tabs; a first line such as `sep=;`, which
    spreadsheets write, says so. The text is UTF-8, or UTF-16 as Excel's "Unicode text".

    Args:
        stream: From the beginning.
        location: The file, for problems.
        encoding: What the text is in, as Python names it, if it is neither; a byte order mark
            counts more.
    """
    lines = _Lines(_decoded(stream, encoding))
    names, delimiter = _read_names(lines)
    if isinstance(names, Reason):
        detail = {
            Reason.EMPTY: "there is no line of column names",
            Reason.BAD_ENCODING: f"the column names are not in {encoding or UTF_8}"
            + ("" if encoding else f"; {OTHERWISE}"),
        }.get(names, "the column names are not CSV")
        return Problem(location, names, detail, lines.line)
    rows = _read_rows(lines, delimiter, len(names), location)
    return Table(names, lines.line, rows, encoding or UTF_8)


def _decoded(stream: io.BufferedReader, named: str | None) -> io.TextIOBase:
    head = stream.peek(HEAD)[:HEAD]
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), named)
    if encoding is None and b"\0" in head[:HEAD]:
        # Without a byte order mark, ASCII in UTF-16 has a NUL in every other byte.
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) // 4:
            encoding = "utf-16-be" if even > odd else "utf-16-le"
    lent = io.BufferedReader(_Lent(stream), io.DEFAULT_BUFFER_SIZE)
    if encoding and encoding.startswith("utf-16"):
        return io.TextIOWrapper(lent, encoding, errors="replace", newline="")
    # Bytes that are no text become surrogates, so that one bad row does not end the file.
    return io.TextIOWrapper(lent, encoding or "utf-8", errors="surrogateescape", newline="")


class _Lent(io.RawIOBase):
    """A stream that whoever opened it closes: a wrapper of text closes what it wraps."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill some of the buffer; 0 at the end."""
        return self._stream.readinto1(buffer)


def _read_names(lines: _Lines) -> tuple[list[str] | Reason, str]:
    delimiter = None
    while True:
        lines.begin()
        first = next(lines, "") if lines.line < MOST_LINES else ""
        if not first:
            return Reason.EMPTY, ","
        opening = first.strip().strip('"').lower()
        if opening.startswith("sep=") and len(opening) == len("sep=;"):
            delimiter = opening[-1]
        elif first.strip("\r\n") == "sep=\t":
            delimiter = "\t"
        elif first.strip():
            break
    delimiter = delimiter or max(DELIMITERS, key=first.count)
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True))
    except csv.Error:
        return Reason.BAD_CSV, delimiter
    if not has_text(first):
        return Reason.BAD_ENCODING, delimiter
    return [name.strip() for name in names], delimiter


def _read_rows(lines: _Lines, delimiter: str, width: int, location: str) -> Iterator[Row | Problem]:
    while True:
        line = lines.begin()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
        except _TooLongError:
            detail = f"the line is longer than {LONGEST_LINE:,} characters"
            yield Problem(location, Reason.TOO_LARGE, detail, line)
            continue
        except csv.Error:
            yield _unclosed(lines, location, line)
            continue
        if cells is None:
            return
        if not any(map(str.strip, cells)):
            continue
        if len(cells) > width and not any(map(str.strip, cells[width:])):
            cells = cells[:width]  # separators at the end, which spreadsheets add
        if len(cells) == width:
            yield Row(line, cells)
        elif lines.count > 1:
            yield _unclosed(lines, location, line)
        else:
            detail = f"the row has {len(cells)} cells, the column names are {width}"
            yield Problem(location, Reason.BAD_FIELD, detail, line, None, shown(cells[0]))


def _unclosed(lines: _Lines, location: str, line: int) -> Problem:
    """The problem with a row whose marks do not match; reading goes on with the line after it."""
    first = lines.keep_first()
    detail = "a quotation mark of this row is not closed, or stands inside a cell by itself"
    return Problem(location, Reason.BAD_CSV, detail, line, None, shown(first.strip()))


def shown(text: str) -> str:
    """The start of a value, as a problem shows it."""
    return text[:SHOWN].encode(errors="replace").decode()


def has_text(cell: str) -> bool:
    """Whether a cell is text: bytes that were not UTF-8 stand in it as surrogates."""
    return not any("\udc80" <= character <= "\udcff" for character in cell)
