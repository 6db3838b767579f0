"""States of the past from the database: by moment, by name, and two of them compared."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, union
from sqlalchemy.dialects.postgresql import Range, insert
from sqlalchemy.orm import Session, aliased

from claims.catalogue.card import ClaimCard
from claims.catalogue.find import load_cards
from claims.database.ranges import to_known_days
from claims.model.kinds import PUBLISHED
from claims.model.moment import AsOf, Moment
from claims.releases.changes import Change, SourceFacts, compare_claims, compare_sources
from claims.releases.errors import FutureMomentError, ReleaseRefusedError, UnknownReleaseError
from claims.releases.release import NOW, Release
from claims.schema import (
    ClaimRow,
    DecisionRow,
    DocumentVersionRow,
    LedgerHeadRow,
    OutletRatingRow,
    ReleaseRow,
    ReviewerRow,
    SourceIdentifierRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
)

BATCH = 500
OTHERS = ("description", "wikidata", "country", "homepage")


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
    found = session.execute(_releases().where(ReleaseRow.name == name)).first()
    if found is None:
        raise UnknownReleaseError(name)
    return Release(*found)


def load_releases(session: Session) -> list[Release]:
    """All releases, the oldest first."""
    return [Release(*row) for row in session.execute(_releases().order_by(ReleaseRow.at))]


def _releases() -> Select[Any]:
    zeros = func.repeat("00", 32)
    digest = func.encode(ReleaseRow.digest, "hex")
    stands = func.coalesce(func.encode(DecisionRow.digest, "hex"), zeros) == digest
    columns = (ReleaseRow.name, ReleaseRow.no, digest, ReleaseRow.at, ReviewerRow.name)
    return (
        select(*columns, ReleaseRow.note, stands)
        .join(ReviewerRow, ReviewerRow.id == ReleaseRow.made_by)
        .outerjoin(DecisionRow, DecisionRow.no == ReleaseRow.no)
    )


def save_release(
    session: Session, new: uuid.UUID, name: str, *, made_by: uuid.UUID, note: str | None
) -> Release:
    """Give the state of this moment a name; the database itself says which state that is.

    Raises:
        ReleaseRefusedError: There is a release of this name.
    """
    row = insert(ReleaseRow).values(id=new, name=name, made_by=made_by, note=note)
    # A trigger gives no, digest and at; it sees the row before NOT NULL is checked.
    made = session.scalar(row.on_conflict_do_nothing().returning(ReleaseRow.id))
    if made is None:
        standing = load_release(session, name)
        detail = f"a release of decision {standing.no} has it; releases are never changed"
        raise ReleaseRefusedError(name, detail)
    return load_release(session, name)


def load_state(session: Session, name: str) -> AsOf:
    """The state that a release's name stands for, or `now` for the present one.

    Raises:
        UnknownReleaseError: No release has the name.
    """
    if name != NOW:
        return load_release(session, name).as_of
    head = select(LedgerHeadRow.no, func.clock_timestamp())
    number, at = session.execute(head).one()
    return AsOf(number, at, NOW)


def load_changes(first: Session, second: Session, a: AsOf, b: AsOf) -> Iterator[Change]:
    """How the second state differs from the first, claims before sources.

    Only what somebody decided on between the two is looked at: nothing published changes otherwise.

    Args:
        first: A session that reads the first state.
        second: One that reads the second.
        a: The first state.
        b: The second.
    """
    # The later one of the sessions knows all decisions between the two.
    later = first if a.no > b.no else second
    between = and_(DecisionRow.no > min(a.no, b.no), DecisionRow.no <= max(a.no, b.no))
    for ids in _batches(later, _claims_decided(between)):
        old, new = _load_published(first, ids), _load_published(second, ids)
        for id_ in ids:
            yield from compare_claims(old.get(id_), new.get(id_))
    for ids in _batches(later, _sources_decided(between)):
        was, is_ = _load_sources(first, ids), _load_sources(second, ids)
        for id_ in ids:
            yield from compare_sources(was.get(id_), is_.get(id_))


def _claims_decided(between: ColumnElement[bool]) -> Select[Any]:
    """Claims that were decided on, or whose document was."""
    decided = select(DecisionRow.subject).where(between, DecisionRow.subject_kind == "claim")
    documents = select(DecisionRow.subject).where(between, DecisionRow.subject_kind == "document")
    printed = (
        select(ClaimRow.id)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .where(DocumentVersionRow.document.in_(documents))
    )
    both = union(decided, printed).subquery()
    return select(both.c[0]).order_by(both.c[0])


def _sources_decided(between: ColumnElement[bool]) -> Select[Any]:
    decided = select(DecisionRow.subject).where(between, DecisionRow.subject_kind == "source")
    return decided.distinct().order_by(DecisionRow.subject)


def _batches(session: Session, query: Select[Any]) -> Iterator[list[uuid.UUID]]:
    # Read whole: sixteen bytes an id, and no cursor stays open while others are read.
    ids = iter(session.scalars(query).all())
    while batch := list(islice(ids, BATCH)):
        yield batch


def _load_published(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, ClaimCard]:
    standing = select(ClaimRow.id).where(
        ClaimRow.id.in_(ids), ClaimRow.status.in_(sorted(PUBLISHED))
    )
    return {card.id: card for card in load_cards(session, session.scalars(standing).all())}


def _load_sources(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, SourceFacts]:
    root = aliased(SourceRow)
    others = [getattr(SourceRow, field) for field in OTHERS]
    query = (
        select(SourceRow.id, SourceRow.name, SourceMergedRow.root, root.name, *others)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == SourceRow.id)
        .outerjoin(root, root.id == SourceMergedRow.root)
        .where(SourceRow.id.in_(ids))
    )
    lists = {field: _by_source(session.execute(rows)) for field, rows in _lists_of(ids).items()}
    return {
        id_: SourceFacts(
            id_,
            name,
            into is not None,
            shown or name,
            dict(zip(OTHERS, rest, strict=True))
            | {field: found.get(id_) for field, found in lists.items()},
        )
        for id_, name, into, shown, *rest in session.execute(query)
    }


def _lists_of(ids: Sequence[uuid.UUID]) -> dict[str, Select[*tuple[Any, ...]]]:
    """What a source has several of: for each kind of it the sources, each with one, in parts."""
    employer = aliased(SourceRow)
    return {
        "other names": select(SourceNameRow.source, SourceNameRow.name, SourceNameRow.kind).where(
            SourceNameRow.source.in_(ids), SourceNameRow.kind != "canonical"
        ),
        "offices": select(
            SourceRoleRow.source, SourceRoleRow.title, employer.name, SourceRoleRow.valid
        )
        .outerjoin(employer, employer.id == SourceRoleRow.organisation)
        .where(SourceRoleRow.source.in_(ids)),
        "ratings": select(
            OutletRatingRow.outlet,
            OutletRatingRow.rating,
            OutletRatingRow.rated_on,
            ReviewerRow.name,
        )
        .join(ReviewerRow, ReviewerRow.id == OutletRatingRow.rated_by)
        .where(OutletRatingRow.outlet.in_(ids)),
        "identifiers": select(
            SourceIdentifierRow.source, SourceIdentifierRow.register, SourceIdentifierRow.value
        ).where(SourceIdentifierRow.source.in_(ids)),
    }


def _by_source(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[uuid.UUID, str]:
    """All that each source has, in words and in the order of the alphabet."""
    found: dict[uuid.UUID, list[str]] = {}
    for source, *parts in rows:
        found.setdefault(source, []).append(" ".join(_told(one) for one in parts if one))
    return {source: "; ".join(sorted(told)) for source, told in found.items()}


def _told(part: str | date | Range[date]) -> str:
    if not isinstance(part, Range):
        return str(part)
    first, last = to_known_days(part)
    return f"{first or '…'} to {last or '…'}"


def count_published(session: Session) -> int:
    """How many claims the session's state publishes."""
    published = select(func.count()).where(ClaimRow.status.in_(sorted(PUBLISHED)))
    return session.scalars(published).one()
