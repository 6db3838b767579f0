"""Imports an archive: whole into an empty database, otherwise only what is new."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.archive.errors import InvariantBrokenError, NewerArchiveError
from claims.archive.merge import compare_rows, merge_rows
from claims.archive.merge_result import MergeResult, SetAsideRow
from claims.archive.read import Archive, Rows
from claims.archive.restore import is_empty, restore
from claims.archive.rows import count_rows
from claims.database.revision import known_revisions

if TYPE_CHECKING:
    from claims.archive.tables import Section
    from claims.database.engine import Database, OpenSession
    from claims.model.progress import ReportProgress

SaveProblem = Callable[["OpenSession", SetAsideRow], None]
"""Stores a row that was set aside as a problem, in the session's transaction."""

FindDifferences = Callable[["OpenSession"], "Iterator[str]"]
"""Where the tables differ from what the ledger says."""


@dataclass(slots=True)
class ImportResult:
    """What became of an archive.

    Attributes:
        restored: Rows of each table, if the database was empty; otherwise None.
        merged: What was added and set aside, if it was not empty.
    """

    restored: Mapping[str, int] | None = None
    merged: MergeResult = field(default_factory=MergeResult)


@dataclass(frozen=True, slots=True)
class ArchiveImporter:
    """Imports archives into one database.

    Attributes:
        database: The database.
        save_problem: Stores each row that is set aside, in the transaction of the import.
        find_differences: Replays the ledger of what was restored, before it is committed.
        report: Called with a table and how many more of its rows were read.
        rehearse: Roll back at the end: say what would happen, and change nothing.
    """

    database: "Database"
    save_problem: SaveProblem
    find_differences: FindDifferences
    report: "ReportProgress"
    rehearse: bool = False

    def run(self, archive: Archive) -> ImportResult:
        """Import an archive in one transaction: after a kill, nothing of it is there.

        Raises:
            BadArchiveError: It is not whole.
            NewerArchiveError: A schema that this version does not know wrote it.
            InvariantBrokenError: It breaks an invariant of the database.
            DatabaseError: The database refuses.
        """
        _require_known(archive)
        opened = self.database.rehearsal() if self.rehearse else self.database.writer()
        with opened as session:
            if is_empty(session):
                return ImportResult(restored=self._restore(session, archive))
            result = ImportResult()
            with self.database.reader() as reading:
                counts = count_rows(reading)
            for section, rows, blocks in archive.tables():
                result.merged.read[section.table] += rows
                counted = _counting(blocks, section.table, self.report)
                if rows and rows == counts[section.table]:
                    with self.database.reader() as reading:
                        differing = compare_rows(reading, section, counted)
                        self._merge(session, section, differing, archive, result=result.merged)
                else:
                    self._merge(session, section, counted, archive, result=result.merged)
            archive.finish()
            return result

    def _restore(self, session: "OpenSession", archive: Archive) -> Mapping[str, int]:
        restored = restore(session, archive, self.report)
        self.report("replaying the ledger", 0)
        difference = next(self.find_differences(session), None)
        if difference is not None:
            raise InvariantBrokenError(archive.location, difference)
        return restored

    def _merge(
        self,
        session: "OpenSession",
        section: "Section",
        rows: Iterator[Rows],
        archive: Archive,
        *,
        result: MergeResult,
    ) -> None:
        for row in merge_rows(session, section, rows, location=archive.location, result=result):
            self.save_problem(session, row)


def _require_known(archive: Archive) -> None:
    revision = archive.head.revision
    if revision not in known_revisions():
        detail = f"revision {revision} of the schema, which this program does not know"
        raise NewerArchiveError(archive.location, detail)


def _counting(blocks: Iterator[Rows], table: str, report: "ReportProgress") -> Iterator[Rows]:
    for rows in blocks:
        yield rows
        report(table, rows.count)
