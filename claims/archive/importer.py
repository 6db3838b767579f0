"""Takes an archive in: whole into an empty database, else what is new of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.archive.merge import compare_rows, merge_rows
from claims.archive.merge_result import MergeResult, SetAsideRow
from claims.archive.read import Archive, Rows
from claims.archive.restore import is_empty, restore
from claims.archive.rows import count_rows

if TYPE_CHECKING:
    from claims.archive.tables import Section
    from claims.database.engine import Database, OpenSession

Told = Callable[[str, int], None]
Keep = Callable[["OpenSession", SetAsideRow], None]
"""Keeps a row that was not taken in as a problem."""


@dataclass(slots=True)
class ImportResult:
    """What became of an archive.

    Attributes:
        restored: Rows of each table, where the database was empty.
        merged: Sums, where it was not.
    """

    restored: Mapping[str, int] | None = None
    merged: MergeResult = field(default_factory=MergeResult)


@dataclass(frozen=True, slots=True)
class ArchiveImporter:
    """How an archive is taken in.

    Attributes:
        database: Where to.
        keep: Keeps what was not taken in, in the same transaction.
        told: For progress.
        rehearse: Only say what would happen.
    """

    database: "Database"
    keep: Keep
    told: Told
    rehearse: bool = False

    def take(self, archive: Archive) -> ImportResult:
        """Take an archive in, in one transaction: after a kill, nothing of it is there.

        Raises:
            BadArchiveError: It is not whole.
            LawBrokenError: It breaks a law of the database.
            DatabaseError: The database refuses.
        """
        opened = self.database.rehearsal() if self.rehearse else self.database.writer()
        with opened as session:
            if is_empty(session):
                return ImportResult(restored=restore(session, archive, self.told))
            taken = ImportResult()
            with self.database.reader() as reading:
                counts = count_rows(reading)
            for section, rows, blocks in archive.tables():
                taken.merged.read[section.table] += rows
                counted = _counting(blocks, section.table, self.told)
                if rows and rows == counts[section.table]:
                    with self.database.reader() as reading:
                        left = compare_rows(reading, section, counted)
                        self._merge(session, section, left, place=archive.place, taken=taken)
                else:
                    self._merge(session, section, counted, place=archive.place, taken=taken)
            archive.finish()
            return taken

    def _merge(
        self,
        session: "OpenSession",
        section: "Section",
        rows: Iterator[Rows],
        *,
        place: str,
        taken: ImportResult,
    ) -> None:
        for aside in merge_rows(session, section, rows, place=place, merged=taken.merged):
            self.keep(session, aside)


def _counting(blocks: Iterator[Rows], table: str, told: Told) -> Iterator[Rows]:
    for rows in blocks:
        yield rows
        told(table, rows.count)
