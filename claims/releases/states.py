"""States of the past from the database: by moment or by a release's name, and new releases."""

import uuid

from sqlalchemy import ColumnElement, DateTime, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.catalogue.find import is_not_embargoed
from claims.model.kinds import PUBLISHED
from claims.model.moment import AsOf, Moment
from claims.releases.errors import FutureMomentError, ReleaseRefusedError, UnknownReleaseError
from claims.releases.release import NOW, Release
from claims.schema import ClaimRow, DecisionRow, LedgerHeadRow, ReleaseRow, ReviewerRow


def load_state_at(session: Session, moment: Moment) -> AsOf:
    """The state at the end of a moment, or now if that end is still to come.

    Raises:
        FutureMomentError: All of the moment is still to come, by the server's clock.
    """
    now = session.scalars(select(func.clock_timestamp())).one()
    if moment.first > now:
        raise FutureMomentError(moment.written, f"it is {now:%Y-%m-%dT%H:%M:%SZ}")
    at = min(moment.last, now)
    last = (
        select(DecisionRow.no).where(DecisionRow.at <= at).order_by(DecisionRow.at.desc()).limit(1)
    )
    return AsOf(session.scalar(last) or 0, at, f"as of {moment.written}")


def load_release(session: Session, name: str) -> Release:
    """A release by its name.

    Raises:
        UnknownReleaseError: No release has it.
    """
    releases = _load(session, ReleaseRow.name == name)
    if not releases:
        raise UnknownReleaseError(name)
    return releases[0]


def load_releases(session: Session) -> list[Release]:
    """All releases, the oldest first."""
    return _load(session)


def save_release(
    session: Session, new: uuid.UUID, name: str, *, made_by: uuid.UUID, note: str | None
) -> Release:
    """Give the state of this moment a name; the database itself says which state that is.

    Raises:
        ReleaseRefusedError: There is a release of this name.
    """
    row = insert(ReleaseRow).values(id=new, name=name, made_by=made_by, note=note)
    # A trigger gives no, digest and at; it sees the row before NOT NULL is checked.
    inserted = session.scalar(row.on_conflict_do_nothing().returning(ReleaseRow.id))
    if inserted is None:
        existing = load_release(session, name)
        detail = f"a release of decision {existing.no} has it; releases are never changed"
        raise ReleaseRefusedError(name, detail)
    return load_release(session, name)


def load_state(session: Session, name: str) -> AsOf:
    """The state that a release's name stands for, or `now` for the present one.

    Raises:
        UnknownReleaseError: No release has the name.
    """
    if name != NOW:
        return load_release(session, name).as_of
    # Not the clock: it may have been set back since something was stored.
    head = select(LedgerHeadRow.no, func.claims.latest_moment(type_=DateTime(timezone=True)))
    number, at = session.execute(head).one()
    return AsOf(number, at, NOW)


def count_published(session: Session) -> int:
    """How many claims the session's state publishes."""
    published = select(func.count()).where(
        ClaimRow.status.in_(sorted(PUBLISHED)), is_not_embargoed()
    )
    return session.scalars(published).one()


def _load(session: Session, *conditions: ColumnElement[bool]) -> list[Release]:
    zeros = func.repeat("00", 32)
    digest = func.encode(ReleaseRow.digest, "hex")
    in_ledger = func.coalesce(func.encode(DecisionRow.digest, "hex"), zeros) == digest
    columns = (ReleaseRow.name, ReleaseRow.no, digest, ReleaseRow.at, ReviewerRow.name)
    query = (
        select(*columns, ReleaseRow.note, in_ledger)
        .join(ReviewerRow, ReviewerRow.id == ReleaseRow.made_by)
        .outerjoin(DecisionRow, DecisionRow.no == ReleaseRow.no)
        .where(*conditions)
        .order_by(ReleaseRow.at)
    )
    return [Release(*row) for row in session.execute(query)]
