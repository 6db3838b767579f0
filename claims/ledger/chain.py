"""Checks the ledger's chain without trusting the database that made it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from claims.model.decision import LedgerRow

FIRST_PREVIOUS = "00" * 32
"""What the first row has for a previous digest."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found.

    Attributes:
        rows: How many rows hold, from the first on.
        head: Digest of the last row that holds, in hexadecimal.
        problem: What is wrong with the row after it; None if the whole chain holds.
        broken: The row that is wrong; None if it is missing or all hold.
        clock_back: Numbers of rows that are dated before the row they follow: the server's clock
            was set back. The order is that of the numbers, so the chain holds all the same.
    """

    rows: int
    head: str
    problem: str | None = None
    broken: LedgerRow | None = None
    clock_back: tuple[int, ...] = ()

    @property
    def held(self) -> str:
        """What still holds, in words."""
        if self.rows == 0:
            return "no row is known to hold"
        return f"rows 1 to {self.rows} hold, up to digest {self.head}"


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


def verify(
    rows: Iterable[LedgerRow],
    head: str | None = None,
    *,
    number: int | None = None,
    pinned: str | None = None,
) -> Verdict:
    """Follow the chain and name the first row that was changed, removed or put in.

    Args:
        rows: All rows in the order of `no`.
        head: The digest the last row must have; by it alone a cut tail shows.
        number: The number the last row must have, where that is known too.
        pinned: A digest that was kept somewhere else, at any time: some row must have it. Whoever
            rewrites the whole chain, its head included, is found by this alone.
    """
    return end(follow(rows, pinned), head, number)


@dataclass(frozen=True, slots=True)
class VerifiedPrefix:
    """How far a chain could be followed.

    Attributes:
        verdict: On the rows themselves.
        before: The verdict as it was before the last row that holds.
        last: That row.
        pinned: The digest that some row must have; None once one had it.
    """

    verdict: Verdict
    before: Verdict
    last: LedgerRow | None
    pinned: str | None


def follow(rows: Iterable[LedgerRow], pinned: str | None = None) -> VerifiedPrefix:
    """Follow the chain from row to row; where it ends is for `end` to judge."""
    verdict, before, last = Verdict(0, FIRST_PREVIOUS), Verdict(0, FIRST_PREVIOUS), None
    sought = None if pinned == FIRST_PREVIOUS else pinned
    back: list[int] = []
    for row in rows:
        if row.prev_digest != verdict.head and last and _is_sound(row, verdict.rows + 1):
            # The row itself is sound, so it is the one before that is no longer what it was.
            hashed = f"row {last.no} was changed and hashed anew: row {row.no} does not follow"
            broken = Verdict(before.rows, before.head, hashed, last, tuple(back))
            return VerifiedPrefix(broken, before, last, sought)
        problem = _problem_of(row, verdict.rows + 1, verdict.head)
        if problem:
            broken_row = None if row.no > verdict.rows + 1 else row
            broken = Verdict(verdict.rows, verdict.head, problem, broken_row, tuple(back))
            return VerifiedPrefix(broken, before, last, sought)
        if last and row.at < last.at:
            back.append(row.no)
        before, verdict, last = verdict, Verdict(verdict.rows + 1, row.digest), row
        sought = None if row.digest == sought else sought
    return VerifiedPrefix(replace(verdict, clock_back=tuple(back)), before, last, sought)


def end(followed: VerifiedPrefix, head: str | None, number: int | None) -> Verdict:
    """The verdict on a chain whose end is known: nothing follows from its last row but the head."""
    verdict, before = followed.verdict, followed.before
    if verdict.problem:
        return verdict
    if head is None or (head == verdict.head and number in {None, verdict.rows}):
        if followed.pinned is None:
            return verdict
        problem = f"no row has the digest that was kept, {followed.pinned}: rewritten or cut off"
        return replace(verdict, problem=problem)
    if number is None or followed.last is None or number > verdict.rows:
        return replace(
            verdict, problem=f"rows after {verdict.rows} are missing: the head is not {head}"
        )
    rows = min(number, before.rows)
    if number < verdict.rows:
        problem = f"rows after {number} were put in: the head is {number}, {head}"
    else:
        problem = f"row {number} was changed and hashed anew: the head is {head}"
    return Verdict(rows, before.head, problem, followed.last, verdict.clock_back)


def _is_sound(row: LedgerRow, number: int) -> bool:
    return row.no == number and digest_of(row) == row.digest


def _problem_of(row: LedgerRow, number: int, previous: str) -> str | None:
    if row.no > number:
        return f"row {number} is missing: {row.no} follows {number - 1}"
    if row.no < number:
        return f"row {row.no} was put in: its number stands there already"
    if digest_of(row) != row.digest:
        return f"row {number} was changed: its digest is not that of its columns"
    if row.prev_digest != previous:
        return f"row {number} was changed: it does not begin the chain"
    return None


def _field(value: str | None) -> str:
    return "-" if value is None else f"{len(value.encode())}:{value}"
