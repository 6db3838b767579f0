#!/usr/bin/env python3
"""Checks an exported ledger with nothing but Python: no other package, no database, none of ours.

    python3 checker.py ledger.jsonl [--head DIGEST] [--claims claims.jsonl]

A ledger is a list of decisions, each hashed together with the digest of the one before it. This
file follows that chain and names the first row that was changed, removed or put in. Nothing in the
file itself can show that the whole of it was written anew, or that it was cut off and given a new
last line: for that, keep a digest somewhere else and give it with --head; some row must have it.

Each line is a JSON object with these names in this order, its values the texts that are hashed:

    no id at reviewer action subject_kind subject revision before after reason tool_version undoes
    prev_digest batch digest

`digest` is the SHA-256, in hexadecimal, of the other values in that order. Each is written as its
length in UTF-8 bytes, a colon and the text; null is written `-`, but a `batch` that is null is left
out. `prev_digest` is the digest of the line before, 64 zeros in the first. The last line is
{"head":{"no":…,"digest":…,"at":…}}, the number and digest of the last row.

With --claims it also checks that each claim is what the last decision on it left. Each line of
that file is {"claim":…,"state":{…}}. The `after` of a decision has the `digest` of that state:
the SHA-256 of its JSON text, written so: names with null or [] left out, the others ordered by
their length in UTF-8 bytes, then byte by byte; ", " between values and ": " after names; numbers
without exponent and without zeros that end a fraction; strings with the escapes that JSON demands
alone, the short ones where it has some.

It ends with 0 if the ledger holds, 1 if it does not, 2 if it cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Iterable

if TYPE_CHECKING:
    Json = dict[str, "Json"] | list["Json"] | Decimal | str | int | bool | None

NAMES = ["no", "id", "at", "reviewer", "action", "subject_kind", "subject", "revision", "before"]
NAMES += ["after", "reason", "tool_version", "undoes", "prev_digest", "batch", "digest"]
MAY_BE_NULL = ("reason", "undoes", "batch")
ZEROS = "0" * 64


def fingerprint(row: dict[str, str | None]) -> str:
    """The digest that a row ought to have."""
    hashed = hashlib.sha256()
    for name in NAMES[:-1]:
        text = row[name]
        if text is None:
            hashed.update(b"" if name == "batch" else b"-")
        else:
            octets = text.encode("utf-8")
            hashed.update(str(len(octets)).encode("ascii") + b":" + octets)
    return hashed.hexdigest()


def parse(line: bytes) -> dict[str, str | None] | None:
    """The row or the head in a line; None if it is not written exactly as a ledger writes it."""
    try:
        text = line.decode("utf-8")
        value = json.loads(text)
        compact = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    except (ValueError, RecursionError):
        return None
    if compact != text or not isinstance(value, dict):
        return None
    if list(value) == ["head"] and isinstance(value["head"], dict):
        head = value["head"]
        good = list(head) == ["no", "digest", "at"] and all(type(v) is str for v in head.values())
        return head if good and is_number(head["no"]) else None
    good = list(value) == NAMES and all(
        type(value[name]) is str or (value[name] is None and name in MAY_BE_NULL) for name in NAMES
    )
    return value if good and is_number(value["no"]) else None


def is_number(text: str) -> bool:
    """Whether a text is a number as a ledger writes it."""
    return len(text) < 20 and text.isdecimal() and str(int(text)) == text


def check(lines: Iterable[bytes], pinned: str | None = None) -> tuple[int, str | None]:
    """How many rows hold, from the first on, and what is wrong with the next; None if nothing."""
    last: dict[str, str | None] = {}
    head: dict[str, str | None] = {}
    count, previous = 0, ZEROS
    met = pinned in (None, ZEROS)
    for number, line in enumerate(lines, 1):
        row = parse(line)
        if head:
            return count, f"line {number} was put in: it stands after the head"
        if row is None:
            return count, f"line {number} was changed: it is no row of a ledger"
        if "id" not in row:
            head = row
            continue
        if number_of(row) > count + 1:
            return count, f"row {count + 1} is missing: {row['no']} follows {count}"
        if number_of(row) != count + 1:
            return count, f"row {row['no']} was put in a second time{signed(row)}"
        digest = fingerprint(row)
        if row["digest"] != digest:
            return count, f"row {count + 1} was changed{signed(row)}"
        if row["prev_digest"] != previous and count:
            # It is sound in itself: what it was made to follow is no longer what it was.
            return count - 1, f"row {count} was changed and hashed anew{signed(last)}"
        if row["prev_digest"] != previous:
            return 0, f"row 1 was changed: it does not begin the chain{signed(row)}"
        count, previous, last = count + 1, digest, row
        met = met or previous == pinned
    if not head:
        return count, "the end is missing: the last line is no head"
    if (number_of(head), head["digest"]) == (count, previous):
        problem = f"no row has the digest that was kept, {pinned}: rewritten or cut off"
        return count, None if met else problem
    if number_of(head) == count and count:
        return count - 1, f"row {count} was changed and hashed anew{signed(last)}"
    if number_of(head) < count:
        return min(number_of(head), count - 1), f"rows after {head['no']} were put in"
    return count, f"rows after {count} are missing: the head is {head['no']}, {head['digest']}"


def check_claims(ledger: Iterable[bytes], claims: Iterable[bytes]) -> tuple[int, int, str | None]:
    """How many claims are as they were left, of how many no decision says so, and what is wrong."""
    left: dict[str | None, tuple[str | None, str | None]] = {}
    for line in ledger:
        row = parse(line)
        if row and row.get("subject_kind") == "claim":
            left[row["subject"]] = (row["no"], json.loads(row["after"] or "{}").get("digest"))
    older = [claim for claim, (_, digest) in left.items() if digest is None]
    for claim in older:
        del left[claim]
    count = 0
    for number, line in enumerate(claims, 1):
        try:
            value = json.loads(line, parse_float=Decimal)
            claim, state = value["claim"], value["state"]
            digest = hashlib.sha256(canonical(state).encode("utf-8")).hexdigest()
        except (ValueError, KeyError, TypeError, RecursionError):
            return count, len(older), f"line {number} of the claims is none"
        if claim not in left:
            return count, len(older), f"claim {claim} is there twice, or no decision left it"
        decision, due = left.pop(claim)
        if digest != due:
            return count, len(older), f"claim {claim} is not what decision {decision} left of it"
        count += 1
    for claim, (decision, _) in left.items():
        return count, len(older), f"claim {claim} is missing, which decision {decision} left"
    return count, len(older), None


def canonical(value: Json) -> str:
    """A value as it is hashed."""
    if isinstance(value, dict):
        names = [name for name in value if value[name] is not None and value[name] != []]
        names.sort(key=lambda name: (len(name.encode("utf-8")), name.encode("utf-8")))
        parts = (f"{canonical(name)}: {canonical(value[name])}" for name in names)
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(canonical, value)) + "]"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return json.dumps(value, ensure_ascii=False)


def number_of(row: dict[str, str | None]) -> int:
    """The number of a row, or of the last row that a head names."""
    return int(row["no"] or 0)


def signed(row: dict[str, str | None]) -> str:
    """Who signed a row and what it was."""
    return f" (signed {row['reviewer']}, {row['action']} {row['subject_kind']} {row['subject']})"


def main(arguments: list[str]) -> int:
    """Check the files that are named."""
    options = dict(zip(arguments[1::2], arguments[2::2]))
    if (
        len(arguments) % 2 == 0
        or arguments[0].startswith("-")
        or set(options) - {"--head", "--claims"}
    ):
        print("usage: checker.py ledger.jsonl [--head DIGEST] [--claims FILE]", file=sys.stderr)
        return 2
    name = arguments[0]
    try:
        with open(name, "rb") as lines:
            count, problem = check(lines, options.get("--head"))
        summary = f"{count} rows, the chain holds"
        if "--claims" in options and not problem:
            with open(name, "rb") as lines, open(options["--claims"], "rb") as claims:
                count, older, problem = check_claims(lines, claims)
            name = options["--claims"]
            summary += f"; {count} claims are what their decisions left"
            summary += f"; {older} were decided before decisions said so" if older else ""
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    if problem:
        print(f"{name}: {problem}; before it hold: {count}")
        return 1
    print(f"{arguments[0]}: {summary}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
