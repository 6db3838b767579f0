"""What reviewers did and what waits, as counts for the page of progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from claims.database.statements import in_state_of, read_statements
from claims.model.kinds import WAITING
from claims.review.agreement import load_readings
from claims.review.coefficients import Agreement, Figure, compare_readings, wilson_interval

SQL = read_statements("claims.review", "progress.sql")
"""The statements of progress.sql by name."""

DAYS = 60
"""Days that decisions are counted for."""

MOST = 30
"""Rules or outlets that are listed, those with the most decisions."""

AGES = ("under a day", "1 to 7 days", "7 to 30 days", "30 to 90 days", "over 90 days")


@dataclass(frozen=True, slots=True)
class Day:
    """What was decided on one day.

    Attributes:
        decisions: All rows of the ledger, undos too.
        undone: How many of them were undos.
    """

    day: date
    decisions: int
    undone: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What became of the proposals of one rule, or of one outlet's articles.

    Attributes:
        name: The rule or outlet.
        accepted: Accepted as they were, or with changes before.
        corrected: Corrected after they had been accepted.
        rejected: Taken for no claims.
    """

    name: str
    accepted: int
    corrected: int
    rejected: int

    @property
    def decided(self) -> int:
        """All of them."""
        return self.accepted + self.corrected + self.rejected

    @property
    def share(self) -> Figure:
        """The part that was not rejected, with its interval."""
        return wilson_interval(self.decided - self.rejected, self.decided)


@dataclass(frozen=True, slots=True)
class ScoreBin:
    """Claims with about the same score.

    Attributes:
        score: The mean score of the program.
        decided: How many people decided on.
        accepted: How many of these they took for claims.
    """

    score: float
    decided: int
    accepted: int

    @property
    def share(self) -> Figure:
        """The part that was accepted, with its interval."""
        return wilson_interval(self.accepted, self.decided)


@dataclass(frozen=True, slots=True)
class Progress:
    """The counts.

    Attributes:
        days: Days with a decision, the earliest first.
        waiting: How many claims wait, by the ages of `AGES`.
        rules: By rule of extraction, those with the most decisions first.
        outlets: By outlet, likewise.
        scores: By score, the lowest first.
        agreement: How far two readers agree, by field.
    """

    days: Sequence[Day]
    waiting: Sequence[tuple[str, int]]
    rules: Sequence[Acceptance]
    outlets: Sequence[Acceptance]
    scores: Sequence[ScoreBin]
    agreement: Sequence[Agreement]


def load_progress(session: Session, now: datetime, *, past: bool = False) -> Progress:
    """Count what was done and what waits.

    Args:
        session: A session, reading or writing.
        now: The moment from which ages and days count.
        past: Whether the session reads a state of the past: how far two readers agreed then is not
            known, as what waited for the second of them was sealed.
    """
    queries = {name: in_state_of(session, sql) for name, sql in SQL.items()}
    days = session.execute(queries["days"], {"since": now - timedelta(days=DAYS)})
    then = {"now": now, "waiting": sorted(WAITING)}
    waiting = session.execute(queries["waiting_then" if past else "waiting"], then)
    ages = {row.age: row.claims for row in waiting}
    # A text may be dated after the clock that asks: it is new all the same.
    ages[1] = ages.get(1, 0) + ages.pop(0, 0)
    rules, outlets = (
        [Acceptance(*row) for row in session.execute(queries[name], {"most": MOST})]
        for name in ("rules", "outlets")
    )
    scores = session.execute(queries["scores"])
    return Progress(
        days=[Day(*row) for row in days],
        waiting=[(name, ages.get(number, 0)) for number, name in enumerate(AGES, 1)],
        rules=rules,
        outlets=outlets,
        scores=[ScoreBin(row.score, row.decided, row.accepted) for row in scores],
        agreement=() if past else compare_readings(load_readings(session)),
    )
