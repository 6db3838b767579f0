"""Groups of equal words: which claim is the first of each, and which group leads it."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims.comparison.grouping import Group, Rank, place
from claims.database.arrays import to_array, to_numbers
from claims.utterances.web import MINIMUM, FirstClaim, Speakers, Web, alone_group, is_settled
from claims.utterances.wordings import SEPARATOR, STATEMENTS, PairChanges


@dataclass(frozen=True, slots=True)
class Change:
    """What a comparison changed of groups.

    Attributes:
        pairs: Pairs of wordings that came and went.
        arrived: The earliest of the claims that came to each group which none left.
        left: Groups that claims left or changed in.
        settled: Wordings and groups of claims that people settled something of.
    """

    pairs: PairChanges
    arrived: Sequence[FirstClaim]
    left: Collection[int]
    settled: Collection[tuple[int, int]]


class _Queue:
    """Groups to be placed, in their order, each once."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Rank, int, int]] = []
        self.queued: set[int] = set()

    def push(self, group: Group) -> None:
        if group.id not in self.queued:
            self.queued.add(group.id)
            heapq.heappush(self.waiting, (group.rank, group.id, group.key))

    def push_later(self, groups: Iterable[Group], rank: Rank) -> None:
        for group in groups:
            if group.rank > rank:
                self.push(group)

    def push_all(self, groups: Iterable[Group]) -> None:
        for group in groups:
            self.push(group)

    def pop(self) -> tuple[int, int]:
        _, id_, key = heapq.heappop(self.waiting)
        self.queued.discard(id_)
        return id_, key


def renew_groups(session: Session, change: Change) -> int:
    """Find the first claim and the leader of groups, and of all that depend on them.

    Args:
        session: A writing session.
        change: What came, went and changed.

    Returns:
        How many groups changed.
    """
    web = Web(session)
    web.take(change.pairs)
    alone, arrived = _part_alone(change)
    if arrived and not change.left and not change.settled:
        web.speakers = {row.speaker for row in arrived}
        web.since = min(row.printed_at or MINIMUM for row in arrived)
    web.load_groups(row.key for row in arrived)
    rows = [row for row in arrived if not _comes_later(web.find(row.key, row.id), row)]
    led: list[tuple[int, int]] = []
    if change.left:
        values = {"groups": to_numbers(change.left)}
        rows += [FirstClaim(*row) for row in session.execute(STATEMENTS["firsts"], values).all()]
        led = [(row.key, row.id) for row in session.execute(STATEMENTS["led_by"], values).all()]
    queue = _Queue()
    _renew(web, rows, queue)
    _queue_moved(web, change, led, queue)
    _place_all(web, queue)
    empty = [row.id for row in rows if row.first_claim is None]
    changed = [*web.changed(), *filter(None, map(alone_group, alone))]
    _save(session, changed, empty)
    return len(changed) + len(empty)


def _part_alone(change: Change) -> tuple[list[FirstClaim], list[FirstClaim]]:
    """Part what came into groups that nothing is near, as most are, and all others.

    Nothing is near a new wording that is like no other, if one group has it and people settled
    nothing of its claim.
    """
    near = {key for pair in change.pairs.alike for key in pair}
    groups_with = Counter(row.key for row in change.arrived)
    alone: list[FirstClaim] = []
    others: list[FirstClaim] = []
    for row in change.arrived:
        is_alone = (
            row.key in change.pairs.new
            and row.key not in near
            and groups_with[row.key] == 1
            and (row.key, row.id) not in change.settled
        )
        (alone if is_alone else others).append(row)
    return alone, others


def _comes_later(group: Group | None, row: FirstClaim) -> bool:
    """Whether a group has an earlier claim than the one that came."""
    if group is None or row.first_claim is None or row.printed_at is None:
        return False
    return (group.printed_at, group.first_claim) < (row.printed_at, row.first_claim)


def _renew(web: Web, rows: Sequence[FirstClaim], queue: _Queue) -> None:
    """Take groups with their first claims, and queue them with the later ones near them."""
    web.load({row.key for row in rows})
    moved: list[tuple[FirstClaim, Rank, Group | None]] = []
    for row in rows:
        before = web.find(row.key, row.id)
        rank = web.renew(row)
        if rank is not None:
            moved.append((row, rank, before))
    present = (web.find(row.key, row.id) for row, _, _ in moved)
    web.load_settled(group.first_claim for group in present if group and is_settled(group))
    # Of many speakers of the same words each would queue all the others: once is enough.
    ranks: dict[int, Rank] = {}
    speakers: defaultdict[int, Speakers] = defaultdict(set)
    for row, rank, before in moved:
        now = web.find(row.key, row.id)
        if now:
            queue.push(now)
        ranks[row.key] = min(rank, ranks.get(row.key, rank))
        for group in filter(None, (now, before)):
            speakers[row.key].add(group.speaker)
            queue.push_later(web.linked(group.first_claim), rank)
    for key, rank in ranks.items():
        near = (group for words in web.near(key) for group in words.after(rank))
        queue.push_all(g for g in near if web.may_change(g, rank, speakers[key]))


def _queue_moved(web: Web, change: Change, led: Iterable[tuple[int, int]], queue: _Queue) -> None:
    """Queue what hung from groups that changed, what people settled, and ends of moved pairs."""
    single = {*led, *change.settled}
    moved = [*change.pairs.dropped]
    moved += [pair for pair in change.pairs.alike if change.pairs.new.isdisjoint(pair)]
    web.load({key for key, _ in single}.union(*moved))
    for key, id_ in single:
        group = web.find(key, id_)
        if group:
            queue.push(group)
    for a, b in moved:
        for key, other in ((a, b), (b, a)):
            ordered = web.groups[other].ordered
            if ordered:
                queue.push_all(web.groups[key].after(ordered[0].rank))


def _place_all(web: Web, queue: _Queue) -> None:
    """Place groups in their order, and then those that lie behind one that changed its leader."""
    while queue.waiting:
        id_, key = queue.pop()
        if key not in web.pairs:
            web.load({key, *(later for _, _, later in queue.waiting)})
        group = web.groups[key].by_id[id_]
        placed = place(group, web.neighbours(group))
        if placed != group:
            web.put(placed)
        if placed.leader != group.leader:
            for words in web.near(key):
                queue.push_all(g for g in words.after(placed.rank) if _may_follow(g, placed))
            queue.push_later(web.linked(placed.first_claim), placed.rank)


def _may_follow(group: Group, leader: Group) -> bool:
    """Whether a group may be led by another that began to lead, or ceased to."""
    return group.speaker is None or group.speaker == leader.speaker


def _save(session: Session, groups: Sequence[Group], empty: Collection[int]) -> None:
    if empty:
        session.execute(STATEMENTS["forget_groups"], {"empty": to_numbers(empty)})
    if not groups:
        return
    columns = {
        "ids": to_numbers(one.id for one in groups),
        "keys": to_numbers(one.key for one in groups),
        "speakers": to_array(one.speaker for one in groups),
        "denied": to_array(one.denied for one in groups),
        "first_claims": to_array(one.first_claim for one in groups),
        "printed": to_array(one.printed_at for one in groups),
        "days": to_array(one.day for one in groups),
        "leaders": to_numbers(one.leader for one in groups),
        "kinds": to_array(one.kind and str(one.kind) for one in groups),
        "scores": to_array(one.score for one in groups),
        "reasons": to_array(_joined(one.reasons) for one in groups),
        "others": to_array(one.other for one in groups),
        "other_scores": to_array(one.other_score for one in groups),
        "other_reasons": to_array(_joined(one.other_reasons) for one in groups),
        "methods": to_array(one.method for one in groups),
    }
    session.execute(STATEMENTS["save_groups"], columns)


def _joined(reasons: Sequence[str] | None) -> str | None:
    return SEPARATOR.join(reasons) if reasons else None
