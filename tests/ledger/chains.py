"""Chains of made-up rows, and every way of tampering with one."""

import random
from collections.abc import Callable, Mapping
from dataclasses import fields, replace

from claims.ledger.chain import FIRST_PREVIOUS, digest_of
from claims.model.decision import LedgerRow

HASHED = [field.name for field in fields(LedgerRow) if field.name not in {"signed", "no"}]

Rows = list[LedgerRow]


def chain(length: int, reason: str | None = None, at: Mapping[int, str] | None = None) -> Rows:
    """A chain that holds, some of its rows part of a batch."""
    rows: Rows = []
    for number in range(1, length + 1):
        row = LedgerRow(
            number, f"id{number}", (at or {}).get(number, "2026-05-01T12:00:00.000000Z"), "r",
            "accept", "claim", "c", "1", "{}", '{"a": "é😀"}', reason, "0", None,
            rows[-1].digest if rows else FIRST_PREVIOUS, "", "b" if number % 2 else None,
            "R. Viewer",
        )  # fmt: skip
        rows.append(sealed(row))
    return rows


def sealed(row: LedgerRow) -> LedgerRow:
    """The row with the digest it ought to have."""
    return replace(row, digest=digest_of(row))


def change(rows: Rows, draw: random.Random) -> None:
    """One character of one column of one row becomes another."""
    place, column = draw.randrange(len(rows)), draw.choice(HASHED)
    value = getattr(rows[place], column)
    rows[place] = replace(rows[place], **{column: touched(value, draw)})  # type: ignore[arg-type]


def touched(value: str | None, draw: random.Random) -> str | None:
    """A value with one character changed, put in or taken out; NULL becomes a text."""
    if value is None:
        return draw.choice(["", "-", "x"])
    if not value:
        return draw.choice(["x", None])
    at = draw.randrange(len(value))
    other = chr(draw.choice([*range(0x20, 0x7F), 0xE9, 0x1F600]))
    return draw.choice(
        [value[:at] + other + value[at + (other != value[at]) :], value[:at] + value[at + 1 :]]
    )


def change_and_seal(rows: Rows, draw: random.Random) -> None:
    """A row is changed and hashed anew: the one after it, or the head, no longer follows."""
    place = draw.randrange(len(rows))
    rows[place] = sealed(replace(rows[place], reason=f"forged {draw.random()}"))


def remove(rows: Rows, draw: random.Random) -> None:
    """A row is taken out."""
    del rows[draw.randrange(len(rows))]


def remove_and_number(rows: Rows, draw: random.Random) -> None:
    """A row is taken out and those after it are numbered and hashed anew, one by one."""
    place = draw.randrange(len(rows))
    del rows[place]
    for later in range(place, len(rows)):
        rows[later] = sealed(replace(rows[later], no=later + 1))


def put_in(rows: Rows, draw: random.Random) -> None:
    """A row is put in, well chained to the one before it."""
    place = draw.randrange(len(rows))
    rows.insert(place + 1, sealed(replace(rows[place], id="new", prev_digest=rows[place].digest)))


def swap(rows: Rows, draw: random.Random) -> None:
    """Two rows change places."""
    one, other = draw.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]


def swap_numbers(rows: Rows, draw: random.Random) -> None:
    """Two rows change their numbers, as an UPDATE of `no` would have it."""
    one, other = sorted(draw.sample(range(len(rows)), 2))
    first, second = rows[one], rows[other]
    rows[one], rows[other] = replace(second, no=first.no), replace(first, no=second.no)


def cut_tail(rows: Rows, draw: random.Random) -> None:
    """The last rows are taken away."""
    del rows[draw.randrange(len(rows)) :]


def write_anew(rows: Rows, draw: random.Random) -> None:
    """From some row on everything is written anew, every link sound; the head stays."""
    place = draw.randrange(len(rows))
    rows[place] = replace(rows[place], reason=f"forged {draw.random()}")
    for later in range(place, len(rows)):
        before = rows[later - 1].digest if later else FIRST_PREVIOUS
        rows[later] = sealed(replace(rows[later], prev_digest=before))


TAMPERINGS: tuple[Callable[[Rows, random.Random], None], ...] = (
    change, change_and_seal, remove, remove_and_number, put_in, swap, swap_numbers, cut_tail,
    write_anew,
)  # fmt: skip
