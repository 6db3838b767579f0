"""Takes an archive in: whole into an empty database, else what is new of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.exchange.archive.merge.model import Aside, Merged
from claims.exchange.archive.merge.store import compare_rows, merge_rows
from claims.exchange.archive.read import Archive, Rows
from claims.exchange.archive.restore.store import is_empty, restore
from claims.exchange.archive.store import count_rows

if TYPE_CHECKING:
    from claims.database.engine import Database, OpenSession
    from claims.exchange.archive.tables import Section

Told = Callable[[str, int], None]
Keep = Callable[["OpenSession", Aside], None]
"""Keeps a row that was not taken in as a problem."""


@dataclass(slots=True)
class Taken:
    """What became of an archive.

    Attributes:
        restored: Rows of each table, where the database was empty.
        merged: Sums, where it was not.
    """

    restored: Mapping[str, int] | None = None
    merged: Merged = field(default_factory=Merged)


@dataclass(frozen=True, slots=True)
class Taking:
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

    def take(self, archive: Archive) -> Taken:
        """Take an archive in, in one transaction: after a kill, nothing of it is there.

        Raises:
            BadArchiveError: It is not whole.
            LawBrokenError: It breaks a law of the database.
            DatabaseError: The database refuses.
        """
        opened = self.database.rehearsal() if self.rehearse else self.database.writer()
        with opened as session:
            if is_empty(session):
                return Taken(restored=restore(session, archive, self.told))
            taken = Taken()
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
        taken: Taken,
    ) -> None:
        for aside in merge_rows(session, section, rows, place=place, merged=taken.merged):
            self.keep(session, aside)


def _counting(blocks: Iterator[Rows], table: str, told: Told) -> Iterator[Rows]:
    for rows in blocks:
        yield rows
        told(table, rows.count)
