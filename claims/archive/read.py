"""Reads an archive, one table after another, and makes sure that it is whole."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from claims.archive.copy_text import BLOCK, LONGEST
from claims.archive.errors import BadArchiveError, NewerArchiveError
from claims.archive.headers import CONTRACT, FORMAT, Foot, Head, TableHead, parse
from claims.archive.tables import SECTIONS, Section

SECTION_OF = {section.table: section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table.

    Attributes:
        block: Whole lines.
        count: How many.
        first: Line of the first of them in the file, from 1.
    """

    block: bytes
    count: int
    first: int

    @property
    def lines(self) -> list[bytes]:
        """Without their newlines."""
        return self.block[:-1].split(b"\n")


class Archive:
    """An archive that is read once, from the beginning to the end.

    Args:
        stream: Its bytes.
        location: What to call it in messages.

    Attributes:
        head: Its first line: format, schema revision, rows of each table.
        location: What to call it in messages.
        line: The number of the last line that was read, from 1.

    Raises:
        BadArchiveError: It does not begin like an archive.
        NewerArchiveError: A newer version of the program wrote it.
    """

    def __init__(self, stream: IO[bytes], location: str) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._block = b""
        self._rest = b""
        self._rows = 0
        self.location = location
        self.line = 0
        self.head = parse(Head, self._read_line(), f"{location}:1")
        if self.head.format > FORMAT:
            raise NewerArchiveError(
                location, f"format {self.head.format}, this program reads {FORMAT}"
            )
        if self.head.contract != CONTRACT:
            detail = f"contract {self.head.contract}, this program reads {CONTRACT}"
            raise NewerArchiveError(location, detail)

    def tables(self) -> Iterator[tuple[Section, int, Iterator[Rows]]]:
        """Each table: its section with the columns of the file, how many rows, and these.

        The rows of one must be read to their end before the next comes.

        Raises:
            BadArchiveError: It is cut off or was changed.
            NewerArchiveError: It holds a table or column that this version does not know.
        """
        for name, rows in self.head.tables.items():
            head = parse(TableHead, self._read_line(), f"{self.location}:{self.line}")
            if (head.table, head.rows) != (name, rows):
                raise BadArchiveError(
                    f"{self.location}:{self.line}", f"table {name} must begin here"
                )
            yield self._section(head), rows, self._read_rows(rows)

    def _section(self, head: TableHead) -> Section:
        ours = SECTION_OF.get(head.table)
        if ours is None:
            raise NewerArchiveError(
                f"{self.location}:{self.line}", f"no table {head.table} is known"
            )
        unknown = sorted(set(head.columns) - set(ours.columns))
        if unknown:
            raise NewerArchiveError(
                f"{self.location}:{self.line}", f"no column {unknown[0]} is known"
            )
        if not set(ours.key) <= set(head.columns) or len(set(head.columns)) != len(head.columns):
            raise BadArchiveError(
                f"{self.location}:{self.line}", "a key is missing, or a column twice"
            )
        return replace(ours, columns=head.columns)

    def _read_rows(self, rows: int) -> Iterator[Rows]:
        while rows:
            if not self._block:
                self._fill()
            block, self._block = self._block, b""
            count = block.count(b"\n")
            if count > rows:
                self._block = block.split(b"\n", rows)[-1]
                block, count = block[: len(block) - len(self._block)], rows
            self._digest.update(block)
            first = self.line + 1
            self.line += count
            self._rows += count
            rows -= count
            yield Rows(block, count, first)

    def finish(self) -> Foot:
        """Read the last line and compare it with what was read.

        Raises:
            BadArchiveError: Something is missing, was changed or follows.
        """
        foot = parse(Foot, self._read_line(last=True), f"{self.location}:{self.line}")
        if foot.sha256 != self._digest.hexdigest() or foot.rows != self._rows:
            raise BadArchiveError(
                self.location, "its bytes are not those that its last line counts"
            )
        if self._block or self._rest or self._stream.read(1):
            raise BadArchiveError(
                f"{self.location}:{self.line + 1}", "something follows its last line"
            )
        return foot

    def _read_line(self, *, last: bool = False) -> bytes:
        if not self._block:
            self._fill()
        line, self._block = self._block.split(b"\n", 1)
        self.line += 1
        if not last:
            self._digest.update(line + b"\n")
        return line

    def _fill(self) -> None:
        """Read until at least one whole line is buffered."""
        chunks = [self._rest]
        size = len(self._rest)
        while True:
            chunk = self._stream.read(BLOCK)
            if not chunk:
                raise BadArchiveError(f"{self.location}:{self.line + 1}", "it is cut off here")
            chunks.append(chunk)
            size += len(chunk)
            if b"\n" in chunk:
                break
            if size > LONGEST:
                detail = f"a line longer than {LONGEST >> 20} MiB"
                raise BadArchiveError(f"{self.location}:{self.line + 1}", detail)
        self._block, newline, self._rest = b"".join(chunks).rpartition(b"\n")
        self._block += newline
