"""Compare the claims that are due: those that came, changed or went since the last time."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims.comparison.alike import METHOD
from claims.comparison.quote_words import Wording, read_wording
from claims.database.engine import Database
from claims.model.kinds import SourceKind
from claims.schema import QuoteHeadRow
from claims.utterances.groups import renew_groups
from claims.utterances.wordings import STATEMENTS, add_wordings, drop_wordings, forget

MOST = 20_000
"""Claims that are compared in one transaction."""

START = uuid.UUID(int=0)

Part = int | bool | date | uuid.UUID | None
"""What the number of a group is made of."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison of due claims did.

    Attributes:
        claims: How many claims were taken.
        groups: How many groups of equal words came, went or changed.
        last: The last claim taken; the next portion begins after it.
    """

    claims: int
    groups: int
    last: uuid.UUID


class _DueClaim(NamedTuple):
    """A claim that is due, with what decides how it is compared; without text if it is gone."""

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
    """Compare what is due; yields after each portion that was committed."""
    last = START
    while True:
        with database.writer() as session:
            compared = compare_due(session, after=last)
        if compared.claims:
            yield compared
        if compared.claims < MOST:
            return
        last = compared.last


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
    due = session.execute(STATEMENTS["due"], {"after": after, "most": most})
    rows = [_DueClaim(*row) for row in due]
    if not rows:
        return Compared(0, 0, after)
    claims = [row.claim for row in rows]
    stored = {
        row.claim: ComparedClaim(*row)
        for row in session.execute(STATEMENTS["stored"], {"claims": claims})
    }
    claims_now, wordings = {}, {}
    for row in rows:
        wording = read_wording(row.text) if row.text else None
        if wording is not None:
            claims_now[row.claim] = _compared_claim(row, wording)
            wordings[claims_now[row.claim].key] = wording
    pairs = add_wordings(session, wordings)
    changed = [one for claim, one in claims_now.items() if stored.get(claim) != one]
    gone = [claim for claim in stored if claim not in claims_now]
    _save(session, changed)
    forget(session, due=[row.claim for row in rows if not row.hidden], gone=gone)
    left = {stored[c] for c in gone} | {stored[o.claim] for o in changed if o.claim in stored}
    pairs |= _drop_unused(session, {one.key for one in left})
    groups = {one.word_group for one in (*left, *changed)}
    renewed = renew_groups(session, groups, pairs) if groups or pairs else 0
    return Compared(len(rows), renewed, max(claims))


def _compared_claim(row: _DueClaim, wording: Wording) -> ComparedClaim:
    # "Officials" are whoever they are: a group is no named speaker.
    speaker = None if row.speaker_kind == SourceKind.GROUP else row.speaker
    key = wording.key
    if wording.is_short:
        # A few words are the same only if one speaker said them on one day.
        key = _number(key, speaker, row.day if speaker and row.day else row.claim)
    # What people settled is settled of the claim alone.
    group = _number(key, speaker, row.denied, row.claim if row.settled else None)
    return ComparedClaim(
        row.claim, key, group, speaker, row.denied, row.printed_at, row.day, row.counted
    )


def _number(*parts: Part) -> int:
    """A number for some values, the same for the same ones."""
    digest = blake2b("/".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _save(session: Session, claims: Sequence[ComparedClaim]) -> None:
    if not claims:
        return
    session.execute(
        STATEMENTS["add_claims"],
        {
            "claims": [one.claim for one in claims],
            "keys": [one.key for one in claims],
            "groups": [one.word_group for one in claims],
            "speakers": [one.speaker for one in claims],
            "denied": [one.denied for one in claims],
            "printed": [one.printed_at for one in claims],
            "days": [one.day for one in claims],
            "counted": [one.counted for one in claims],
        },
    )


def _drop_unused(session: Session, keys: Iterable[int]) -> set[int]:
    left = list(keys)
    unused = list(session.scalars(STATEMENTS["unused_keys"], {"keys": left})) if left else []
    return drop_wordings(session, unused) if unused else set()
