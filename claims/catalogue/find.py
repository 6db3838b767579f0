"""Claims read from the database, by filter, by id, by words."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_
from sqlalchemy.orm import Bundle, Session, aliased

from claims.catalogue.card import (
    ClaimCard,
    DecisionLine,
    Filters,
    History,
    HopCard,
    RelatedClaim,
    SourceLink,
)
from claims.catalogue.errors import AmbiguousIdError, UnknownIdError
from claims.database.ranges import to_days, to_spans
from claims.model.json import JsonObject
from claims.schema import (
    AttributionRow,
    ClaimLinkRow,
    ClaimParentRow,
    ClaimRow,
    DecisionRow,
    DocumentRow,
    DocumentVersionRow,
    ReviewerRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRow,
)
from claims.text.offsets import paragraph_of

RANKED = 1000
"""Ranking all matches of a common word takes a second at a million claims; so many do not."""

# Columns, not entities: nothing is tracked that is only shown.
CLAIM: Bundle[Any] = Bundle(
    "ClaimRow", *(getattr(ClaimRow, c.key) for c in ClaimRow.__table__.columns if c.key != "search")
)
VERSION: Bundle[Any] = Bundle(
    "DocumentVersionRow", DocumentVersionRow.number, DocumentVersionRow.text
)
DOCUMENT: Bundle[Any] = Bundle(
    "DocumentRow",
    DocumentRow.id,
    DocumentRow.title,
    DocumentRow.url,
    DocumentRow.published_at,
    DocumentRow.status,
)
HOP: Bundle[Any] = Bundle(
    "Hop", *(getattr(AttributionRow, c.key) for c in AttributionRow.__table__.columns)
)

HEXADECIMAL = frozenset("0123456789abcdef")


def find_claim(session: Session, given: str) -> uuid.UUID:
    """The claim whose id begins as given, hyphens or not.

    Raises:
        UnknownIdError: No claim's does, or what was given is no part of an id.
        AmbiguousIdError: More than one claim's does.
    """
    digits = given.strip().lower().replace("-", "")
    if not digits or len(digits) > 32 or not set(digits) <= HEXADECIMAL:  # noqa: PLR2004
        raise UnknownIdError(given, "an id is made of the digits 0-9 and a-f")
    low, high = uuid.UUID(digits.ljust(32, "0")), uuid.UUID(digits.ljust(32, "f"))
    found = session.scalars(
        select(ClaimRow.id).where(ClaimRow.id.between(low, high)).limit(2)
    ).all()
    if not found:
        raise UnknownIdError(given)
    if len(found) > 1:
        raise AmbiguousIdError(given, f"{found[0]} and {found[1]}, for instance")
    return found[0]


def find_claims(
    session: Session, filters: Filters, *, limit: int, after: uuid.UUID | None = None
) -> list[uuid.UUID]:
    """Ids of the claims that pass the filters, newest article first, in the order of its text.

    Args:
        session: A session, reading or writing.
        filters: What must hold.
        limit: At most so many.
        after: Only those that follow this claim in the same order.
    """
    order = (
        func.coalesce(DocumentRow.published_at, datetime.min.replace(tzinfo=UTC)),
        DocumentRow.id,
        -func.lower(ClaimRow.content_spans),
        ClaimRow.id,
    )
    query = _joined(ClaimRow.id).where(*claim_conditions(filters))
    if after is not None:
        last = _joined(*order).where(ClaimRow.id == after).scalar_subquery()
        query = query.where(tuple_(*order) < last)
    return list(session.scalars(query.order_by(*(key.desc() for key in order)).limit(limit)))


def search_claims(session: Session, words: str, *, limit: int) -> list[uuid.UUID]:
    """Ids of the claims that hold all the words, best first.

    Args:
        session: A session, reading or writing.
        words: As a web search takes them: "quoted phrases", OR, -without.
        limit: At most so many; ranked among the first 1,000 that match.
    """
    asked = func.websearch_to_tsquery("english", words)
    matched = (
        select(ClaimRow.id, ClaimRow.search).where(ClaimRow.search.op("@@")(asked)).limit(RANKED)
    )
    found = matched.subquery()
    rank = func.ts_rank_cd(found.c.search, asked)
    return list(session.scalars(select(found.c.id).order_by(rank.desc(), found.c.id).limit(limit)))


def load_cards(session: Session, ids: Sequence[uuid.UUID]) -> list[ClaimCard]:
    """The claims with these ids, in the order of the ids."""
    hops = _load_hops(session, ids)
    publisher, outlet = aliased(SourceMergedRow), aliased(SourceRow)
    rows = session.execute(
        select(CLAIM, VERSION, DOCUMENT, outlet.name.label("outlet"))
        .select_from(ClaimRow)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .outerjoin(publisher, publisher.source == DocumentRow.outlet)
        .outerjoin(outlet, outlet.id == func.coalesce(publisher.root, DocumentRow.outlet))
        .where(ClaimRow.id.in_(ids))
    )
    cards = {row.ClaimRow.id: _card(row, hops[row.ClaimRow.id]) for row in rows}
    return [cards[id_] for id_ in ids]


def load_history(session: Session, claim: uuid.UUID) -> History:
    """What was decided on a claim, and which claims stand beside it."""
    sides = (
        (ClaimLinkRow.kind, ClaimLinkRow.a, ClaimLinkRow.b, False),
        (ClaimLinkRow.kind, ClaimLinkRow.b, ClaimLinkRow.a, True),
        (literal("parent"), ClaimParentRow.claim, ClaimParentRow.parent, False),
        (literal("part"), ClaimParentRow.parent, ClaimParentRow.claim, True),
    )
    beside = []
    for relation, here, there, inward in sides:
        query = (
            select(relation, ClaimRow.id, ClaimRow.status, ClaimRow.text)
            .join_from(here.class_, ClaimRow, ClaimRow.id == there)
            .where(here == claim)
            .order_by(ClaimRow.version, func.lower(ClaimRow.content_spans))
        )
        beside += [
            RelatedClaim(kind, inward, id_, status, words)
            for kind, id_, status, words in session.execute(query)
        ]
    rows = session.execute(
        select(DecisionRow, ReviewerRow.name)
        .join(ReviewerRow, ReviewerRow.id == DecisionRow.reviewer)
        .where(DecisionRow.subject_kind == "claim", DecisionRow.subject == claim)
        .order_by(DecisionRow.revision)
    )
    told = [
        DecisionLine(row.no, row.at, by, row.action, _change(row.before, row.after), row.reason)
        for row, by in rows
    ]
    return History(tuple(beside), tuple(told))


def _change(before: JsonObject, after: JsonObject) -> str:
    """Where the claim went, else which fields changed."""
    if "status" in after:
        return f"{before.get('status')} to {after['status']}"
    return ", ".join(sorted(after))


def count_by_status(session: Session) -> dict[str, int]:
    """How many claims stand where."""
    query = select(ClaimRow.status, func.count()).group_by(ClaimRow.status)
    return {row[0]: row[1] for row in session.execute(query)}


def _joined(*columns: Any) -> Select[Any]:  # noqa: ANN401
    return (
        select(*columns)
        .select_from(ClaimRow)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
    )


def claim_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What must hold of a claim, joined with its document where outlet or days are asked."""
    conditions: list[ColumnElement[bool]] = []
    if filters.speaker:
        conditions.append(_named(ClaimRow.speaker, filters.speaker))
    if filters.outlet:
        conditions.append(_named(DocumentRow.outlet, filters.outlet))
    if filters.status:
        conditions.append(ClaimRow.status == filters.status)
    if filters.form:
        conditions.append(ClaimRow.form == filters.form)
    if filters.since:
        first = datetime.combine(filters.since, time.min, UTC)
        conditions.append(DocumentRow.published_at >= first)
    if filters.until:
        beyond = datetime.combine(filters.until + timedelta(days=1), time.min, UTC)
        conditions.append(DocumentRow.published_at < beyond)
    if filters.words:
        asked = func.websearch_to_tsquery("english", filters.words)
        conditions.append(ClaimRow.search.op("@@")(asked))
    return conditions


def select_shown(condition: ColumnElement[bool]) -> Select[uuid.UUID]:
    """The sources with a name of which a condition holds, each as it is shown after merges."""
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


def _named(column: Any, part: str) -> ColumnElement[bool]:  # noqa: ANN401
    """Whether a source, or another that is shown as the same, has a name that contains a part."""
    member, shown = aliased(SourceMergedRow), select_named(part)
    return or_(column.in_(shown), column.in_(select(member.source).where(member.root.in_(shown))))


def _load_hops(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[HopCard, ...]]:
    rows = session.execute(
        select(HOP, SourceRow.name, SourceRow.kind, SourceRow.description, SourceMergedRow.root)
        .select_from(AttributionRow)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .outerjoin(
            SourceRow, SourceRow.id == func.coalesce(SourceMergedRow.root, AttributionRow.source)
        )
        .where(AttributionRow.claim.in_(ids))
        .order_by(AttributionRow.claim, AttributionRow.position)
    )
    hops: dict[uuid.UUID, tuple[HopCard, ...]] = {}
    for hop, name, kind, description, root in rows:
        card = HopCard(
            position=hop.position,
            source=root or hop.source,
            name=name,
            kind=kind,
            description=description,
            mention=hop.mention,
            cue=hop.cue,
            capacity=hop.capacity,
            mode=hop.mode,
            linked=SourceLink(
                hop.link_rule, hop.link_score, hop.link_reason, merged=root is not None
            )
            if hop.link_rule
            else None,
        )
        hops[hop.claim] = (*hops.get(hop.claim, ()), card)
    return hops


def _card(row: Any, hops: tuple[HopCard, ...]) -> ClaimCard:  # noqa: ANN401
    claim, version, document = row.ClaimRow, row.DocumentVersionRow, row.DocumentRow
    spans = to_spans(claim.content_spans)
    return ClaimCard(
        id=claim.id,
        form=claim.form,
        text=claim.text,
        statement=claim.statement,
        spans=spans,
        paragraph=paragraph_of(version.text, spans[0].start),
        said_on=to_days(claim.said_on),
        said_on_text=claim.said_on_text,
        venue=claim.venue,
        status=claim.status,
        revision=claim.revision,
        rule=claim.rule,
        extractor_score=claim.extractor_score,
        attribution_confidence=claim.attribution_confidence,
        credibility=claim.credibility,
        document=document.id,
        version=version.number,
        title=document.title,
        outlet=row.outlet,
        url=document.url,
        published_at=document.published_at,
        document_status=document.status,
        hops=hops,
    )
