"""What became of an archive's rows in a database that already held something."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class SetAsideReason(StrEnum):
    """Why a row was set aside."""

    CONFLICT = "conflict"
    ELSEWHERE = "decided-elsewhere"


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row that was not imported.

    Attributes:
        line: Its line in the archive.
        table: The table it belongs to.
        key: The values that identify it.
        why: It conflicts with a row here, or was decided on in another ledger.
        detail: The same for people, in one line.
    """

    line: int
    table: str
    key: str
    why: SetAsideReason
    detail: str


@dataclass(slots=True)
class MergeResult:
    """Counts over all tables.

    Attributes:
        read: Rows of each table of the archive.
        added: Rows of each table that are new here.
        newer: Rows of each table that were already here and have been decided on since.
        set_aside: Rows that were set aside, by reason.
    """

    read: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)

    @property
    def unchanged(self) -> int:
        """Rows that were already here, with the same values."""
        return self.read.total() - self.added.total() - self.newer.total() - self.set_aside.total()
