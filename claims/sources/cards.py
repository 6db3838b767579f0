"""Sources read from the database: by name, by id, with their claims in order of time."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Date, Select, Uuid, and_, cast, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from claims.catalogue.card import Filters
from claims.catalogue.find import claim_conditions, load_cards, select_named
from claims.database.ranges import to_known_days, to_spans
from claims.model.span import words_at
from claims.schema import (
    AttributionRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    OutletRatingRow,
    ReviewerRow,
    SourceDistinctRow,
    SourceIdentifierRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
    SourceSuggestionRow,
)
from claims.sources.card import Entry, Office, Pair, PrintedName, Rating, SourceCard

COUNTED = 1000
"""Claims of a source are counted up to here; beyond, people want "many"."""

UNKNOWN_DAY = date.min
"""What the database lists a claim under whose day nobody knows."""


def find_sources(
    session: Session, words: str, kind: str | None, *, limit: int, after: uuid.UUID | None = None
) -> list[SourceCard]:
    """Unmerged sources with a name that contains the words, by name.

    Args:
        session: A session, reading or writing.
        words: Part of a name, of the source itself or of one merged into it; empty for all.
        kind: Only of this kind.
        limit: At most so many.
        after: Only those that follow this source in the same order.
    """
    order = (func.lower(SourceRow.name), SourceRow.id)
    query = select(SourceRow.id).where(SourceRow.merged_into.is_(None))
    if kind:
        query = query.where(SourceRow.kind == kind)
    if words:
        query = query.where(SourceRow.id.in_(select_named(words)))
    if after is not None:
        last = select(*order).where(SourceRow.id == after).scalar_subquery()
        query = query.where(func.row(*order) > last)
    ids = session.scalars(query.order_by(*order).limit(limit)).all()
    return [load_heading(session, id_) for id_ in ids]


def load_members(session: Session, source: uuid.UUID) -> list[uuid.UUID]:
    """A source, and every one that is shown as it."""
    merged = select(SourceMergedRow.source).where(SourceMergedRow.root == source)
    return [source, *session.scalars(merged.order_by(SourceMergedRow.source))]


def load_source_card(session: Session, source: uuid.UUID) -> SourceCard:
    """All that is known of a source; of one that others were merged into, theirs as well."""
    head = load_heading(session, source)
    members = load_members(session, source)
    return SourceCard(
        **{field: getattr(head, field) for field in HEAD},
        names=_load_names(session, members),
        offices=load_offices_of(session, members),
        printed=_load_printed(session, members),
        ratings=_load_ratings(session, members),
        identifiers=_load_identifiers(session, members),
        members=_load_named(session, members[1:]),
        distinct=_load_distinct(session, source),
        suggested=load_pairs(session, limit=10, source=head.shown_as),
    )


HEAD = (
    "id", "kind", "name", "description", "wikidata", "country", "homepage", "revision",
    "merged_into", "shown_as", "claims",
)  # fmt: skip


def load_heading(session: Session, source: uuid.UUID) -> SourceCard:
    """What a source is, without its names, offices and all that was printed of it."""
    row = session.get_one(SourceRow, source)
    root = session.scalar(select(SourceMergedRow.root).where(SourceMergedRow.source == source))
    spoken = select(ClaimRow.id).where(ClaimRow.speaker.in_(load_members(session, source)))
    claims = session.scalar(select(func.count()).select_from(spoken.limit(COUNTED).subquery()))
    return SourceCard(
        id=row.id,
        kind=row.kind,
        name=row.name,
        description=row.description,
        wikidata=row.wikidata,
        country=row.country,
        homepage=row.homepage,
        revision=row.revision,
        merged_into=row.merged_into,
        shown_as=root or row.id,
        claims=claims or 0,
    )


def _load_names(
    session: Session, members: Sequence[uuid.UUID]
) -> list[tuple[str, str, str | None]]:
    query = (
        select(SourceNameRow.name, SourceNameRow.kind, SourceNameRow.language)
        .where(SourceNameRow.source.in_(members))
        .distinct()
        .order_by(SourceNameRow.kind.desc(), SourceNameRow.name)
    )
    ranked = {"canonical": 0, "alias": 1, "former": 2, "transliteration": 3}
    rows = [(name, kind, language) for name, kind, language in session.execute(query)]
    return sorted(rows, key=lambda row: (ranked[row[1]], row[0]))


def load_offices_of(session: Session, members: Sequence[uuid.UUID]) -> list[Office]:
    """The offices of a source and those merged into it, the latest first."""
    employer = aliased(SourceRow)
    query = (
        select(SourceRoleRow, employer.name, DocumentVersionRow.text)
        .outerjoin(employer, employer.id == SourceRoleRow.organisation)
        .outerjoin(DocumentVersionRow, DocumentVersionRow.id == SourceRoleRow.evidence_version)
        .where(SourceRoleRow.source.in_(members))
        .order_by(func.lower(SourceRoleRow.valid).desc().nulls_last(), SourceRoleRow.title)
    )
    offices = []
    for role, organisation, text in session.execute(query):
        printed = f"“{words_at(text, to_spans(role.evidence_spans))}”" if text else None
        evidence = "; ".join(part for part in (role.evidence, printed) if part) or None
        offices.append(Office(role.title, organisation, *to_known_days(role.valid), evidence))
    return offices


def _load_printed(session: Session, members: Sequence[uuid.UUID]) -> list[PrintedName]:
    day = func.timezone("UTC", DocumentRow.published_at).cast(Date)
    query = (
        select(AttributionRow.capacity, func.count(), func.min(day), func.max(day))
        .join(ClaimRow, ClaimRow.id == AttributionRow.claim)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .where(AttributionRow.source.in_(members), AttributionRow.capacity.is_not(None))
        .group_by(AttributionRow.capacity)
        .order_by(func.count().desc(), AttributionRow.capacity)
        .limit(20)
    )
    return [
        PrintedName(capacity or "", times, first, last)
        for capacity, times, first, last in session.execute(query)
    ]


def _load_ratings(session: Session, members: Sequence[uuid.UUID]) -> list[Rating]:
    query = (
        select(
            OutletRatingRow.rating, OutletRatingRow.rated_on, ReviewerRow.name, OutletRatingRow.why
        )
        .join(ReviewerRow, ReviewerRow.id == OutletRatingRow.rated_by)
        .where(OutletRatingRow.outlet.in_(members))
        .order_by(OutletRatingRow.rated_on.desc(), ReviewerRow.name)
    )
    return [Rating(*row) for row in session.execute(query)]


def _load_identifiers(session: Session, members: Sequence[uuid.UUID]) -> list[tuple[str, str]]:
    query = (
        select(SourceIdentifierRow.register, SourceIdentifierRow.value)
        .where(SourceIdentifierRow.source.in_(members))
        .order_by(SourceIdentifierRow.register, SourceIdentifierRow.value)
    )
    return [(register, value) for register, value in session.execute(query)]


def _load_named(session: Session, ids: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, str]]:
    query = select(SourceRow.id, SourceRow.name).where(SourceRow.id.in_(ids)).order_by(SourceRow.id)
    return [(id_, name) for id_, name in session.execute(query)]


def _load_distinct(session: Session, source: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    pairs = select(SourceDistinctRow.a, SourceDistinctRow.b).where(
        or_(SourceDistinctRow.a == source, SourceDistinctRow.b == source)
    )
    others = [b if a == source else a for a, b in session.execute(pairs)]
    return _load_named(session, others)


def load_pairs(session: Session, *, limit: int, source: uuid.UUID | None = None) -> list[Pair]:
    """Pairs that wait for somebody to merge or part them, best first.

    A pair that is merged by now, or that was found distinct, whichever of their records it was said
    of, does not come back.

    Args:
        session: A session, reading or writing.
        limit: At most so many.
        source: Only those of this source.
    """
    ma, mb = aliased(SourceMergedRow), aliased(SourceMergedRow)
    a = func.coalesce(ma.root, SourceSuggestionRow.a)
    b = func.coalesce(mb.root, SourceSuggestionRow.b)
    query = (
        select(a, b, SourceSuggestionRow.score, SourceSuggestionRow.reason)
        .select_from(SourceSuggestionRow)
        .outerjoin(ma, ma.source == SourceSuggestionRow.a)
        .outerjoin(mb, mb.source == SourceSuggestionRow.b)
        .where(a != b, ~_is_distinct(a, b))
        .order_by(SourceSuggestionRow.score.desc(), SourceSuggestionRow.a, SourceSuggestionRow.b)
        .limit(limit)
    )
    if source is not None:
        members = load_members(session, source)
        query = query.where(
            or_(SourceSuggestionRow.a.in_(members), SourceSuggestionRow.b.in_(members))
        )
    rows = session.execute(query).all()
    ids = {row[0] for row in rows} | {row[1] for row in rows}
    found = session.scalars(select(SourceRow).where(SourceRow.id.in_(ids)))
    named = {one.id: (one.name, one.kind) for one in found}
    pairs: dict[tuple[uuid.UUID, uuid.UUID], Pair] = {}
    for one, other, score, reason in rows:
        pair = Pair(one, named[one][0], other, named[other][0], named[one][1], score, reason)
        pairs.setdefault((min(one, other), max(one, other)), pair)
    return list(pairs.values())


def _is_distinct(a: Any, b: Any) -> Any:  # noqa: ANN401 - column expressions
    x, y = aliased(SourceMergedRow), aliased(SourceMergedRow)
    one = func.coalesce(x.root, SourceDistinctRow.a)
    other = func.coalesce(y.root, SourceDistinctRow.b)
    said = (
        select(SourceDistinctRow.a)
        .select_from(SourceDistinctRow)
        .outerjoin(x, x.source == SourceDistinctRow.a)
        .outerjoin(y, y.source == SourceDistinctRow.b)
        .where(or_(and_(one == a, other == b), and_(one == b, other == a)))
    )
    return exists(said.subquery().select())


def load_timeline(
    session: Session,
    source: uuid.UUID,
    filters: Filters,
    *,
    limit: int,
    after: uuid.UUID | None = None,
) -> list[Entry]:
    """What a source was reported to have said, the latest first.

    Args:
        session: A session, reading or writing.
        source: Who; an unmerged source stands for all that were merged into it.
        filters: Outlet, words, status, form; `since` and `until` are days a claim is listed under.
        limit: At most so many.
        after: Only those that follow this claim in the same order.
    """
    members = load_members(session, source)
    ids = session.scalars(timeline_query(members, filters, limit, after)).all()
    listed = session.execute(select(ClaimRow.id, ClaimRow.listed_on).where(ClaimRow.id.in_(ids)))
    days = {row.id: row.listed_on for row in listed}
    offices = load_offices_of(session, members)
    entries = []
    for card in load_cards(session, ids):
        day = None if days[card.id] == UNKNOWN_DAY else days[card.id]
        held = [office.named for office in offices if day and office.includes(day)]
        printed = card.hops[0].capacity
        office = ", ".join(held) or (f"“{printed}”" if printed else None)
        entries.append(Entry(day, card, office))
    return entries


def timeline_query(
    members: Sequence[uuid.UUID], filters: Filters, limit: int, after: uuid.UUID | None = None
) -> Select[Any]:
    """The ids of a timeline's page: for each member a walk along its index, merged by day."""
    member = func.unnest(cast(list(members), ARRAY(Uuid))).table_valued("id")
    member = member.render_derived("member")
    own = (
        select(ClaimRow.id, ClaimRow.listed_on)
        .where(ClaimRow.speaker == member.c.id)
        .order_by(ClaimRow.listed_on.desc(), ClaimRow.id.desc())
        .limit(limit)
    )
    if filters.since:
        own = own.where(ClaimRow.listed_on >= filters.since)
    if filters.until:
        own = own.where(ClaimRow.listed_on <= filters.until)
    rest = Filters(
        outlet=filters.outlet, status=filters.status, form=filters.form, words=filters.words
    )
    if rest.outlet:
        own = own.join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version).join(
            DocumentRow, DocumentRow.id == DocumentVersionRow.document
        )
    own = own.where(*claim_conditions(rest))
    if after is not None:
        last = select(ClaimRow.listed_on, ClaimRow.id).where(ClaimRow.id == after).scalar_subquery()
        own = own.where(func.row(ClaimRow.listed_on, ClaimRow.id) < last)
    page = own.lateral("page")
    return (
        select(page.c.id)
        .select_from(member)
        .join(page, true())
        .order_by(page.c.listed_on.desc(), page.c.id.desc())
        .limit(limit)
    )
