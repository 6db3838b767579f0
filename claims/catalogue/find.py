"""Find claims by id, by filters, by words; the conditions that other queries share."""

import uuid
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.catalogue.card import Filters
from claims.catalogue.errors import AmbiguousIdError, EmbargoedError, UnknownIdError
from claims.catalogue.narrow import PORTIONS, claims_with_words, newest_documents
from claims.database.arrays import any_of
from claims.database.statements import reads_past
from claims.errors.base import UsageError
from claims.model.kinds import PUBLISHED, ClaimStatus
from claims.model.notice import until_text
from claims.model.program import OURS, PROPOSALS
from claims.schema import (
    SEARCHED,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    OtherProposalRow,
    RunRow,
    SourceMergedRow,
    SourceNameRow,
)

RANKED = 1000
"""Most matches that are ranked: ranking all of a common word takes a second at a million claims."""

EMBARGOED_ONCE = text(
    "SELECT o.id FROM claims.document AS o WHERE o.embargoed_until IS NOT NULL"
    " UNION SELECT c.document FROM claims.document_change AS c WHERE c.embargo_before IS NOT NULL"
)
"""The documents that ever had an embargo, which are few: in a past, that of each is worked out."""

HEXADECIMAL = frozenset("0123456789abcdef")

LONGEST = 32
"""Hexadecimal digits of a whole id."""


def find_claim(session: Session, prefix: str) -> uuid.UUID:
    """The claim whose id begins with a prefix, with or without hyphens.

    Raises:
        UnknownIdError: No claim has such an id, or the prefix is no part of an id.
        AmbiguousIdError: More than one claim has such an id.
    """
    low, high = id_range(prefix)
    claims = session.scalars(
        select(ClaimRow.id).where(ClaimRow.id.between(low, high)).limit(2)
    ).all()
    if not claims:
        raise UnknownIdError(prefix)
    if len(claims) > 1:
        raise AmbiguousIdError(prefix, f"{claims[0]} and {claims[1]}, for instance")
    return claims[0]


def find_open_claim(session: Session, prefix: str) -> uuid.UUID:
    """The claim whose id begins with a prefix, if it may be shown to everybody.

    Raises:
        UnknownIdError: No claim has such an id, or the prefix is no part of an id.
        AmbiguousIdError: More than one claim has such an id.
        EmbargoedError: Its article is under embargo.
    """
    claim = find_claim(session, prefix)
    ends = session.scalar(_joined(embargo_end()).where(ClaimRow.id == claim))
    if ends is not None:
        raise EmbargoedError(prefix, f"its article is under embargo {until_text(ends)}")
    return claim


def find_open(session: Session, claims: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of some claims that are under no embargo."""
    query = select(ClaimRow.id).where(ClaimRow.id.in_(claims), is_not_embargoed())
    return frozenset(session.scalars(query))


def id_range(
    prefix: str, unknown: type[UsageError] = UnknownIdError
) -> tuple[uuid.UUID, uuid.UUID]:
    """The first and the last id that begin with a prefix, with or without hyphens.

    Args:
        prefix: The beginning of an id.
        unknown: The error of what is sought.

    Raises:
        UsageError: `unknown`; the prefix is no part of an id.
    """
    digits = prefix.strip().lower().replace("-", "")
    if not digits or len(digits) > LONGEST or not set(digits) <= HEXADECIMAL:
        raise unknown(prefix, "an id is made of the digits 0-9 and a-f")
    low, high = (uuid.UUID(digits.ljust(LONGEST, end)) for end in "0f")
    return low, high


def find_claims(
    session: Session, filters: Filters, *, limit: int, after: uuid.UUID | None = None
) -> list[uuid.UUID]:
    """Ids of the claims that pass the filters, newest article first, in the order of its text.

    Args:
        session: A session, reading or writing.
        filters: Conditions that a claim must meet.
        limit: Most claims to return.
        after: Only claims that follow this one in the same order.
    """
    order = (
        func.coalesce(DocumentRow.published_at, datetime.min.replace(tzinfo=UTC)),
        DocumentRow.id,
        -func.lower(ClaimRow.content_spans),
        ClaimRow.id,
    )
    query = _joined(ClaimRow.id).where(is_published_yet(), *claim_conditions(filters))
    until = None
    if after is not None:
        last = _joined(*order).where(ClaimRow.id == after).scalar_subquery()
        query = query.where(tuple_(*order) < last)
        until = session.scalar(_joined(DocumentRow.published_at).where(ClaimRow.id == after))
    query = query.order_by(*(key.desc() for key in order)).limit(limit)
    for most in PORTIONS:
        newest = newest_documents(session, most, until)
        if newest is None:
            break
        among = DocumentRow.id == any_of(newest.ids)
        page = query.where(among, DocumentRow.published_at >= newest.oldest)
        claims = session.scalars(page).all()
        if len(claims) == limit:
            return list(claims)
    return list(session.scalars(query))


def search_claims(session: Session, words: str, *, limit: int) -> list[uuid.UUID]:
    """Ids of the claims that contain all the words, best first.

    Args:
        session: A session, reading or writing.
        words: As a web search takes them: "quoted phrases", OR, -without.
        limit: Most claims to return; they are ranked among the first `RANKED` that match.
    """
    query = func.websearch_to_tsquery("english", words)
    matching = select(ClaimRow.id, SEARCHED.label("search")).where(
        SEARCHED.op("@@")(query), is_not_embargoed()
    )
    if reads_past(session):
        among = literal(claims_with_words(session, words, RANKED), ARRAY(Uuid))
        matching = matching.where(ClaimRow.id == func.any(among))
    matches = matching.limit(RANKED).subquery()
    rank = func.ts_rank_cd(matches.c.search, query)
    ranked = select(matches.c.id).order_by(rank.desc(), matches.c.id).limit(limit)
    return list(session.scalars(ranked))


def count_by_status(session: Session) -> dict[str, int]:
    """How many claims have each status."""
    # Others than proposals have an index, and all claims have their key's: no row is read.
    others = ClaimRow.status != ClaimStatus.PROPOSED
    query = select(ClaimRow.status, func.count()).where(others).group_by(ClaimRow.status)
    counts = {row[0]: row[1] for row in session.execute(query)}
    proposals = (session.scalar(select(func.count()).select_from(ClaimRow)) or 0) - sum(
        counts.values()
    )
    return counts | ({ClaimStatus.PROPOSED: proposals} if proposals else {})


def _joined(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any type
    """Select columns of claims, joined with their documents."""
    return (
        select(*columns)
        .select_from(ClaimRow)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
    )


def is_published_yet() -> ColumnElement[bool]:
    """Whether the embargo of a document, if it has one, has ended; for queries of documents."""
    return func.coalesce(DocumentRow.hidden_until <= func.now(), True)


def embargo_end() -> ColumnElement[datetime | None]:
    """Until when a document is under embargo; NULL if it is not, for queries of documents."""
    return case((DocumentRow.hidden_until > func.now(), DocumentRow.hidden_until))


@cache
def is_not_embargoed() -> ColumnElement[bool]:
    """Whether a claim is under no embargo; for queries that do not read its document.

    The few versions that are under one are looked up once a query. Built once: the alias takes
    longer to build than a page of claims to find.
    """
    document = aliased(DocumentRow)
    embargoed = (
        select(DocumentVersionRow.id)
        .join(document, document.id == DocumentVersionRow.document)
        .where(document.hidden_until > func.now(), document.id.in_(EMBARGOED_ONCE))
        .correlate(None)
    )
    return ~ClaimRow.version.in_(embargoed)


def claim_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """The conditions on a claim; those on outlet and days need it joined with its document."""
    conditions: list[ColumnElement[bool]] = []
    if filters.speaker:
        conditions.append(is_named(ClaimRow.speaker, filters.speaker))
    if filters.outlet:
        conditions.append(is_named(DocumentRow.outlet, filters.outlet))
    if filters.status:
        conditions.append(ClaimRow.status == filters.status)
    if filters.published:
        conditions.append(ClaimRow.status.in_(sorted(PUBLISHED)))
    if filters.form:
        conditions.append(ClaimRow.form == filters.form)
    if filters.classes:
        conditions.append(ClaimRow.claim_class.in_(sorted(filters.classes)))
    conditions += published_within(filters.since, filters.until)
    if filters.extractor:
        conditions.append(_is_proposed_by(filters.extractor))
    if filters.words:
        query = func.websearch_to_tsquery("english", filters.words)
        conditions.append(SEARCHED.op("@@")(query))
    return conditions


def _is_proposed_by(extractor: str) -> ColumnElement[bool]:
    """Whether a program proposes a claim, first or beside another; claims is our own."""
    others = select(OtherProposalRow.claim)
    with_version = select(RunRow.id).where(RunRow.extractor_version == extractor)
    if extractor == OURS:
        first = select(RunRow.id).where(RunRow.command != PROPOSALS)
    else:
        name = func.regexp_replace(RunRow.extractor_version, "/[^/]*$", "")
        of_program = (RunRow.command == PROPOSALS, name == extractor)
        first = select(RunRow.id).where(
            or_(RunRow.extractor_version == extractor, and_(*of_program))
        )
    return or_(
        ClaimRow.run.in_(first),
        ClaimRow.id.in_(others.where(OtherProposalRow.program == extractor)),
        ClaimRow.id.in_(others.where(OtherProposalRow.run.in_(with_version))),
    )


def select_shown(condition: ColumnElement[bool]) -> Select[uuid.UUID]:
    """The sources with a name that meets a condition, each as it is shown after merges."""
    merged = aliased(SourceMergedRow)
    return (
        select(func.coalesce(merged.root, SourceNameRow.source))
        .select_from(SourceNameRow)
        .outerjoin(merged, merged.source == SourceNameRow.source)
        .where(condition)
    )


def select_named(part: str) -> Select[uuid.UUID]:
    """The sources, as they are shown, with a name that contains a part."""
    return select_shown(SourceNameRow.name.icontains(part, autoescape=True))


def published_within(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """The conditions on a document that was published on these days (UTC), both included."""
    conditions: list[ColumnElement[bool]] = []
    if since:
        first = datetime.combine(since, time.min, UTC)
        conditions.append(DocumentRow.published_at >= first)
    if until:
        # The day after it may lie beyond the calendar.
        conditions.append(DocumentRow.published_at <= datetime.combine(until, time.max, UTC))
    return conditions


def is_named(column: InstrumentedAttribute[uuid.UUID | None], part: str) -> ColumnElement[bool]:
    """Whether a source, or another that is shown as the same, has a name that contains a part."""
    member, shown = aliased(SourceMergedRow), select_named(part)
    return or_(column.in_(shown), column.in_(select(member.source).where(member.root.in_(shown))))
