"""What a column of an export is: its type, whether it may be unknown, what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_type_hints

from claims.contract.views import read_pinned
from claims.exchange.records import ClaimRecord, HopRecord, SourceRecord

FLAT_MEANINGS: Mapping[str, str] = {
    "carriers": "Names of those the words came through, from the speaker outward, with < between.",
    "cues": "The words that report, from the speaker outward, with < between.",
    "modes": "What each hop does with the words (says, denies, …), from the speaker outward.",
}
"""Columns that no view has: a chain in one cell."""

RECORDS: Mapping[str, type] = {
    "claims": ClaimRecord, "proposals": ClaimRecord, "attributions": HopRecord,
    "sources": SourceRecord,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export.

    Attributes:
        kind: Its type in the contract, such as `uuid` or `timestamp with time zone`.
        optional: Whether it may be unknown.
    """

    name: str
    kind: str
    optional: bool
    meaning: str


def columns_of(
    view: str, names: Sequence[str], meanings: Mapping[str, Mapping[str, str]]
) -> list[Column]:
    """The columns of an export from a view.

    Args:
        view: The view of the contract.
        names: Its columns, or those of FLAT_MEANINGS.
        meanings: What the columns mean, by view.
    """
    kinds = dict(read_pinned()[view].columns)
    hints = get_type_hints(RECORDS[view])
    return [
        Column(
            name,
            kinds.get(name, "text"),
            # A column that our own records do not have, as an id of a source, may be unknown.
            type(None) in getattr(hints.get(name, str | None), "__args__", ())
            and name not in FLAT_MEANINGS,
            meanings[view].get(name) or FLAT_MEANINGS[name],
        )
        for name in names
    ]
