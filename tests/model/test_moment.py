"""Moments are read to the end of what is written."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.model.moment import AsOf, read_moment

DAY = datetime(2026, 5, 1, tzinfo=UTC)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "first", "length"),
    [
        ("2026-05-01", DAY, timedelta(days=1)),
        (" 2026-05-01 ", DAY, timedelta(days=1)),
        ("2026-05-01+02:00", DAY - timedelta(hours=2), timedelta(days=1)),
        ("2026-05-01T12:00", NOON, timedelta(minutes=1)),
        ("2026-05-01 12:00", NOON, timedelta(minutes=1)),
        ("2026-05-01T14:00+02:00", NOON, timedelta(minutes=1)),
        ("2026-05-01T14:00+0200", NOON, timedelta(minutes=1)),
        ("2026-05-01T12:00:00Z", NOON, timedelta(seconds=1)),
        ("2026-05-01T12:00:00.5", NOON + timedelta(seconds=0.5), timedelta(seconds=0.1)),
        ("2026-05-01T12:00:00.000000Z", NOON, timedelta(microseconds=1)),
    ],
)
def test_a_moment_ends_where_what_is_written_ends(
    written: str, first: datetime, length: timedelta
) -> None:
    moment = read_moment(written)
    assert (moment.first, moment.last) == (first, first + length - timedelta(microseconds=1))


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "2026-02-30", "2026-05-01T24:30", "2026-05", "20260501", "2026-05-01T12",
     "2026-05-01T12:00.5", "2026-05-01T12:00 CET"],
)  # fmt: skip
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the command line says how moments are written
        read_moment(written)


def test_a_state_says_which_it_is() -> None:
    moment = read_moment("2026-05-01T12:00")
    name = f"as of {moment.written}"
    assert str(AsOf(41, moment.last, name)) == "as of 2026-05-01T12:00Z, decision 41"
    assert str(AsOf(0, moment.last, name)).endswith("before the first decision")
