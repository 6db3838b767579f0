"""The chain is followed row by row, and the first one that was touched is named."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ledger.chain import FIRST_PREVIOUS, digest_of, verify
from claims.model.decision import LedgerRow
from tests.ledger.chains import chain

HASHED = [field.name for field in fields(LedgerRow) if field.name not in {"signed", "no"}]


def test_an_untouched_chain_holds() -> None:
    rows = chain(5)
    verdict = verify(rows, rows[-1].digest)
    assert (verdict.rows, verdict.head, verdict.problem) == (5, rows[-1].digest, None)


def test_an_empty_ledger_holds() -> None:
    assert verify([], FIRST_PREVIOUS).problem is None


@pytest.mark.parametrize("column", HASHED)
def test_a_change_to_any_column_names_its_row(column: str) -> None:
    rows = chain(5)
    rows[2] = replace(rows[2], **{column: "touched"})  # type: ignore[arg-type]
    verdict = verify(rows)
    assert (verdict.rows, verdict.broken) == (2, rows[2])


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_row_that_was_hashed_anew_is_named_by_the_one_after_it(place: int) -> None:
    rows = chain(5)
    head = rows[-1].digest
    forged = replace(rows[place], reason="forged")
    rows[place] = replace(forged, digest=digest_of(forged))
    verdict = verify(rows, head, number=5)
    assert (verdict.rows, verdict.broken) == (place, rows[place])


def test_a_chain_written_anew_shows_by_a_digest_that_was_kept_at_any_time() -> None:
    rows = chain(5)
    assert verify(rows, rows[-1].digest, pinned=rows[2].digest).problem is None
    forged = chain(5, reason="forged")
    assert verify(forged, forged[-1].digest, number=5).problem is None
    verdict = verify(forged, forged[-1].digest, number=5, pinned=rows[2].digest)
    assert "no row has the digest that was kept" in (verdict.problem or "")


def test_a_clock_set_back_is_told_and_breaks_nothing() -> None:
    rows = chain(5, at={3: "2026-04-01T12:00:00.000000Z"})
    verdict = verify(rows, rows[-1].digest, number=5)
    assert (verdict.problem, verdict.clock_back) == (None, (3,))


@given(st.integers(0, 4))
def test_a_missing_row_is_seen(place: int) -> None:
    rows = chain(5)
    head = rows[-1].digest
    del rows[place]
    verdict = verify(rows, head)
    assert verdict.rows == place
    assert "missing" in (verdict.problem or "")


def test_a_cut_tail_shows_by_a_kept_head_alone() -> None:
    rows = chain(5)
    assert verify(rows[:3]).problem is None
    assert verify(rows[:3], rows[-1].digest).problem is not None


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
