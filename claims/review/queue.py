"""The next card: the first entry of an index that nobody else has before them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import (
    Cast,
    ColumnElement,
    Double,
    Row,
    ScalarSelect,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.catalogue.card import Filters
from claims.catalogue.find import select_named
from claims.review.order import Order
from claims.schema import ClaimRow, LeaseRow, ReviewerRow, SourceMergedRow, WaitingRow
from claims.schema.review import NOBODY

LEASE = timedelta(minutes=10)
"""How long a card is somebody's; any key renews it."""

COUNTED = 1000
"""What waits is counted up to here."""

FEW = 50
"""So many sources are walked one by one along their own index; more are picked from the order."""

TRIES = 50
"""So often somebody else may lease a card before us until we give up; each try is another card."""

Key = InstrumentedAttribute[datetime] | InstrumentedAttribute[float] | InstrumentedAttribute[int]
Walk = Select[float, uuid.UUID, int, uuid.UUID]
"""A query for claims in an order: its key as a number, then their place in the article."""
SourceColumn = InstrumentedAttribute[uuid.UUID | None]

_KEYS: dict[Order, Key] = {
    Order.ARTICLE: WaitingRow.arrived_at,
    Order.UNCERTAIN: WaitingRow.uncertainty,
    Order.OLDEST: WaitingRow.published_at,
    Order.PRINTED: WaitingRow.printed,
}
# OLDEST ends with articles of no known day; their "infinity" is for the database alone.
_NUMBERS: dict[Order, ColumnElement[float]] = {
    Order.ARTICLE: func.date_part("epoch", WaitingRow.arrived_at, type_=Double),
    Order.UNCERTAIN: WaitingRow.uncertainty.expression,
    Order.OLDEST: func.date_part("epoch", WaitingRow.published_at, type_=Double),
    Order.PRINTED: cast(-WaitingRow.printed, Double),
}
"""The keys as numbers that grow in the order."""
_PLACE = (WaitingRow.version, WaitingRow.starts, WaitingRow.claim)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that a filter by name means.

    Attributes:
        count: How many.
        written: Their ids as PostgreSQL reads an array: written once for all cards, and one
            parameter however many there are; a statement takes no more than 65,535.
    """

    count: int
    written: str


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which card somebody wants next.

    Attributes:
        reviewer: Who asks.
        order: In which order.
        filters: What must hold of the claim.
        after: Pass over everything up to this claim.
        near: The article they read last: it goes on first.
        put_aside: Only what somebody put aside for later, in place of all else.
        speakers: Whom the filter by speaker means; None as long as nobody has looked.
        outlets: Whom the filter by outlet means; likewise.
        several: Whether they have several cards open: those they hold are passed over, too.
    """

    reviewer: uuid.UUID
    order: Order = Order.ARTICLE
    filters: Filters = field(default_factory=Filters)
    after: uuid.UUID | None = None
    near: uuid.UUID | None = None
    put_aside: bool = False
    speakers: Sources | None = None
    outlets: Sources | None = None
    several: bool = False


def look_up(session: Session, request: QueueQuery) -> QueueQuery:
    """A request with the sources that its filters mean: looked up once for all cards."""
    filters = request.filters
    speakers, outlets = request.speakers, request.outlets
    if filters.speaker and speakers is None:
        speakers = _named(session, filters.speaker)
    if filters.outlet and outlets is None:
        outlets = _named(session, filters.outlet)
    return replace(request, speakers=speakers, outlets=outlets)


def take_next(session: Session, request: QueueQuery) -> uuid.UUID | None:
    """Lease the next claim; None if none waits for this reviewer.

    No two reviewers get one claim: each locks the entry it gets, skipping locked ones, and the
    lease is one row a claim. In the order by article the one read last goes on, then those that
    nobody else is reading, then any.
    """
    request = look_up(session, request)
    conditions = _conditions(request)
    steps: list[list[ColumnElement[bool]]] = [[]]
    if request.order is Order.ARTICLE and request.after is None:
        others = aliased(LeaseRow)
        elsewhere = exists().where(
            others.version == WaitingRow.version,
            others.reviewer != request.reviewer,
            others.until > func.clock_timestamp(),
        )
        near = [[WaitingRow.version == request.near]] if request.near else []
        steps = [*near, [~elsewhere], []]
    for step in steps:
        for _ in range(TRIES):
            claim = _first(session, request, [*conditions, *step])
            if claim is None:
                break
            if _lease(session, claim, request.reviewer, anew=request.several):
                return claim
    return None


def _first(
    session: Session, request: QueueQuery, conditions: Sequence[ColumnElement[bool]]
) -> uuid.UUID | None:
    """The first claim of the order, among those nobody read and those that others read first."""
    candidates: list[Row[float, uuid.UUID, int, uuid.UUID]] = []
    for reader in (NOBODY, *_first_readers(session, request.reviewer)):
        query = _walk(request, reader).where(*conditions).limit(1)
        query = query.with_for_update(of=WaitingRow, skip_locked=True)
        candidates += session.execute(_each_named(request, query))
    if not candidates:
        return None
    return min(candidates, key=tuple)[-1]


def _walk(request: QueueQuery, reader: uuid.UUID) -> Walk:
    """Claims along the index of an order, for one first reader."""
    key = _KEYS[request.order]
    ordered = key.desc() if request.order is Order.PRINTED else key
    return (
        select(_NUMBERS[request.order], *_PLACE)
        .where(WaitingRow.first_reader == reader, WaitingRow.put_aside == request.put_aside)
        .order_by(ordered, *_PLACE)
    )


def _each_named(request: QueueQuery, walk: Walk) -> Walk:
    """A walk for each source that a filter names: first of each, where they are few.

    Of many sources one walk for all along the order; not written as an indexable condition, or
    PostgreSQL would gather all their claims and sort them.
    """
    alone = None
    for column, sources in _named_by(request):
        if alone is None and sources.count <= FEW:
            alone = (column, sources)
        else:
            walk = walk.where((column == any_(_array(sources))).is_(true()))
    if alone is None:
        return walk
    column, sources = alone
    one = func.unnest(_array(sources)).table_valued("id").render_derived("named")
    own = walk.where(column == one.c.id).lateral("own")
    return select(*own.c).select_from(one).join(own, true())


def _array(sources: Sources) -> Cast[Sequence[uuid.UUID]]:
    return cast(literal(sources.written, Text), ARRAY(Uuid))


def _named_by(request: QueueQuery) -> list[tuple[SourceColumn, Sources]]:
    """Columns of the queue with the sources that a filter names."""
    asked = ((WaitingRow.speaker, request.speakers), (WaitingRow.outlet, request.outlets))
    return [(column, sources) for column, sources in asked if sources is not None]


def _first_readers(session: Session, reviewer: uuid.UUID) -> Sequence[uuid.UUID]:
    """The others whose claims wait for a second reader: one probe of the index each."""
    read = exists().where(WaitingRow.first_reader == ReviewerRow.id)
    return session.scalars(select(ReviewerRow.id).where(ReviewerRow.id != reviewer, read)).all()


def _conditions(request: QueueQuery) -> list[ColumnElement[bool]]:
    held = aliased(LeaseRow)
    conditions = [
        WaitingRow.second_reader != request.reviewer,
        ~exists().where(
            held.claim == WaitingRow.claim,
            true() if request.several else held.reviewer != request.reviewer,
            held.until > func.clock_timestamp(),
        ),
    ]
    filters = request.filters
    if filters.form:
        conditions.append(WaitingRow.form == filters.form)
    if filters.since:
        conditions.append(WaitingRow.published_at >= datetime.combine(filters.since, time.min, UTC))
    if filters.until:
        beyond = datetime.combine(filters.until + timedelta(days=1), time.min, UTC)
        conditions.append(WaitingRow.published_at < beyond)
    if filters.words:
        asked = func.websearch_to_tsquery("english", filters.words)
        conditions.append(
            exists().where(ClaimRow.id == WaitingRow.claim, ClaimRow.search.op("@@")(asked))
        )
    if request.after is not None:
        conditions.append(_beyond(request))
    return conditions


def _beyond(request: QueueQuery) -> ColumnElement[bool]:
    """Whether a claim follows another in the order."""
    key = _KEYS[request.order]
    last = aliased(WaitingRow)
    where = last.claim == request.after
    place = (last.version, last.starts, last.claim)
    if request.order is Order.PRINTED:
        value = select(last.printed).where(where).scalar_subquery()
        rest = select(*place).where(where).scalar_subquery()
        return or_(key < value, and_(key == value, tuple_(*_PLACE) > rest))
    same = getattr(last, key.key)
    return tuple_(key, *_PLACE) > select(same, *place).where(where).scalar_subquery()


def _named(session: Session, part: str) -> Sources:
    """Sources with a name that contains a part, and all that are shown as one of them."""
    shown = select_named(part)
    members = select(SourceMergedRow.source).where(SourceMergedRow.root.in_(shown))
    ids = {*session.scalars(shown), *session.scalars(members)}
    return Sources(len(ids), "{" + ",".join(sorted(map(str, ids))) + "}")


def _lease(session: Session, claim: uuid.UUID, reviewer: uuid.UUID, *, anew: bool = False) -> bool:
    """Take or renew the lease of a claim; False if somebody else has it."""
    version = select(WaitingRow.version).where(WaitingRow.claim == claim).scalar_subquery()
    return _write_lease(session, claim, reviewer, version, anew=anew)


def _write_lease(
    session: Session,
    claim: uuid.UUID,
    reviewer: uuid.UUID,
    version: ScalarSelect[uuid.UUID],
    *,
    anew: bool = False,
) -> bool:
    """Write a lease; `anew` if one that the reviewer has themselves is not to be renewed."""
    until = func.clock_timestamp() + LEASE
    inserted = insert(LeaseRow).values(claim=claim, reviewer=reviewer, version=version, until=until)
    over = LeaseRow.until <= func.clock_timestamp()
    free = over if anew else or_(LeaseRow.reviewer == reviewer, over)
    mine = inserted.on_conflict_do_update(
        index_elements=[LeaseRow.claim], set_={"reviewer": reviewer, "until": until}, where=free
    )
    return session.scalar(mine.returning(LeaseRow.claim)) is not None


def lease_returned(session: Session, claim: uuid.UUID, reviewer: uuid.UUID) -> bool:
    """Lease a published claim that came back; False if somebody else has it."""
    version = select(ClaimRow.version).where(ClaimRow.id == claim).scalar_subquery()
    return _write_lease(session, claim, reviewer, version)


def lease_claim(session: Session, claim: uuid.UUID, reviewer: uuid.UUID) -> bool:
    """Lease one claim, if it waits and nobody else has it."""
    waits = session.scalar(select(exists().where(WaitingRow.claim == claim)))
    return bool(waits) and _lease(session, claim, reviewer)


def load_lease(session: Session, claim: uuid.UUID) -> tuple[uuid.UUID, datetime] | None:
    """Who has a card now, and until when."""
    query = select(LeaseRow.reviewer, LeaseRow.until).where(
        LeaseRow.claim == claim, LeaseRow.until > func.clock_timestamp()
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def give_back(
    session: Session,
    reviewer: uuid.UUID,
    *,
    only: uuid.UUID | None = None,
    but: uuid.UUID | None = None,
) -> None:
    """Let others have what a reviewer holds: all, only one claim, or all but one."""
    session.execute(select(func.claims.free_cards(reviewer, only, but)))


def count_waiting(session: Session, request: QueueQuery) -> int:
    """How many claims wait for a reviewer, counted up to COUNTED."""
    request = look_up(session, request)
    conditions = _conditions(request)
    conditions += [column == any_(_array(sources)) for column, sources in _named_by(request)]
    query = select(WaitingRow.claim).where(
        WaitingRow.first_reader != request.reviewer,
        WaitingRow.put_aside == request.put_aside,
        *conditions,
    )
    limited = query.limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(limited)) or 0
