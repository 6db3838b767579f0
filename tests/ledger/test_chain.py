"""The chain is followed row by row, and the first one that was touched is named."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ledger.chain import FIRST_PREVIOUS, digest_of, verify
from claims.model.decision import LedgerRow


def chain(length: int) -> list[LedgerRow]:
    rows: list[LedgerRow] = []
    for number in range(1, length + 1):
        row = LedgerRow(
            number, f"id{number}", "2026-05-01T12:00:00.000000Z", "r", "accept", "claim", "c",
            "1", "{}", '{"a": 1}', None, "0", None,
            rows[-1].digest if rows else FIRST_PREVIOUS, "", "b" if number % 2 else None,
            "R. Viewer",
        )  # fmt: skip
        rows.append(replace(row, digest=digest_of(row)))
    return rows


HASHED = [field.name for field in fields(LedgerRow) if field.name not in {"signed", "no"}]


def test_an_untouched_chain_holds() -> None:
    rows = chain(5)
    verdict = verify(rows, rows[-1].digest)
    assert (verdict.rows, verdict.head, verdict.fault) == (5, rows[-1].digest, None)


def test_an_empty_ledger_holds() -> None:
    assert verify([], FIRST_PREVIOUS).fault is None


@pytest.mark.parametrize("column", HASHED)
def test_a_change_to_any_column_names_its_row(column: str) -> None:
    rows = chain(5)
    rows[2] = replace(rows[2], **{column: "touched"})  # type: ignore[arg-type]
    verdict = verify(rows)
    assert (verdict.rows, verdict.broken) == (2, rows[2])


def test_a_row_hashed_anew_breaks_the_one_after_it() -> None:
    rows = chain(5)
    forged = replace(rows[2], reason="forged")
    rows[2] = replace(forged, digest=digest_of(forged))
    assert verify(rows).broken == rows[3]


@given(st.integers(0, 4))
def test_a_missing_row_is_seen(place: int) -> None:
    rows = chain(5)
    head = rows[-1].digest
    del rows[place]
    verdict = verify(rows, head)
    assert verdict.rows == place
    assert "missing" in (verdict.fault or "")


def test_a_cut_tail_shows_by_a_kept_head_alone() -> None:
    rows = chain(5)
    assert verify(rows[:3]).fault is None
    assert verify(rows[:3], rows[-1].digest).fault is not None


def test_two_rows_swapped_are_seen() -> None:
    rows = chain(5)
    rows[1], rows[2] = rows[2], rows[1]
    assert verify(rows).rows == 1


@given(st.text(), st.text(), st.text())
def test_text_moved_between_columns_changes_the_digest(a: str, b: str, c: str) -> None:
    row = chain(1)[0]
    whole = replace(row, action=a + b, reason=c)
    moved = replace(row, action=a, reason=b + c)
    assert (digest_of(whole) == digest_of(moved)) == (b == "")
