"""Groups of equal words: which claim is the first of each, and which group leads it."""

import heapq
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy.orm import Session

from claims.comparison.alike import Relation, Similarity
from claims.comparison.grouping import Group, Neighbours, Rank, place
from claims.model.kinds import LinkKind
from claims.utterances.arrays import to_array, to_numbers
from claims.utterances.wordings import SEPARATOR, STATEMENTS, PairChanges

Part = int | bool | date | uuid.UUID | None
"""What the number of a group is made of."""


class FirstClaim(NamedTuple):
    """The first claim of a group as it is found now; None if the group is empty."""

    id: int
    key: int
    speaker: uuid.UUID | None
    denied: bool | None
    first_claim: uuid.UUID | None
    printed_at: datetime | None
    day: date | None


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


def number_of(*parts: Part) -> int:
    """A number for some values, the same for the same ones."""
    digest = blake2b("/".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def group_number(
    key: int, speaker: uuid.UUID | None, claim: uuid.UUID | None, *, denied: bool
) -> int:
    """The number of a group; a claim of which people settled something is one by itself."""
    return number_of(key, speaker, denied, claim)


def _is_settled(group: Group) -> bool:
    return group.id != group_number(group.key, group.speaker, None, denied=group.denied)


@dataclass(slots=True)
class Web:
    """What was loaded of groups and of the pairs of their wordings.

    Attributes:
        session: A writing session.
        pairs: For each wording loaded whole, how alike others are to it.
        groups: All groups of each wording, by their numbers.
        stored: The groups as they are stored.
        settled: For each claim that people linked, the others: joined or refused.
        firsts: The groups by their first claims.
        dirty: Groups that were taken or placed.
    """

    session: Session
    pairs: dict[int, dict[int, Similarity]] = field(default_factory=dict)
    groups: dict[int, dict[int, Group]] = field(default_factory=dict)
    stored: dict[int, Group] = field(default_factory=dict)
    settled: dict[uuid.UUID, set[tuple[uuid.UUID, bool]]] = field(default_factory=dict)
    firsts: dict[uuid.UUID, Group] = field(default_factory=dict)
    dirty: set[tuple[int, int]] = field(default_factory=set)

    def take(self, pairs: PairChanges) -> None:
        """Take the pairs of new wordings, which nobody has to load."""
        self.pairs |= {key: {} for key in pairs.new}
        self.groups |= {key: {} for key in pairs.new}
        for (a, b), similarity in pairs.alike.items():
            if a in pairs.new:
                self.pairs[a][b] = similarity
            if b in pairs.new:
                self.pairs[b][a] = _reversed(similarity)

    def load(self, keys: Iterable[int]) -> None:
        """Load wordings with all that their groups are compared with."""
        whole = set(keys)
        missing = whole - self.pairs.keys()
        self.pairs |= {key: {} for key in missing}
        values = {"keys": to_numbers(missing)}
        for a, b, relation, share, run, changes in (
            self.session.execute(STATEMENTS["pairs_of"], values).all() if missing else ()
        ):
            similarity = Similarity(Relation(relation), share, run, tuple(changes))
            if a in missing:
                self.pairs[a][b] = similarity
            if b in missing:
                self.pairs[b][a] = _reversed(similarity)
        self.load_groups(whole.union(*(self.pairs[key] for key in whole)))

    def load_groups(self, keys: Iterable[int]) -> None:
        """Load the groups of wordings, and what people settled of them."""
        missing = set(keys) - self.groups.keys()
        if not missing:
            return
        self.groups |= {key: {} for key in missing}
        rows = self.session.execute(STATEMENTS["groups_of"], {"keys": to_numbers(missing)}).all()
        loaded = [_read(Group(*row)) for row in rows]
        for group in loaded:
            self._put(group)
            self.stored[group.id] = group
        self.load_settled(group.first_claim for group in loaded if _is_settled(group))

    def load_settled(self, claims: Iterable[uuid.UUID]) -> None:
        """Load what people settled of claims, and the groups of both ends."""
        missing = set(claims) - self.settled.keys()
        if not missing:
            return
        for claim in missing:
            self.settled[claim] = set()
        values = {"claims": to_array(missing)}
        rows = self.session.execute(STATEMENTS["settled"], values).all()
        for a, b, joined in rows:
            for end, other in ((a, b), (b, a)):
                if end in missing:
                    self.settled[end].add((other, joined))
        ends = {end for a, b, _ in rows for end in (a, b)} - missing
        if ends:
            values = {"claims": to_array(ends)}
            self.load_groups(self.session.scalars(STATEMENTS["keys_of_claims"], values).all())

    def _put(self, group: Group) -> None:
        self.groups[group.key][group.id] = group
        self.firsts[group.first_claim] = group

    def put(self, group: Group) -> None:
        """Take a group as it is now."""
        self._put(group)
        self.dirty.add((group.key, group.id))

    def renew(self, row: FirstClaim) -> Rank | None:
        """Take a group with its first claim as it is found now, or drop it if it is empty.

        Returns:
            From which place in the order on others may come out otherwise; None if nothing changed.
        """
        before = self.groups[row.key].get(row.id)
        if row.first_claim is None or row.printed_at is None:
            if before is None:
                return None
            del self.groups[row.key][row.id]
            self._release(before)
            return before.rank
        renewed = Group(
            row.id, row.key, row.speaker, bool(row.denied), row.first_claim, row.printed_at,
            row.day, leader=row.id,
        )  # fmt: skip
        if before is None:
            self.put(renewed)
            return renewed.rank
        renewed = replace(
            renewed, leader=before.leader, kind=before.kind, score=before.score,
            reasons=before.reasons, other=before.other, other_score=before.other_score,
            other_reasons=before.other_reasons, method=before.method,
        )  # fmt: skip
        if renewed == before:
            return None
        self._release(before)
        self.put(renewed)
        return min(before.rank, renewed.rank)

    def _release(self, group: Group) -> None:
        # Another group may begin with the claim by now.
        first = self.firsts.get(group.first_claim)
        if first is not None and first.id == group.id:
            del self.firsts[group.first_claim]

    def changed(self) -> list[Group]:
        """The groups that are otherwise than they are stored."""
        present = [group for key, id_ in self.dirty if (group := self.groups[key].get(id_))]
        return [group for group in present if self.stored.get(group.id) != group]

    def near(self, key: int) -> Iterable[Group]:
        """The groups with a wording or one like it."""
        for like in (key, *self.pairs[key]):
            yield from self.groups[like].values()

    def neighbours(self, group: Group) -> Neighbours:
        """What a group is compared with."""
        ends = [(self.firsts.get(claim), joined) for claim, joined in self._ends(group)]
        return Neighbours(
            [other for other in self.near(group.key) if other.id != group.id],
            self.pairs[group.key],
            joined=[end for end, joined in ends if end and joined],
            refused=[end for end, joined in ends if end and not joined],
        )

    def linked(self, claim: uuid.UUID) -> Iterable[Group]:
        """The groups that people linked to a claim, or refused to link."""
        for other, _ in self.settled.get(claim, ()):
            if other in self.firsts:
                yield self.firsts[other]

    def _ends(self, group: Group) -> Iterable[tuple[uuid.UUID, bool]]:
        return self.settled.get(group.first_claim, ())


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
    web.load_groups(row.key for row in change.arrived)
    rows = [row for row in change.arrived if not _comes_later(web.groups[row.key].get(row.id), row)]
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
    changed = web.changed()
    _save(session, changed, empty)
    return len(changed) + len(empty)


def _comes_later(group: Group | None, row: FirstClaim) -> bool:
    """Whether a group has an earlier claim than the one that came."""
    if group is None or row.first_claim is None or row.printed_at is None:
        return False
    return (group.printed_at, group.first_claim) < (row.printed_at, row.first_claim)


def _renew(web: Web, rows: Sequence[FirstClaim], queue: _Queue) -> None:
    """Take groups with their first claims, and queue them with the later ones near them."""
    web.load({row.key for row in rows})
    moved: list[tuple[FirstClaim, Rank, uuid.UUID | None]] = []
    for row in rows:
        before = web.groups[row.key].get(row.id)
        rank = web.renew(row)
        if rank is not None:
            moved.append((row, rank, before.first_claim if before else None))
    present = (web.groups[row.key].get(row.id) for row, _, _ in moved)
    web.load_settled(group.first_claim for group in present if group and _is_settled(group))
    for row, rank, before_claim in moved:
        group = web.groups[row.key].get(row.id)
        if group:
            queue.push(group)
        queue.push_later(web.near(row.key), rank)
        for claim in (row.first_claim, before_claim):
            if claim is not None:
                queue.push_later(web.linked(claim), rank)


def _queue_moved(web: Web, change: Change, led: Iterable[tuple[int, int]], queue: _Queue) -> None:
    """Queue what hung from groups that changed, what people settled, and ends of moved pairs."""
    single = {*led, *change.settled}
    moved = [*change.pairs.dropped]
    moved += [pair for pair in change.pairs.alike if change.pairs.new.isdisjoint(pair)]
    web.load({key for key, _ in single}.union(*moved))
    for key, id_ in single:
        if id_ in web.groups[key]:
            queue.push(web.groups[key][id_])
    for a, b in moved:
        for key, other in ((a, b), (b, a)):
            ranks = [group.rank for group in web.groups[other].values()]
            if ranks:
                queue.push_later(web.groups[key].values(), min(ranks))


def _place_all(web: Web, queue: _Queue) -> None:
    """Place groups in their order, and then those that lie behind one that changed its leader."""
    while queue.waiting:
        id_, key = queue.pop()
        if key not in web.pairs:
            web.load({key, *(later for _, _, later in queue.waiting)})
        group = web.groups[key][id_]
        placed = place(group, web.neighbours(group))
        if placed != group:
            web.put(placed)
        if placed.leader != group.leader:
            queue.push_later([*web.near(key), *web.linked(placed.first_claim)], placed.rank)


def _read(group: Group) -> Group:
    """A group as the database gives its values."""
    if group.kind is None and group.other is None:
        return group
    return replace(
        group,
        kind=LinkKind(group.kind) if group.kind else None,
        reasons=tuple(group.reasons) if group.reasons else None,
        other_reasons=tuple(group.other_reasons) if group.other_reasons else None,
    )


def _reversed(similarity: Similarity) -> Similarity:
    """The same seen from the other wording."""
    if not similarity.changes:
        return similarity
    return replace(similarity, changes=tuple(map(_reversed_change, similarity.changes)))


def _reversed_change(change: str) -> str:
    kind, _, sides = change.partition(": ")
    left, _, right = sides.partition(" / ")
    return f"{kind}: {right} / {left}"


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
