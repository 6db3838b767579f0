"""What a column of an export is: its type, whether it may be unknown, what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_type_hints

from claims.contract.views import read_pinned
from claims.exchange.records import ClaimRecord, HopRecord, SourceRecord
from claims.exchange.selection import REACH

FLAT_MEANINGS: Mapping[str, str] = {
    "carriers": "Names of those the words came through, from the speaker outward, with < between.",
    "cues": "The words that report, from the speaker outward, with < between.",
    "modes": "What each hop does with the words (says, denies, …), from the speaker outward.",
}
"""Columns that no view has: a chain in one cell."""

ARTICLE_MEANINGS: Mapping[str, str] = {
    "copy_of": "Ids of the articles that its article is printed from, with commas between; NULL if"
    " it is a copy of none.",
    "article_origin": "Names of whom its article's text comes from, with commas between; NULL if"
    " nobody is named.",
}
"""Columns that are about the article."""

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
    reach = {name: kind for name, kind in read_pinned()["corroboration"].columns if name in REACH}
    kinds = reach | dict(read_pinned()[view].columns)
    described = {**meanings["corroboration"], **meanings[view], **FLAT_MEANINGS, **ARTICLE_MEANINGS}
    hints = get_type_hints(RECORDS[view])
    return [
        Column(
            name,
            kinds.get(name, "text"),
            # A column that our own records do not have, as an id of a source, may be unknown.
            type(None) in getattr(hints.get(name, str | None), "__args__", ())
            and name not in FLAT_MEANINGS,
            described[name],
        )
        for name in names
    ]
