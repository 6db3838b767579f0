"""Checks the ledger's chain without trusting the database that made it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from claims.model.decision import LedgerRow

FIRST_PREVIOUS = "00" * 32
"""What the first row has for a previous digest."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found.

    Attributes:
        rows: How many rows hold, from the first on.
        head: Digest of the last row that holds, in hexadecimal.
        fault: What is wrong with the row after it; None if the whole chain holds.
        broken: The row at fault; None if it is missing or all hold.
    """

    rows: int
    head: str
    fault: str | None = None
    broken: LedgerRow | None = None


def digest_of(row: LedgerRow) -> str:
    """SHA-256 of a row, in hexadecimal.

    Each field as its length in bytes, a colon and its UTF-8 text, `-` for NULL, in the order of
    the columns; a batch last, and only where there is one (docs/ledger.md).
    """
    fields = (
        str(row.no), row.id, row.at, row.reviewer, row.action, row.subject_kind, row.subject,
        row.revision, row.before, row.after, row.reason, row.tool_version, row.undoes,
        row.prev_digest, *([] if row.batch is None else [row.batch]),
    )  # fmt: skip
    return hashlib.sha256("".join(map(_field, fields)).encode()).hexdigest()


def verify(rows: Iterable[LedgerRow], head: str | None = None) -> Verdict:
    """Follow the chain and name the first row that was changed, removed or put in.

    Args:
        rows: All rows in the order of `no`.
        head: The digest the last row must have, kept somewhere else; a cut tail shows by it alone.
    """
    count, previous = 0, FIRST_PREVIOUS
    for row in rows:
        fault = _fault_of(row, count + 1, previous)
        if fault:
            return Verdict(count, previous, fault, row)
        count, previous = count + 1, row.digest
    if head is not None and head != previous:
        return Verdict(count, previous, f"rows after {count} are missing: the head is not {head}")
    return Verdict(count, previous)


def _fault_of(row: LedgerRow, number: int, previous: str) -> str | None:
    if row.no != number:
        return f"row {number} is missing: {row.no} follows {number - 1}"
    if row.prev_digest != previous:
        return f"row {number} does not follow from the row before it"
    if digest_of(row) != row.digest:
        return f"row {number} was changed: its digest is not that of its columns"
    return None


def _field(value: str | None) -> str:
    return "-" if value is None else f"{len(value.encode())}:{value}"
