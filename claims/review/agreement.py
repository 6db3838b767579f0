"""Readings from the ledger, counted where they lie: a million of them need not travel."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from claims.review.coefficients import Readings

READINGS = Path(__file__).with_name("agreement.sql").read_text("utf-8")


def load_readings(session: Session) -> list[Readings]:
    """What the readers of twice-read claims said, for each field."""
    # Its steps would be sorted on disk with what a server gives a query by default.
    session.execute(text("SET LOCAL work_mem = '128MB'"))
    rows = session.execute(text(READINGS))
    return [Readings(field, form, tuple(values), count) for field, form, values, count in rows]
