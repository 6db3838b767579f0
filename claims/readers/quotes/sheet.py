"""A newsroom's own sheet of claims: CSV with a line of column names, whatever they are called."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING

from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.model.quotation import ListedQuotation
from claims.readers.errors import BadMappingError
from claims.readers.jsonl import moment_of
from claims.readers.quotes.record import QuoteRecord, bad, make_quoted

if TYPE_CHECKING:
    from _csv import Reader

READER = "sheet/1"
FIELDS = ("speaker", "quote", "outlet", "date", "url", "title", "id", "kind")
NEEDED = ("speaker", "quote")
DELIMITERS = ",;\t"
HEADER = 1 << 20
"""Bytes of the longest line of column names."""

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


def read_header(stream: IO[bytes]) -> tuple[list[str], str]:
    """The column names of a sheet, and what separates its cells; the stream is left after them.

    Raises:
        BadMappingError: The first line is not a line of column names.
    """
    first = stream.readline(HEADER)
    try:
        text = first.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMappingError("line 1", "the column names are not in UTF-8") from error
    delimiter = max(DELIMITERS, key=text.count)
    try:
        names = next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise BadMappingError("line 1", f"not CSV: {error}") from error
    return [name.strip() for name in names], delimiter


def guess_columns(names: list[str]) -> dict[str, str]:
    """Fields whose column has a usual name; a field that fits two columns is left out."""
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
    stream: IO[bytes],
    location: str,
    names: list[str],
    *,
    delimiter: str,
    mapping: Mapping[str, str],
) -> Iterator[ListedQuotation | Problem]:
    """A quotation or a problem for each row after the header."""
    # Bytes that are not UTF-8 become surrogates, so that one bad row does not end the file.
    text = io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    indexes = {field: names.index(column) for field, column in mapping.items()}
    try:
        yield from _read_rows(reader, indexes, len(names), location)
    finally:
        text.detach()  # whoever opened the file closes it


def _read_rows(
    reader: "Reader",
    indexes: Mapping[str, int],
    width: int,
    location: str,
) -> Iterator[ListedQuotation | Problem]:
    while True:
        line = reader.line_num + 2
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(location, Reason.BAD_FIELD, f"not CSV: {error}", line)
            continue
        if any(cell.strip() for cell in row):
            yield _read_row(row, indexes, width, f"{location}:{line}")


def _read_row(
    row: list[str], indexes: Mapping[str, int], width: int, location: str
) -> ListedQuotation | Problem:
    if len(row) != width:
        detail = f"the row has {len(row)} cells, the header {width}"
        return bad(location, Reason.BAD_FIELD, detail)
    cells = {field: row[index].strip() for field, index in indexes.items()}
    for field, cell in cells.items():
        if any("\udc80" <= character <= "\udcff" for character in cell):
            return bad(location, Reason.BAD_ENCODING, "not in UTF-8", field=field, value=cell)
    try:
        published = moment_of(cells["date"]) if cells.get("date") else None
    except ValueError:
        detail = "a day is YYYY-MM-DD, a moment ISO 8601"
        return bad(location, Reason.BAD_FIELD, detail, field="date", value=cells["date"])
    kind = cells.get("kind") or SourceKind.PERSON
    if kind not in set(SourceKind):
        detail = "a kind is person, organisation, outlet or group"
        return bad(location, Reason.BAD_FIELD, detail, field="kind", value=kind)
    quote = QuoteRecord(
        quote=cells["quote"],
        speaker=cells["speaker"],
        id=cells.get("id") or None,
        url=cells.get("url"),
        outlet=cells.get("outlet"),
        title=cells.get("title"),
        published=published,
        kind=SourceKind(kind),
    )
    out = io.StringIO()
    csv.writer(out).writerow(row)
    return make_quoted(quote, READER, location, out.getvalue().encode(errors="surrogateescape"))
