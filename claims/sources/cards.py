"""Load sources as they are shown: lists by name, cards, pairs that may be one."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from claims.catalogue.find import select_named
from claims.database.arrays import any_of
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
from claims.sources.card import Office, Pair, PrintedName, Rating, SourceCard

COUNTED = 1000
"""Most claims of a source that are counted; beyond, a card says "or more"."""


def find_sources(
    session: Session, words: str, kind: str | None, *, limit: int, after: uuid.UUID | None = None
) -> list[SourceCard]:
    """Unmerged sources with a name that contains the words, by name.

    Args:
        session: A session, reading or writing.
        words: Part of a name of the source, or of one merged into it; empty for all sources.
        kind: Only sources of this kind.
        limit: Most sources to return.
        after: Only sources that follow this one in the same order.
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
    return load_headings(session, ids)


def load_members(session: Session, source: uuid.UUID) -> list[uuid.UUID]:
    """A source, and all that are shown as it."""
    merged = select(SourceMergedRow.source).where(SourceMergedRow.root == source)
    return [source, *session.scalars(merged.order_by(SourceMergedRow.source))]


def load_source_card(session: Session, source: uuid.UUID) -> SourceCard:
    """A source with everything known of it and of the sources that were merged into it."""
    heading = load_heading(session, source)
    members = load_members(session, source)
    return replace(
        heading,
        names=_load_names(session, members),
        offices=load_offices_of(session, members),
        printed=_load_printed(session, members),
        ratings=_load_ratings(session, members),
        identifiers=_load_identifiers(session, members),
        members=_load_named(session, members[1:]),
        distinct=_load_distinct(session, source),
        suggested=load_pairs(session, limit=10, source=heading.shown_as),
    )


def load_heading(session: Session, source: uuid.UUID) -> SourceCard:
    """A source without its lists: names, offices, ratings and so on stay empty."""
    return load_headings(session, [source])[0]


def load_headings(session: Session, sources: Sequence[uuid.UUID]) -> list[SourceCard]:
    """The same of several sources, in their order: three statements, however many they are."""
    among = any_of(sources)
    rows = {row.id: row for row in session.scalars(select(SourceRow).where(SourceRow.id == among))}
    merged = select(SourceMergedRow.source, SourceMergedRow.root)
    shown = or_(SourceMergedRow.source == among, SourceMergedRow.root == among)
    roots = {row.source: row.root for row in session.execute(merged.where(shown))}
    counts = _count_claims(session, sorted({*sources, *roots}))
    claims: defaultdict[uuid.UUID, int] = defaultdict(int, counts)
    for source, root in roots.items():
        claims[root] += counts[source]
    return [_heading(rows[one], roots.get(one), min(claims[one], COUNTED)) for one in sources]


def _count_claims(session: Session, speakers: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many claims each speaker has, up to `COUNTED`, without those merged into it."""
    one = func.unnest(cast(list(speakers), ARRAY(Uuid))).table_valued("id").render_derived("one")
    some = select(ClaimRow.id).where(ClaimRow.speaker == one.c.id).limit(COUNTED).lateral("some")
    query = select(one.c.id, func.count(some.c.id)).select_from(one).outerjoin(some, true())
    query = query.group_by(one.c.id)
    return {row[0]: row[1] for row in session.execute(query)}


def _heading(row: SourceRow, root: uuid.UUID | None, claims: int) -> SourceCard:
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
        claims=claims,
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
    rank = {"canonical": 0, "alias": 1, "former": 2, "transliteration": 3}
    rows = [(name, kind, language) for name, kind, language in session.execute(query)]
    return sorted(rows, key=lambda row: (rank[row[1]], row[0]))


def load_offices_of(session: Session, members: Sequence[uuid.UUID]) -> list[Office]:
    """The offices of a source and those merged into it, the latest first."""
    offices = []
    for role, organisation, text in session.execute(_offices(), {"sources": list(members)}):
        printed = f"“{words_at(text, to_spans(role.evidence_spans))}”" if text else None
        evidence = "; ".join(part for part in (role.evidence, printed) if part) or None
        offices.append(Office(role.title, organisation, *to_known_days(role.valid), evidence))
    return offices


@cache
def _offices() -> Select[SourceRoleRow, str, str]:
    """The query of offices, built once."""
    employer = aliased(SourceRow)
    return (
        select(SourceRoleRow, employer.name, DocumentVersionRow.text)
        .outerjoin(employer, employer.id == SourceRoleRow.organisation)
        .outerjoin(DocumentVersionRow, DocumentVersionRow.id == SourceRoleRow.evidence_version)
        .where(SourceRoleRow.source == func.any(bindparam("sources", type_=ARRAY(Uuid))))
        .order_by(func.lower(SourceRoleRow.valid).desc().nulls_last(), SourceRoleRow.title)
    )


def _load_printed(session: Session, members: Sequence[uuid.UUID]) -> list[PrintedName]:
    # The day that readers saw on the article, by its own clock, as in the view of documents.
    ahead = func.make_interval(0, 0, 0, 0, 0, func.coalesce(DocumentRow.published_offset, 0))
    day = cast(func.timezone("UTC", DocumentRow.published_at) + ahead, Date)
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
    if not ids:
        return []
    query = select(SourceRow.id, SourceRow.name).where(SourceRow.id.in_(ids)).order_by(SourceRow.id)
    return [(id_, name) for id_, name in session.execute(query)]


def _load_distinct(session: Session, source: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    pairs = select(SourceDistinctRow.a, SourceDistinctRow.b).where(
        or_(SourceDistinctRow.a == source, SourceDistinctRow.b == source)
    )
    others = [b if a == source else a for a, b in session.execute(pairs)]
    return _load_named(session, others)


def load_pairs(session: Session, *, limit: int, source: uuid.UUID | None = None) -> list[Pair]:
    """Pairs that may be one source and wait for a decision, best first.

    A pair does not come back once any two of its records are merged or recorded as distinct.

    Args:
        session: A session, reading or writing.
        limit: Most pairs to return.
        source: Only pairs with this source.
    """
    query = _suggestions().limit(limit)
    if source is not None:
        members = load_members(session, source)
        query = query.where(
            or_(SourceSuggestionRow.a.in_(members), SourceSuggestionRow.b.in_(members))
        )
    rows = session.execute(query).all()
    if not rows:
        return []
    ids = {row[0] for row in rows} | {row[1] for row in rows}
    sources = {
        row.id: row for row in session.scalars(select(SourceRow).where(SourceRow.id.in_(ids)))
    }
    pairs: dict[tuple[uuid.UUID, uuid.UUID], Pair] = {}
    for one, other, score, reason in rows:
        a_name, b_name, kind = sources[one].name, sources[other].name, sources[one].kind
        pair = Pair(one, a_name, other, b_name, kind, score, reason)
        pairs.setdefault((min(one, other), max(one, other)), pair)
    return list(pairs.values())


@cache
def _suggestions() -> Select[uuid.UUID, uuid.UUID, float, str]:
    """The query of the pairs that wait, built once."""
    ma, mb = aliased(SourceMergedRow), aliased(SourceMergedRow)
    a = func.coalesce(ma.root, SourceSuggestionRow.a)
    b = func.coalesce(mb.root, SourceSuggestionRow.b)
    return (
        select(a, b, SourceSuggestionRow.score, SourceSuggestionRow.reason)
        .select_from(SourceSuggestionRow)
        .outerjoin(ma, ma.source == SourceSuggestionRow.a)
        .outerjoin(mb, mb.source == SourceSuggestionRow.b)
        .where(a != b, ~_is_distinct(a, b))
        .order_by(SourceSuggestionRow.score.desc(), SourceSuggestionRow.a, SourceSuggestionRow.b)
    )


def _is_distinct(a: ColumnElement[uuid.UUID], b: ColumnElement[uuid.UUID]) -> ColumnElement[bool]:
    """Whether any two records of two sources are recorded as distinct."""
    x, y = aliased(SourceMergedRow), aliased(SourceMergedRow)
    one = func.coalesce(x.root, SourceDistinctRow.a)
    other = func.coalesce(y.root, SourceDistinctRow.b)
    pair = (
        select(SourceDistinctRow.a)
        .select_from(SourceDistinctRow)
        .outerjoin(x, x.source == SourceDistinctRow.a)
        .outerjoin(y, y.source == SourceDistinctRow.b)
        .where(or_(and_(one == a, other == b), and_(one == b, other == a)))
    )
    return pair.exists()
