"""The next card: the first entry of an index that nobody else has before them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Row,
    ScalarSelect,
    Select,
    Uuid,
    all_,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from claims.catalogue.card import Filters
from claims.model.kinds import READ_FIRST, ClaimClass
from claims.review.leases import Holder, Leasing, is_of, lease_claim
from claims.review.named import SourceColumn, Sources, ids_of, is_one_of, load_named
from claims.review.order import Order
from claims.schema import (
    SEARCHED,
    ClaimRow,
    LeaseRow,
    ReviewerRow,
    WaitingArticleRow,
    WaitingRow,
)

COUNTED = 1000
"""What waits is counted up to here."""

FEW = 50
"""So many sources are walked one by one along their own index; more are picked from the order."""

TRIES = 50
"""So often somebody else may lease a card before us until we give up; each try is another card."""

Key = ColumnElement[float] | ColumnElement[int] | ColumnElement[datetime]
Walk = Select[float, int, int, uuid.UUID]
"""A query for claims in an order: its key as a number, then their place in the queue."""

_PLACE = (WaitingRow.turn, WaitingRow.starts, WaitingRow.claim)
_ARTICLE = (WaitingArticleRow, WaitingArticleRow.turn == WaitingRow.turn)


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which card somebody wants next.

    Attributes:
        holder: Who asks, and where.
        order: In which order.
        filters: What must hold of the claim.
        after: Pass over everything up to this claim.
        near: The article they read last: it goes on first.
        put_aside: Only what somebody put aside for later, in place of all else.
        speakers: Whom the filter by speaker means; None as long as nobody has looked.
        outlets: Whom the filter by outlet means; likewise.
        several: Whether several cards may be open there: those are passed over, too.
    """

    holder: Holder
    order: Order = Order.ARTICLE
    filters: Filters = field(default_factory=Filters)
    after: uuid.UUID | None = None
    near: uuid.UUID | None = None
    put_aside: bool = False
    speakers: Sources | None = None
    outlets: Sources | None = None
    several: bool = False

    @property
    def reviewer(self) -> uuid.UUID:
        """Who asks."""
        return self.holder.reviewer


def look_up(session: Session, request: QueueQuery) -> QueueQuery:
    """A request with the sources that its filters mean: looked up once for all cards."""
    filters = request.filters
    speakers, outlets = request.speakers, request.outlets
    if filters.speaker and speakers is None:
        speakers = load_named(session, filters.speaker)
    if filters.outlet and outlets is None:
        outlets = load_named(session, filters.outlet)
    return replace(request, speakers=speakers, outlets=outlets)


def take_next(session: Session, request: QueueQuery) -> uuid.UUID | None:
    """Lease the next claim; None if none waits for this reviewer.

    No two tabs or terminals get one claim, be they one person's: each locks the entry it gets,
    skipping locked ones, and the lease is one row a claim. In the order by article the one read
    last goes on, then those that nobody else is reading, then any.
    """
    request = look_up(session, request)
    conditions = _conditions(request)
    steps: list[list[ColumnElement[bool]]] = [[]]
    if request.order is Order.ARTICLE and request.after is None:
        near = [[WaitingRow.turn == _turn_of(request.near)]] if request.near else []
        steps = [*near, [WaitingRow.turn != all_(_turns_of_others(request.reviewer))], []]
    for step in steps:
        for _ in range(TRIES):
            claim = _first(session, request, [*conditions, *step])
            if claim is None:
                break
            if lease_claim(session, claim, request.holder, Leasing.FREE):
                return claim
    return None


def _turn_of(version: uuid.UUID) -> ScalarSelect[int]:
    article = select(WaitingArticleRow.turn).where(WaitingArticleRow.version == version)
    return article.scalar_subquery()


def _turns_of_others(reviewer: uuid.UUID) -> ColumnElement[Sequence[int]]:
    """The articles that others are reading, as an array: computed once, not for every claim."""
    article, lease = aliased(WaitingArticleRow), aliased(LeaseRow)
    read = (
        select(article.turn)
        .join(lease, lease.version == article.version)
        .where(lease.reviewer != reviewer, lease.until > func.clock_timestamp())
    )
    return func.array(read.scalar_subquery(), type_=ARRAY(BigInteger))


def _first(
    session: Session, request: QueueQuery, conditions: Sequence[ColumnElement[bool]]
) -> uuid.UUID | None:
    """The first claim of the order, among those nobody read and those that others read first."""
    candidates: list[Row[float, int, int, uuid.UUID]] = []
    unread = WaitingRow.first_reader.is_(None)
    readers = _first_readers(session, request.reviewer)
    for lane in (unread, *(WaitingRow.first_reader == reader for reader in readers)):
        for walk in _walks(request, lane):
            query = walk.where(*conditions).limit(1)
            query = query.with_for_update(of=WaitingRow, skip_locked=True)
            rows = session.execute(_each_named(request, query)).all()
            candidates += rows
            if rows:
                break
    if not candidates:
        return None
    return min(candidates, key=tuple)[-1]


def _walks(request: QueueQuery, lane: ColumnElement[bool]) -> Iterator[Walk]:
    """Claims along an index, of those that one person read first or nobody.

    Where one walk ends the next goes on. The conditions are written as those of the indexes are.
    """
    in_lane = [lane, _is_aside(request)]
    match request.order:
        case Order.ARTICLE:
            yield _walk(request, literal(0.0, Double)).where(*in_lane)
        case Order.UNCERTAIN:
            uncertainty = WaitingRow.uncertainty
            yield _walk(request, cast(uncertainty, Double), uncertainty.expression).where(*in_lane)
        case Order.OLDEST:
            day = WaitingArticleRow.published_at
            # It ends with articles of no known day; their "infinity" is for the database alone.
            number = func.date_part("epoch", day, type_=Double)
            yield _walk(request, number, day.expression).where(*in_lane)
        case Order.PRINTED:
            times = cast(-WaitingRow.printed, Double)
            often = _walk(request, times, WaitingRow.printed.desc())
            yield often.where(*in_lane, WaitingRow.printed > 1)
            yield _walk(request, times).where(*in_lane, WaitingRow.printed == 1)


def _is_aside(request: QueueQuery) -> ColumnElement[bool]:
    return WaitingRow.put_aside.expression if request.put_aside else ~WaitingRow.put_aside


def _walk(request: QueueQuery, number: ColumnElement[float], *key: Key) -> Walk:
    """A query for claims ordered by a key, which is also told as a number that grows."""
    walk = select(number, *_PLACE).order_by(*key, *_PLACE)
    return walk.join(*_ARTICLE) if _asks_of_article(request) else walk


def _asks_of_article(request: QueueQuery) -> bool:
    """Whether the order or a filter asks what stands in the rows of articles."""
    filters = request.filters
    days = filters.since is not None or filters.until is not None
    return request.order is Order.OLDEST or request.outlets is not None or days


def _each_named(request: QueueQuery, walk: Walk) -> Walk:
    """A walk for each source that a filter names: first of each, where they are few.

    Of many sources one walk for all along the order.
    """
    alone = None
    for column, sources in _named_by(request):
        if alone is None and sources.count <= FEW:
            alone = (column, sources)
        else:
            walk = walk.where(is_one_of(column, sources))
    if alone is None:
        return walk
    column, sources = alone
    one = ids_of(sources).subquery("one")
    own = walk.where(column == cast(func.encode(one.c.id, "hex"), Uuid)).lateral("own")
    return select(*own.c).select_from(one).join(own, true())


def _named_by(request: QueueQuery) -> list[tuple[SourceColumn, Sources]]:
    """Columns of the queue with the sources that a filter names."""
    asked = (
        (WaitingRow.speaker, request.speakers),
        (WaitingArticleRow.outlet, request.outlets),
    )
    return [(column, sources) for column, sources in asked if sources is not None]


def _first_readers(session: Session, reviewer: uuid.UUID) -> Sequence[uuid.UUID]:
    """The others whose claims wait for a second reader: one probe of the index each."""
    read = exists().where(WaitingRow.first_reader == ReviewerRow.id)
    return session.scalars(select(ReviewerRow.id).where(ReviewerRow.id != reviewer, read)).all()


def _conditions(request: QueueQuery) -> list[ColumnElement[bool]]:
    held = aliased(LeaseRow)
    conditions = [
        WaitingRow.second_reader.is_distinct_from(request.reviewer),
        ~exists().where(
            held.claim == WaitingRow.claim,
            true() if request.several else ~is_of(held, request.holder),
            held.until > func.clock_timestamp(),
        ),
    ]
    filters = request.filters
    if filters.form:
        conditions.append(WaitingRow.form == filters.form)
    if filters.classes != frozenset(ClaimClass):
        conditions.append(WaitingRow.claim_class.in_(sorted(filters.classes or READ_FIRST)))
    if filters.since:
        since = datetime.combine(filters.since, time.min, UTC)
        conditions.append(WaitingArticleRow.published_at >= since)
    if filters.until:
        beyond = datetime.combine(filters.until + timedelta(days=1), time.min, UTC)
        conditions.append(WaitingArticleRow.published_at < beyond)
    if filters.words:
        asked = func.websearch_to_tsquery("english", filters.words)
        conditions.append(exists().where(ClaimRow.id == WaitingRow.claim, SEARCHED.op("@@")(asked)))
    if request.after is not None:
        conditions.append(_beyond(request))
    return conditions


def _beyond(request: QueueQuery) -> ColumnElement[bool]:
    """Whether a claim follows another in the order."""
    last, article = aliased(WaitingRow), aliased(WaitingArticleRow)
    place = (last.turn, last.starts, last.claim)
    after = select(*place).where(last.claim == request.after)
    match request.order:
        case Order.ARTICLE:
            return tuple_(*_PLACE) > after.scalar_subquery()
        case Order.UNCERTAIN:
            key = after.with_only_columns(last.uncertainty, *place)
            return tuple_(WaitingRow.uncertainty, *_PLACE) > key.scalar_subquery()
        case Order.OLDEST:
            joined = after.join(article, article.turn == last.turn)
            key = joined.with_only_columns(article.published_at, *place)
            return tuple_(WaitingArticleRow.published_at, *_PLACE) > key.scalar_subquery()
        case Order.PRINTED:
            printed = after.with_only_columns(last.printed).scalar_subquery()
            rest = tuple_(*_PLACE) > after.scalar_subquery()
            return or_(WaitingRow.printed < printed, and_(WaitingRow.printed == printed, rest))


def count_waiting(session: Session, request: QueueQuery) -> int:
    """How many claims wait for a reviewer, counted up to COUNTED."""
    request = look_up(session, request)
    conditions = _conditions(request)
    conditions += [is_one_of(column, sources) for column, sources in _named_by(request)]
    query = select(WaitingRow.claim)
    if _asks_of_article(request):
        query = query.join(*_ARTICLE)
    query = query.where(
        WaitingRow.first_reader.is_distinct_from(request.reviewer),
        _is_aside(request),
        *conditions,
    )
    limited = query.limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(limited)) or 0
