"""A newsroom's own sheet of claims: CSV with a line of column names, whatever they are called."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import IO, Any

from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.model.quotation import ListedQuotation
from claims.readers.errors import BadMappingError
from claims.readers.jsonl import moment_of
from claims.readers.quotes.record import QuoteRecord, bad, make_quoted

READER = "sheet/1"
FIELDS = ("speaker", "quote", "outlet", "date", "url", "title", "id", "kind")
NEEDED = ("speaker", "quote")
DELIMITERS = ",;\t"
HEADER = 1 << 20
"""Bytes of the longest line of column names."""

CALLED: Mapping[str, frozenset[str]] = {
    "speaker": frozenset({"speaker", "claimant", "who", "source", "name", "said by"}),
    "quote": frozenset({"quote", "quotation", "claim", "statement", "words", "text"}),
    "outlet": frozenset({"outlet", "publication", "paper", "medium", "publisher"}),
    "date": frozenset({"date", "published", "day", "when"}),
    "url": frozenset({"url", "link", "address"}),
    "title": frozenset({"title", "headline"}),
    "id": frozenset({"id"}),
    "kind": frozenset({"kind"}),
}
"""What columns are often called; taken without asking where each needed one is found once."""


def read_header(stream: IO[bytes]) -> tuple[list[str], str]:
    """The column names of a sheet, and what parts its cells; the stream stands after them.

    Raises:
        BadMappingError: There is no such line.
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
        raise BadMappingError("line 1", f"no CSV: {error}") from error
    return [name.strip() for name in names], delimiter


def guess_columns(names: list[str]) -> dict[str, str]:
    """Fields whose column is called as usual; a field that two columns may be is left open."""
    guessed = {}
    for field, called in CALLED.items():
        found = [name for name in names if name.casefold() in called]
        if len(found) == 1:
            guessed[field] = found[0]
    return guessed


def require_columns(mapping: Mapping[str, str], names: list[str]) -> None:
    """Refuse a mapping that a sheet cannot be read by.

    Raises:
        BadMappingError: A field is none of ours, a column is not there, or who or what is missing.
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
    stream: IO[bytes], place: str, names: list[str], *, delimiter: str, mapping: Mapping[str, str]
) -> Iterator[ListedQuotation | Problem]:
    """A quotation or a problem for each row after the header."""
    # Bytes that are no UTF-8 come as surrogates, so that one bad row does not end the file.
    text = io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    places = {field: names.index(column) for field, column in mapping.items()}
    try:
        yield from _read_rows(reader, places, len(names), place)
    finally:
        text.detach()  # whoever opened the file closes it


def _read_rows(
    reader: Any,  # noqa: ANN401 - what csv.reader gives has no public name
    places: Mapping[str, int],
    width: int,
    place: str,
) -> Iterator[ListedQuotation | Problem]:
    while True:
        line = reader.line_num + 2
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(place, Reason.BAD_FIELD, f"no CSV: {error}", line)
            continue
        if any(cell.strip() for cell in row):
            yield _read_row(row, places, width, f"{place}:{line}")


def _read_row(
    row: list[str], places: Mapping[str, int], width: int, place: str
) -> ListedQuotation | Problem:
    if len(row) != width:
        detail = f"the row has {len(row)} cells, the header {width}"
        return bad(place, Reason.BAD_FIELD, detail)
    cells = {field: row[at].strip() for field, at in places.items()}
    for field, cell in cells.items():
        if any("\udc80" <= character <= "\udcff" for character in cell):
            return bad(place, Reason.BAD_ENCODING, "not in UTF-8", field=field, value=cell)
    try:
        published = moment_of(cells["date"]) if cells.get("date") else None
    except ValueError:
        detail = "a day is YYYY-MM-DD, a moment ISO 8601"
        return bad(place, Reason.BAD_FIELD, detail, field="date", value=cells["date"])
    kind = cells.get("kind") or SourceKind.PERSON
    if kind not in set(SourceKind):
        detail = "a kind is person, organisation, outlet or group"
        return bad(place, Reason.BAD_FIELD, detail, field="kind", value=kind)
    stated = QuoteRecord(
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
    return make_quoted(stated, READER, place, out.getvalue().encode(errors="surrogateescape"))
