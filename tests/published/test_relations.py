"""Values of addresses: each type takes its own and refuses what only looks alike."""

import uuid
from datetime import UTC, date, datetime

import pytest

from claims.contract.views import CLAIMS_V1
from claims.published.errors import BadValueError
from claims.published.relations import DAYS, KEYS, Scalar, find_relation, read_value

ID = "0190a5e4-7c1e-7d3a-9b1a-0123456789ab"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("uuid", ID, uuid.UUID(ID)),
        ("uuid", ID.upper(), uuid.UUID(ID)),
        ("text", "‘quoted’ \x01", "‘quoted’ \x01"),
        ("integer", "-12", -12),
        ("smallint", "32767", 32767),
        ("bigint", str(2**63 - 1), 2**63 - 1),
        ("double precision", "0.5", 0.5),
        ("boolean", "true", True),
        ("date", "2026-05-04", date(2026, 5, 4)),
        ("timestamp with time zone", "2026-05-04T12:00Z", datetime(2026, 5, 4, 12, tzinfo=UTC)),
    ],
)
def test_values(kind: str, text: str, value: Scalar) -> None:
    assert read_value("x", kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("uuid", ""), ("uuid", "x"), ("uuid", f"{{{ID}}}"), ("uuid", f"urn:uuid:{ID}"),
        ("uuid", ID.replace("-", "")), ("text", "a\0b"), ("text", "\ud800"), ("integer", ""),
        ("integer", "1_0"), ("integer", " 1"), ("integer", "--1"), ("integer", "１"),
        ("integer", str(2**31)), ("smallint", "32768"), ("bigint", str(2**63)),
        ("bigint", "9" * 5000), ("double precision", "1_0"), ("double precision", "x"),
        ("boolean", "1"), ("date", "2026-02-30"), ("date", "0"),
        ("timestamp with time zone", "2026-05-04T12:00"), ("jsonb", "{}"), ("daterange", "x"),
    ],
)  # fmt: skip
def test_what_is_no_value(kind: str, text: str) -> None:
    with pytest.raises(BadValueError):
        read_value("x", kind, text)


def test_keys_and_days_are_columns() -> None:
    for view in CLAIMS_V1:
        relation = find_relation(view)
        assert set(relation.key) <= set(relation.columns)
    assert all(find_relation(view).columns[day] == "date" for view, day in DAYS.items())
    assert set(KEYS) <= set(CLAIMS_V1)
