"""Figures of a source: how its words came, in which months, and what an outlet printed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Date, Select, bindparam, cast, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from claims.catalogue.find import is_not_embargoed, is_published_yet
from claims.contract.tables import shared_view
from claims.model.kinds import PUBLISHED
from claims.schema import (
    AttributionRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    OutletRatingRow,
    ReviewerRow,
    SourceMergedRow,
)
from claims.sources.card import Rating
from claims.sources.timeline import UNKNOWN_DAY

COUNTED = 10_000
"""Most claims or articles that figures are counted over, the latest: a page of an agency must not
take much longer than one of a person."""

STATUSES = sorted(PUBLISHED)


@dataclass(frozen=True, slots=True)
class Hands:
    """How many published claims came directly, through one carrier, through more.

    Attributes:
        first: From the speaker to the outlet.
        second: Through one other.
        third: Through two or more.
    """

    first: int
    second: int
    third: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.first + self.second + self.third


@dataclass(frozen=True, slots=True)
class OutletFigures:
    """What an outlet printed.

    Attributes:
        articles: Its articles that are stored, without those under embargo.
        corrected: Of these, those that were corrected.
        withdrawn: Of these, those that were withdrawn.
        hands: How its published claims came.
        origins: Whom its articles come from, by how many, the most frequent first; None names
            nobody.
    """

    articles: int
    corrected: int
    withdrawn: int
    hands: Hands
    origins: Sequence[tuple[str | None, int]]


def count_hands_of(session: Session, members: Sequence[uuid.UUID]) -> Hands:
    """How the published claims of a speaker with these members came."""
    claims = (
        select(ClaimRow.id)
        .where(ClaimRow.speaker.in_(members), ClaimRow.status.in_(STATUSES), is_not_embargoed())
        .order_by(ClaimRow.listed_on.desc())
        .limit(COUNTED)
    )
    return _count_hands(session, claims)


def _count_hands(session: Session, claims: Select[uuid.UUID]) -> Hands:
    hops = (
        select(func.least(func.count(), 3).label("hops"))
        .where(AttributionRow.claim.in_(claims))
        .group_by(AttributionRow.claim)
        .subquery()
    )
    query = select(hops.c.hops, func.count()).group_by(hops.c.hops)
    counts: dict[int, int] = {row[0]: row[1] for row in session.execute(query)}
    return Hands(*(counts.get(number, 0) for number in (1, 2, 3)))


def load_months(
    session: Session, members: Sequence[uuid.UUID], *, published: bool
) -> Mapping[date, int]:
    """How many claims of a speaker each month lists, by its first day; without unknown days.

    Args:
        session: A session, reading or writing.
        members: The speaker, and all that are shown as it.
        published: Whether only published claims count.
    """
    days = (
        select(ClaimRow.listed_on)
        .where(ClaimRow.speaker.in_(members), ClaimRow.listed_on != UNKNOWN_DAY, is_not_embargoed())
        .order_by(ClaimRow.listed_on.desc())
        .limit(COUNTED)
    )
    if published:
        days = days.where(ClaimRow.status.in_(STATUSES))
    listed = days.subquery()
    month = cast(func.date_trunc("month", listed.c.listed_on), Date)
    query = select(month, func.count()).group_by(month).order_by(month)
    return {row[0]: row[1] for row in session.execute(query)}


def load_outlet_figures(session: Session, members: Sequence[uuid.UUID]) -> OutletFigures:
    """What an outlet with these members printed."""
    articles = (
        select(DocumentRow.id)
        .where(DocumentRow.outlet.in_(members), is_published_yet())
        .order_by(DocumentRow.published_at.desc().nulls_last())
        .limit(COUNTED)
    )
    statuses = (
        select(DocumentRow.shown_status, func.count())
        .where(DocumentRow.id.in_(articles))
        .group_by(DocumentRow.shown_status)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in session.execute(statuses)}
    claims = (
        select(ClaimRow.id)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .where(DocumentVersionRow.document.in_(articles), ClaimRow.status.in_(STATUSES))
    )
    return OutletFigures(
        articles=sum(counts.values()),
        corrected=counts.get("corrected", 0),
        withdrawn=counts.get("withdrawn", 0),
        hands=_count_hands(session, claims),
        origins=_load_origins(session, articles),
    )


def _load_origins(
    session: Session, articles: Select[uuid.UUID]
) -> Sequence[tuple[str | None, int]]:
    view = shared_view("origins")
    number = func.count(view.c.document.distinct())
    query = (
        select(view.c.origin, number)
        .where(view.c.document.in_(articles))
        .group_by(view.c.origin)
        .order_by(number.desc(), view.c.origin)
        .limit(10)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def is_published(session: Session, members: Sequence[uuid.UUID]) -> bool:
    """Whether a published claim came from a source, through it, or was printed by it."""
    of_claim = (
        exists()
        .where(ClaimRow.status.in_(STATUSES), is_not_embargoed())
        .where(ClaimRow.version == DocumentVersionRow.id)
        .where(DocumentVersionRow.document == DocumentRow.id, DocumentRow.outlet.in_(members))
    )
    as_hop = (
        exists()
        .where(AttributionRow.source.in_(members), AttributionRow.claim == ClaimRow.id)
        .where(ClaimRow.status.in_(STATUSES), is_not_embargoed())
    )
    return bool(session.scalar(select(or_(as_hop, of_claim))))


def load_rating_at(session: Session, document: uuid.UUID) -> Rating | None:
    """The rating of an article's outlet on the day it was published, today if that is not known.

    None if nobody had rated it by then.
    """
    row = session.execute(_ratings_at(), {"document": document}).first()
    return Rating(*row) if row else None


@cache
def _ratings_at() -> Select[str, date, str, str]:
    """The query of the rating that held, built once."""
    member, root = aliased(SourceMergedRow), aliased(SourceMergedRow)
    shown = func.coalesce(root.root, DocumentRow.outlet)
    day = cast(func.coalesce(DocumentRow.published_at, func.now()), Date)
    return (
        select(
            OutletRatingRow.rating, OutletRatingRow.rated_on, ReviewerRow.name, OutletRatingRow.why
        )
        .select_from(DocumentRow)
        .outerjoin(root, root.source == DocumentRow.outlet)
        .outerjoin(member, member.root == shown)
        .join(
            OutletRatingRow,
            or_(OutletRatingRow.outlet == shown, OutletRatingRow.outlet == member.source),
        )
        .join(ReviewerRow, ReviewerRow.id == OutletRatingRow.rated_by)
        .where(DocumentRow.id == bindparam("document"), OutletRatingRow.rated_on <= day)
        .order_by(OutletRatingRow.rated_on.desc(), OutletRatingRow.id.desc())
        .limit(1)
    )
