"""Two states of the database compared: what was decided between them, read in both."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from sqlalchemy import ColumnElement, Select, and_, or_, select, union
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session, aliased

from claims.catalogue.card import ClaimCard
from claims.catalogue.cards import load_cards
from claims.catalogue.find import is_not_embargoed
from claims.database.ranges import to_known_days
from claims.model.kinds import PUBLISHED
from claims.model.moment import AsOf
from claims.releases.changes import Change, SourceFacts, compare_claims, compare_sources
from claims.releases.links import load_link_changes
from claims.schema import (
    ClaimRow,
    DecisionRow,
    DocumentChangeRow,
    DocumentRow,
    DocumentVersionRow,
    OutletRatingRow,
    ReviewerRow,
    SourceIdentifierRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
)

BATCH = 500
FIELDS = ("description", "wikidata", "country", "homepage")
"""What a source has one of, beside its name."""

Part = str | date | Range[date] | None
"""A column of what a source may have several of."""


def load_changes(first: Session, second: Session, a: AsOf, b: AsOf) -> Iterator[Change]:
    """How the second state differs from the first: claims, then sources, then links.

    Only what somebody decided on between the two is looked at, and articles that were killed,
    restored, or under an embargo: nothing published changes otherwise.

    Args:
        first: A session that reads the first state.
        second: One that reads the second.
        a: The first state.
        b: The second.
    """
    # The later one of the sessions knows all that happened between the two.
    (old, _), (new, later) = sorted(
        ((a, first), (b, second)), key=lambda state: (state[0].no, state[0].at)
    )
    between = and_(DecisionRow.no > old.no, DecisionRow.no <= new.no)
    for ids in _batches(later, _claims_changed(between, old, new)):
        old_cards, new_cards = _load_published(first, ids), _load_published(second, ids)
        for id_ in ids:
            yield from compare_claims(old_cards.get(id_), new_cards.get(id_))
    for ids in _batches(later, _sources_decided(between)):
        old_facts, new_facts = _load_sources(first, ids), _load_sources(second, ids)
        for id_ in ids:
            yield from compare_sources(old_facts.get(id_), new_facts.get(id_))
    for ids in _batches(later, _claims_decided(between)):
        yield from load_link_changes(first, second, ids)


def _claims_changed(between: ColumnElement[bool], old: AsOf, new: AsOf) -> Select[uuid.UUID]:
    """Claims that were decided on, or whose document was, or that its publisher's word changed."""
    decided = select(DecisionRow.subject).where(between, DecisionRow.subject_kind == "claim")
    documents = select(DecisionRow.subject).where(between, DecisionRow.subject_kind == "document")
    is_earlier = or_(
        DocumentChangeRow.after_no < old.no,
        and_(DocumentChangeRow.after_no == old.no, DocumentChangeRow.at <= old.at),
    )
    changed = select(DocumentChangeRow.document).where(~is_earlier)
    embargo = DocumentRow.embargoed_until
    opened = select(DocumentRow.id).where(embargo > old.at, embargo <= new.at)
    printed = (
        select(ClaimRow.id)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .where(DocumentVersionRow.document.in_(union(documents, changed, opened)))
    )
    both = union(decided, printed).subquery()
    return select(both.c[0]).order_by(both.c[0])


def _claims_decided(between: ColumnElement[bool]) -> Select[uuid.UUID]:
    decided = select(DecisionRow.subject).where(between, DecisionRow.subject_kind == "claim")
    return decided.distinct().order_by(DecisionRow.subject)


def _sources_decided(between: ColumnElement[bool]) -> Select[uuid.UUID]:
    decided = select(DecisionRow.subject).where(between, DecisionRow.subject_kind == "source")
    return decided.distinct().order_by(DecisionRow.subject)


def _batches(session: Session, query: Select[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    # Read whole: sixteen bytes an id, and no cursor stays open while others are read.
    ids = iter(session.scalars(query).all())
    while batch := list(islice(ids, BATCH)):
        yield batch


def _load_published(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, ClaimCard]:
    published = select(ClaimRow.id).where(
        ClaimRow.id.in_(ids), ClaimRow.status.in_(sorted(PUBLISHED)), is_not_embargoed()
    )
    return {card.id: card for card in load_cards(session, session.scalars(published).all())}


def _load_sources(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, SourceFacts]:
    root = aliased(SourceRow)
    fields = [getattr(SourceRow, field) for field in FIELDS]
    query = (
        select(SourceRow.id, SourceRow.name, SourceMergedRow.root, root.name, *fields)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == SourceRow.id)
        .outerjoin(root, root.id == SourceMergedRow.root)
        .where(SourceRow.id.in_(ids))
    )
    lists = _load_lists(session, ids)
    return {
        id_: SourceFacts(
            id_,
            name,
            merged=into is not None,
            shown_as=shown or name,
            others=dict(zip(FIELDS, values, strict=True))
            | {field: listed.get(id_) for field, listed in lists.items()},
        )
        for id_, name, into, shown, *values in session.execute(query)
    }


def _load_lists(session: Session, ids: Sequence[uuid.UUID]) -> dict[str, dict[uuid.UUID, str]]:
    """What a source has several of: by kind, for each source all of them in words."""
    employer = aliased(SourceRow)
    names = select(SourceNameRow.source, SourceNameRow.name, SourceNameRow.kind).where(
        SourceNameRow.source.in_(ids), SourceNameRow.kind != "canonical"
    )
    offices = (
        select(SourceRoleRow.source, SourceRoleRow.title, employer.name, SourceRoleRow.valid)
        .outerjoin(employer, employer.id == SourceRoleRow.organisation)
        .where(SourceRoleRow.source.in_(ids))
    )
    rating = (OutletRatingRow.rating, OutletRatingRow.rated_on, ReviewerRow.name)
    ratings = (
        select(OutletRatingRow.outlet, *rating)
        .join(ReviewerRow, ReviewerRow.id == OutletRatingRow.rated_by)
        .where(OutletRatingRow.outlet.in_(ids))
    )
    identifier = (SourceIdentifierRow.register, SourceIdentifierRow.value)
    identifiers = select(SourceIdentifierRow.source, *identifier).where(
        SourceIdentifierRow.source.in_(ids)
    )
    return {
        "other names": _by_source((id_, (a, b)) for id_, a, b in session.execute(names)),
        "offices": _by_source((id_, (a, b, c)) for id_, a, b, c in session.execute(offices)),
        "ratings": _by_source((id_, (a, b, c)) for id_, a, b, c in session.execute(ratings)),
        "identifiers": _by_source((id_, (a, b)) for id_, a, b in session.execute(identifiers)),
    }


def _by_source(rows: Iterable[tuple[uuid.UUID, Sequence[Part]]]) -> dict[uuid.UUID, str]:
    """All that each source has, in words and in the order of the alphabet."""
    lines: dict[uuid.UUID, list[str]] = {}
    for source, parts in rows:
        lines.setdefault(source, []).append(" ".join(_in_words(part) for part in parts if part))
    return {source: "; ".join(sorted(some)) for source, some in lines.items()}


def _in_words(part: str | date | Range[date]) -> str:
    if not isinstance(part, Range):
        return str(part)
    first, last = to_known_days(part)
    return f"{first or '…'} to {last or '…'}"
