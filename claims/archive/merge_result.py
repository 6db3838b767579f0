"""What became of an archive's rows in a database that held something already."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SetAsideReason(StrEnum):
    """Why a row was kept aside."""

    CONFLICT = "conflict"
    ELSEWHERE = "decided-elsewhere"


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row that was not taken in.

    Attributes:
        line: Its line in the archive.
        table: The table it belongs to.
        key: What it is known by.
        why: A conflict with a row here, or decided on in another ledger.
        detail: In words.
    """

    line: int
    table: str
    key: str
    why: SetAsideReason
    detail: str


@dataclass(slots=True)
class MergeResult:
    """Sums over all tables.

    Attributes:
        read: Rows of each table of the archive.
        added: Rows that are new here.
        newer: Rows that were here already and have been decided on since.
        aside: Rows of each reason that were kept aside.
    """

    read: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)

    @property
    def known(self) -> int:
        """Rows that were here already, whole."""
        return self.read.total() - self.added.total() - self.newer.total() - self.aside.total()


DECIDED = frozenset(
    {
        "source_identifier", "source_distinct", "outlet_rating", "source_role", "claim_parent",
        "decision", "reading", "review_policy", "release", "draft",
    }
)  # fmt: skip
"""Tables that only people write to: their rows belong to decisions, which are not merged."""

CIRCUMSTANCES = frozenset({"recorded_at", "retrieved_at", "run", "archived", "listed_on"})
"""Columns that tell of the reading, not of what was read: two that differ in these are the same."""

CONDITIONS: Mapping[str, str] = {
    "source": "s.revision = 0",
    "document": "s.revision = 0",
    "claim": "s.revision = 0",
    "claim_link": "s.linked_by IS NULL",
    # Names and hops belong to a source or claim that nobody decided on, here and there.
    "source_name": "(SELECT o.revision FROM claims.source AS o WHERE o.id = s.source) = 0",
    "attribution": "(SELECT o.revision FROM claims.claim AS o WHERE o.id = s.claim) = 0",
}
"""Which rows of a table the machine may add."""

OWNERS: Mapping[str, tuple[str, str]] = {
    "attribution": ("claim", "claim"),
    "source_name": ("source", "source"),
    "source_role": ("source", "source"),
    "outlet_rating": ("source", "outlet"),
    "document_version": ("document", "document"),
}
"""Whose revision tells which of two rows is the newer one."""
