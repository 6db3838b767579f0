"""The ledger as JSON lines: one row a decision, and a last line that says where it ends.

Every column is the text that is hashed. A line has one form only, so that any byte that is changed
in it shows, even one between the values.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import orjson

from claims.ledger.chain import Verdict, end, follow
from claims.model.decision import LedgerRow
from claims.model.json import Json, JsonObject

COLUMNS = (
    "no", "id", "at", "reviewer", "action", "subject_kind", "subject", "revision", "before",
    "after", "reason", "tool_version", "undoes", "prev_digest", "batch", "digest",
)  # fmt: skip
"""The order in which they are hashed, and the digest."""

NULLABLE = {"reason", "undoes", "batch"}

LONGEST_NUMBER = 20
"""Digits that no number of a row has: a bigint has 19."""

CHECKER = Path(__file__).with_name("checker.py")
"""The second verifier: one file that needs nothing of ours."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger ends: the last line of its export.

    Attributes:
        no: Number of its last row; 0 if it is empty.
        digest: Digest of that row; zeros if it is empty.
        at: When it was read, by the server's clock.
    """

    no: int
    digest: str
    at: str


def write_ledger(rows: Iterable[LedgerRow], head: Head, out: IO[bytes]) -> int:
    """Write one line a decision and the head; returns how many decisions."""
    count = 0
    for row in rows:
        line = {name: getattr(row, name) for name in COLUMNS} | {"no": str(row.no)}
        out.write(_line(line))
        count += 1
    out.write(_line({"head": {"no": str(head.no), "digest": head.digest, "at": head.at}}))
    return count


def _line(value: JsonObject) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def write_claims(states: Iterable[tuple[str, str]], out: IO[bytes]) -> int:
    """Write what decisions left of claims, a line each; returns how many.

    Args:
        states: The id of each claim and the JSON text that its digest is of.
        out: Where the lines go.
    """
    count = 0
    for claim, state in states:
        out.write(f'{{"claim":"{claim}","state":{state}}}\n'.encode())
        count += 1
    return count


class LedgerFile:
    """Rows of an exported ledger, read one by one.

    Args:
        lines: The file's lines with their ends.

    Attributes:
        head: Where the ledger says it ends; None until its last line was read.
        problem: What is wrong with the line at which reading ended; None if nothing is.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.lines = lines
        self.head: Head | None = None
        self.problem: str | None = None

    def __iter__(self) -> Iterator[LedgerRow]:
        """The rows up to the first line that is none."""
        number = 0
        for number, line in enumerate(self.lines, 1):
            if self.head is not None:
                self.problem = f"line {number} was put in: it stands after the head"
                return
            row, self.head = _read(line)
            if row is not None:
                yield row
            elif self.head is None:
                self.problem = f"line {number} was changed: it is no row of a ledger"
                return
        if self.head is None:
            self.problem = f"the end is missing: line {number} is the last and no head"


def verify_lines(lines: Iterable[bytes], pinned: str | None = None) -> Verdict:
    """As `claims.ledger.chain.verify`, of an exported ledger."""
    rows = LedgerFile(lines)
    followed = follow(rows, pinned)
    if followed.verdict.problem is None and rows.problem is not None:
        return replace(followed.verdict, problem=rows.problem)
    if rows.head is None:
        return followed.verdict
    return end(followed, rows.head.digest, rows.head.no)


def _read(line: bytes) -> tuple[LedgerRow | None, Head | None]:
    """The row or the head in a line; neither where it is not exactly as we write it."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None, None
    if not isinstance(value, dict) or _line(value) != line:
        return None, None
    head = value.get("head")
    if list(value) == ["head"] and isinstance(head, dict):
        if list(head) == ["no", "digest", "at"] and _is_number(head["no"]):
            return None, Head(int(head["no"]), str(head["digest"]), str(head["at"]))
        return None, None
    texts = all(
        isinstance(text, str) or (text is None and name in NULLABLE) for name, text in value.items()
    )
    if tuple(value) != COLUMNS or not texts or not _is_number(value["no"]):
        return None, None
    return LedgerRow(**value | {"no": int(value["no"]), "signed": ""}), None


def _is_number(text: Json) -> bool:
    if not isinstance(text, str) or len(text) >= LONGEST_NUMBER or not text.isdecimal():
        return False
    return str(int(text)) == text
