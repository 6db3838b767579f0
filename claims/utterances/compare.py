"""Compare the claims that are due: those that came, changed or went since the last time."""

import gc
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims.comparison.alike import METHOD
from claims.comparison.quote_words import Wording, read_wording
from claims.database.arrays import to_array, to_numbers
from claims.database.engine import Database
from claims.model.kinds import SourceKind
from claims.schema import QuoteHeadRow
from claims.utterances.groups import Change, renew_groups
from claims.utterances.web import FirstClaim, group_number, number_of
from claims.utterances.wordings import (
    STATEMENTS,
    PairChanges,
    add_wordings,
    drop_wordings,
    pair_columns,
)

MOST = 50_000
"""Claims that are compared in one transaction: of more the indexes' pages are written less often,
and half a gigabyte of memory is not enough."""

START = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison of due claims did.

    Attributes:
        claims: How many claims were taken.
        groups: How many groups of equal words came, went or changed.
        last: The last claim taken, by id.
        pairs: How many pairs of wordings were aligned word by word.
    """

    claims: int
    groups: int
    last: uuid.UUID
    pairs: int = 0


class ComparedClaim(NamedTuple):
    """What a claim is compared by, as it is stored."""

    claim: uuid.UUID
    key: int
    word_group: int
    speaker: uuid.UUID | None
    denied: bool
    printed_at: datetime
    day: date | None
    counted: bool


class _DueClaim(NamedTuple):
    """A claim that is due, with what decides how it is compared; without text if it is gone.

    The last seven are what it was compared by, if it was.
    """

    claim: uuid.UUID
    text: str | None
    speaker: uuid.UUID | None
    speaker_kind: str | None
    denied: bool
    printed_at: datetime
    day: date | None
    counted: bool
    settled: bool
    hidden: bool
    old_key: int | None
    old_group: int
    old_speaker: uuid.UUID | None
    old_denied: bool
    old_printed_at: datetime
    old_day: date | None
    old_counted: bool

    @property
    def stored(self) -> ComparedClaim | None:
        """What it was compared by."""
        if self.old_key is None:
            return None
        return ComparedClaim(
            self.claim, self.old_key, self.old_group, self.old_speaker, self.old_denied,
            self.old_printed_at, self.old_day, self.old_counted,
        )  # fmt: skip


def compare_all_due(session: Session) -> int:
    """Compare all claims that are due in one transaction: after an article, a decision, a merge.

    Returns:
        How many were taken.
    """
    count, last = 0, START
    while True:
        compared = compare_due(session, after=last)
        count, last = count + compared.claims, compared.last
        if compared.claims < MOST:
            return count


def compare_changes(database: Database) -> int:
    """Compare what is due, each portion in a transaction of its own; a kill loses nothing.

    Returns:
        How many claims were taken.
    """
    with database.reader() as session:
        if session.scalar(STATEMENTS["is_due"]) is None:
            return 0
    return sum(compared.claims for compared in compare_in_portions(database))


def compare_in_portions(database: Database) -> Iterator[Compared]:
    """Compare what is due by now; yields after each portion that was committed.

    Of more than one portion claims are taken in the order in which groups are placed, so that none
    is placed twice. Asking for that order costs more than comparing a few.
    """
    with database.reader() as session:
        portions: Sequence[str | None] = [None]
        if session.scalar(STATEMENTS["is_more"], {"most": MOST}) is not None:
            portions = session.scalars(STATEMENTS["portions"], {"most": MOST}).all()
    for portion in portions:
        with database.writer() as session, _without_collector():
            compared = (
                compare_due(session) if portion is None else _compare_portion(session, portion)
            )
        if compared.claims:
            yield compared


def _compare_portion(session: Session, claims: str) -> Compared:
    session.execute(STATEMENTS["hold"])
    return _compare(session, session.scalars(STATEMENTS["take_portion"], {"claims": claims}).all())


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without the search for cycles: there are none, and it would walk a million objects each time.

    It takes a quarter of the time otherwise.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def count_due(session: Session) -> int:
    """How many claims are due."""
    return session.scalar(STATEMENTS["count_due"]) or 0


def compare_again(session: Session) -> None:
    """Forget all that was found, so that every claim is due: for `claims compare --all`."""
    session.execute(STATEMENTS["hold"])
    session.execute(select(func.claims.compare_quotes_again()))
    session.execute(update(QuoteHeadRow).values(method=METHOD))


def compare_due(session: Session, *, after: uuid.UUID = START, most: int = MOST) -> Compared:
    """Compare some of the claims that are due; the caller commits.

    The same rows come of it in whatever order claims came, and in whatever portions.

    Args:
        session: A writing session.
        after: The last claim of the portion before.
        most: How many claims to take.
    """
    # One at a time: who comes second waits, and sees what the first found.
    session.execute(STATEMENTS["hold"])
    due = session.scalars(STATEMENTS["take_due"], {"after": after, "most": most}).all()
    return _compare(session, due)


def _compare(session: Session, due: Sequence[uuid.UUID]) -> Compared:
    """Compare claims that are due and held."""
    if not due:
        return Compared(0, 0, START)
    values = {"claims": to_array(due)}
    rows = [_DueClaim(*row) for row in session.execute(STATEMENTS["due"], values).all()]
    wordings: dict[int, Wording] = {}
    now = {row.claim: one for row in rows if (one := _compared_claim(row, wordings)) is not None}
    stored = {row.claim: one for row in rows if (one := row.stored) is not None}
    pairs = add_wordings(session, wordings) if wordings else PairChanges()
    changed = [one for claim, one in now.items() if stored.get(claim) != one]
    gone = stored.keys() - now.keys()
    compared = [row.claim for row in rows if not row.hidden]
    _save(session, changed, pairs, {"due": to_array(compared), "gone": to_array(gone)})
    left = [stored[c] for c in (*gone, *(one.claim for one in changed)) if c in stored]
    _drop_unused(session, {one.key for one in left}, pairs)
    left_groups = {one.word_group for one in left}
    settled = [now[row.claim] for row in rows if row.settled and row.claim in now]
    change = Change(
        pairs,
        _earliest(one for one in changed if one.word_group not in left_groups),
        left_groups,
        {(one.key, one.word_group) for one in settled},
    )
    return Compared(len(rows), renew_groups(session, change), due[-1], pairs.compared)


def _compared_claim(row: _DueClaim, wordings: dict[int, Wording]) -> ComparedClaim | None:
    """What a claim is compared by now; a wording that it did not have is added to `wordings`."""
    wording = read_wording(row.text) if row.text else None
    if wording is None:
        return None
    # "Officials" are whoever they are: a group is no named speaker.
    speaker = None if row.speaker_kind == SourceKind.GROUP else row.speaker
    key = wording.key
    if wording.is_short:
        # A few words are the same only if one speaker said them on one day.
        key = number_of(key, speaker, row.day if speaker and row.day else row.claim)
    if row.old_key != key:
        wordings[key] = wording
    # What people settled is settled of the claim alone.
    alone = row.claim if row.settled else None
    group = group_number(key, speaker, alone, denied=row.denied)
    return ComparedClaim(
        row.claim, key, group, speaker, row.denied, row.printed_at, row.day, row.counted
    )


def _earliest(claims: Iterable[ComparedClaim]) -> list[FirstClaim]:
    """Of each group the earliest claim that counts."""
    earliest: dict[int, ComparedClaim] = {}
    for one in claims:
        first = earliest.get(one.word_group)
        if one.counted and (
            first is None or (one.printed_at, one.claim) < (first.printed_at, first.claim)
        ):
            earliest[one.word_group] = one
    return [
        FirstClaim(id_, one.key, one.speaker, one.denied, one.claim, one.printed_at, one.day)
        for id_, one in earliest.items()
    ]


def _save(
    session: Session,
    claims: Sequence[ComparedClaim],
    pairs: PairChanges,
    forgotten: Mapping[str, str],
) -> None:
    columns = {
        "claims": to_array(one.claim for one in claims),
        "keys": to_numbers(one.key for one in claims),
        "groups": to_numbers(one.word_group for one in claims),
        "speakers": to_array(one.speaker for one in claims),
        "denied": to_array(one.denied for one in claims),
        "printed": to_array(one.printed_at for one in claims),
        "days": to_array(one.day for one in claims),
        "counted": to_array(one.counted for one in claims),
    }
    session.execute(
        STATEMENTS["save_claims"], {**columns, **pair_columns(pairs.alike), **forgotten}
    )


def _drop_unused(session: Session, keys: Collection[int], pairs: PairChanges) -> None:
    if not keys:
        return
    values = {"keys": to_numbers(keys)}
    unused = session.scalars(STATEMENTS["unused_keys"], values).all()
    if unused:
        drop_wordings(session, unused, pairs)
