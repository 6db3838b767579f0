"""Reads an archive, a table after the other, and makes sure that it is whole."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

from claims.errors import BadArchiveError, NewerArchiveError
from claims.exchange.archive.form import FORMAT, Foot, Head, TableHead, parse
from claims.exchange.archive.lines import BLOCK, LONGEST
from claims.exchange.archive.tables import SECTIONS, Section

KNOWN = {section.table: section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table.

    Attributes:
        lines: Without their newlines.
        first: Line of the first of them in the file, from 1.
    """

    lines: Sequence[bytes]
    first: int


class Archive:
    """An archive that is read once, from the beginning to the end.

    Args:
        stream: Its bytes.
        place: What to call it in messages.

    Attributes:
        head: What it says of itself.

    Raises:
        BadArchiveError: It does not begin as an archive.
        NewerArchiveError: Its format is not known yet.
    """

    def __init__(self, stream: IO[bytes], place: str) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._lines: list[bytes] = []
        self._next = 0
        self._rest = b""
        self._rows = 0
        self.place = place
        self.line = 0
        self.head = parse(Head, self._one(), f"{place}:1")
        if self.head.format > FORMAT:
            raise NewerArchiveError(
                place, f"format {self.head.format}, this program reads {FORMAT}"
            )

    def tables(self) -> Iterator[tuple[Section, int, Iterator[Rows]]]:
        """Each table: its section with the columns of the file, how many rows, and these.

        The rows of one must be read to their end before the next comes.

        Raises:
            BadArchiveError: It is cut off or was changed.
            NewerArchiveError: It holds a table or column that is not known yet.
        """
        for name, rows in self.head.tables.items():
            head = parse(TableHead, self._one(), f"{self.place}:{self.line}")
            if (head.table, head.rows) != (name, rows):
                raise BadArchiveError(f"{self.place}:{self.line}", f"table {name} must begin here")
            yield self._section(head), rows, self._take(rows)

    def _section(self, head: TableHead) -> Section:
        known = KNOWN.get(head.table)
        if known is None:
            raise NewerArchiveError(f"{self.place}:{self.line}", f"no table {head.table} is known")
        unknown = sorted(set(head.columns) - set(known.columns))
        if unknown:
            raise NewerArchiveError(f"{self.place}:{self.line}", f"no column {unknown[0]} is known")
        if not set(known.key) <= set(head.columns) or len(set(head.columns)) != len(head.columns):
            raise BadArchiveError(
                f"{self.place}:{self.line}", "a key is missing, or a column twice"
            )
        return replace(known, columns=head.columns)

    def _take(self, rows: int) -> Iterator[Rows]:
        while rows:
            if self._next == len(self._lines):
                self._fill()
            lines = self._lines[self._next : self._next + rows]
            self._hash(lines)
            first = self.line + 1
            self._next += len(lines)
            self.line += len(lines)
            self._rows += len(lines)
            rows -= len(lines)
            yield Rows(lines, first)

    def finish(self) -> Foot:
        """Read the foot and compare it with what was read.

        Raises:
            BadArchiveError: Something is missing, was changed or follows.
        """
        foot = parse(Foot, self._one(last=True), f"{self.place}:{self.line}")
        if foot.sha256 != self._digest.hexdigest() or foot.rows != self._rows:
            raise BadArchiveError(self.place, "its bytes are not those that its last line counts")
        if self._next < len(self._lines) or self._rest or self._stream.read(1):
            raise BadArchiveError(
                f"{self.place}:{self.line + 1}", "something follows its last line"
            )
        return foot

    def _one(self, *, last: bool = False) -> bytes:
        if self._next == len(self._lines):
            self._fill()
        line = self._lines[self._next]
        self._next += 1
        self.line += 1
        if not last:
            self._hash([line])
        return line

    def _hash(self, lines: Sequence[bytes]) -> None:
        self._digest.update(b"\n".join(lines))
        self._digest.update(b"\n")

    def _fill(self) -> None:
        """Read on until at least one line is there."""
        held = [self._rest]
        size = len(self._rest)
        while True:
            chunk = self._stream.read(BLOCK)
            if not chunk:
                raise BadArchiveError(f"{self.place}:{self.line + 1}", "it is cut off here")
            held.append(chunk)
            size += len(chunk)
            if b"\n" in chunk:
                break
            if size > LONGEST:
                detail = f"a line longer than {LONGEST >> 20} MiB"
                raise BadArchiveError(f"{self.place}:{self.line + 1}", detail)
        lines = b"".join(held).split(b"\n")
        self._rest = lines.pop()
        self._lines, self._next = lines, 0
