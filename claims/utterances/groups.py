"""Groups of equal words: which claim is the first of each, and which group leads it."""

import heapq
import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from claims.comparison.alike import Relation, Similarity
from claims.comparison.grouping import Group, Neighbours, place
from claims.model.kinds import LinkKind
from claims.utterances.wordings import STATEMENTS, forget


class FirstClaim(NamedTuple):
    """The first claim of a group as it is found now; None if the group is empty."""

    id: int
    key: int
    speaker: uuid.UUID | None
    denied: bool | None
    first_claim: uuid.UUID | None
    printed_at: datetime | None
    day: date | None


GroupValue = str | float | date | uuid.UUID | tuple[str, ...] | None
"""What a field of a group holds."""

NAMES = tuple(column.name for column in fields(Group))


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
    """

    session: Session
    pairs: dict[int, dict[int, Similarity]] = field(default_factory=dict)
    groups: dict[int, dict[int, Group]] = field(default_factory=dict)
    stored: dict[int, Group] = field(default_factory=dict)
    settled: dict[uuid.UUID, set[tuple[uuid.UUID, bool]]] = field(default_factory=dict)
    firsts: dict[uuid.UUID, Group] = field(default_factory=dict)

    def load(self, keys: Iterable[int]) -> None:
        """Load wordings with all that their groups are compared with."""
        missing = set(keys) - self.pairs.keys()
        if not missing:
            return
        self.pairs |= {key: {} for key in missing}
        for row in self.session.execute(STATEMENTS["pairs_of"], {"keys": list(missing)}):
            similarity = Similarity(Relation(row.relation), row.share, row.run, tuple(row.changes))
            if row.a in missing:
                self.pairs[row.a][row.b] = similarity
            if row.b in missing:
                self.pairs[row.b][row.a] = _reversed(similarity)
        self._load_groups(missing.union(*(self.pairs[key] for key in missing)))

    def _load_groups(self, keys: Iterable[int]) -> None:
        missing = set(keys) - self.groups.keys()
        self.groups |= {key: {} for key in missing}
        for row in self.session.execute(STATEMENTS["groups_of"], {"keys": list(missing)}):
            group = _read(Group(*row))
            self.put(group)
            self.stored[group.id] = group
        self.load_settled(
            [group.first_claim for key in missing for group in self.groups[key].values()]
        )

    def load_settled(self, claims: Collection[uuid.UUID]) -> None:
        """Load what people settled of claims."""
        rows = self.session.execute(STATEMENTS["settled"], {"claims": list(claims)}).all()
        for row in rows:
            self.settled.setdefault(row.a, set()).add((row.b, row.joined))
            self.settled.setdefault(row.b, set()).add((row.a, row.joined))
        if rows:
            ends = [end for row in rows for end in (row.a, row.b)]
            keys = self.session.scalars(STATEMENTS["keys_of_claims"], {"claims": ends})
            self._load_groups(keys)

    def put(self, group: Group) -> None:
        """Take a group as it is now."""
        self.groups[group.key][group.id] = group
        self.firsts[group.first_claim] = group

    def renew(self, row: FirstClaim) -> None:
        """Take a group with its first claim as it is found now, or drop it if it is empty."""
        before = self.groups[row.key].pop(row.id, None)
        if before is not None:
            self.firsts.pop(before.first_claim, None)
        if row.first_claim is None or row.printed_at is None:
            return
        renewed = Group(
            row.id, row.key, row.speaker, bool(row.denied), row.first_claim, row.printed_at,
            row.day, leader=row.id,
        )  # fmt: skip
        if before is not None:
            renewed = replace(
                renewed, leader=before.leader, kind=before.kind, score=before.score,
                reasons=before.reasons,
            )  # fmt: skip
        self.put(renewed)

    def changed(self) -> list[Group]:
        """The groups that are otherwise than they are stored."""
        return [
            group
            for groups in self.groups.values()
            for group in groups.values()
            if self.stored.get(group.id) != group
        ]

    def neighbours(self, group: Group) -> Neighbours:
        """What a group is compared with."""
        similarity = self.pairs[group.key]
        groups = [
            other
            for key in (group.key, *similarity)
            for other in self.groups[key].values()
            if other.id != group.id
        ]
        settled = self.settled.get(group.first_claim, ())
        ends = [(self.firsts.get(claim), joined) for claim, joined in settled]
        return Neighbours(
            groups,
            similarity,
            joined=[end for end, joined in ends if end and joined],
            refused=[end for end, joined in ends if end and not joined],
        )

    def touched_by(self, group: Group) -> Iterable[Group]:
        """The groups that a change of this one may concern."""
        near = self.neighbours(group)
        return (*near.groups, *near.joined, *near.refused)


def renew_groups(session: Session, groups: Collection[int], keys: Collection[int]) -> int:
    """Find the first claim and the leader of groups, and of all that depend on them.

    Args:
        session: A writing session.
        groups: Groups that claims came to or left.
        keys: Wordings of which a pair was found or dropped.

    Returns:
        How many groups changed.
    """
    web = Web(session)
    stored = session.execute(STATEMENTS["firsts"], {"groups": list(groups)})
    rows = [FirstClaim(*row) for row in stored]
    led = set(session.scalars(STATEMENTS["led_by"], {"groups": list(groups)}))
    touched = led.union(keys, (row.key for row in rows))
    web.load(touched)
    empty = [row.id for row in rows if row.first_claim is None]
    for row in rows:
        web.renew(row)
    web.load_settled([row.first_claim for row in rows if row.first_claim is not None])
    near = touched.union(*(web.pairs[key] for key in touched))
    _place_all(web, [group for key in near for group in web.groups[key].values()])
    forget(session, empty=empty)
    changed = web.changed()
    _save(session, changed)
    return len(changed) + len(empty)


def _place_all(web: Web, groups: Iterable[Group]) -> None:
    """Place groups in their order, and then those that lie behind one that changed its leader."""
    waiting = [(group.rank, group.id, group.key) for group in groups]
    heapq.heapify(waiting)
    queued = {id_ for _, id_, _ in waiting}
    while waiting:
        _, id_, key = heapq.heappop(waiting)
        queued.discard(id_)
        if key not in web.pairs:
            web.load({key, *(later for _, _, later in waiting)})
        group = web.groups[key][id_]
        placed = place(group, web.neighbours(group))
        web.put(placed)
        if placed.leader == group.leader:
            continue
        for other in web.touched_by(placed):
            if other.rank > placed.rank and other.id not in queued:
                queued.add(other.id)
                heapq.heappush(waiting, (other.rank, other.id, other.key))


def _read(group: Group) -> Group:
    """A group as the database gives its values."""
    return replace(
        group,
        kind=LinkKind(group.kind) if group.kind else None,
        reasons=tuple(group.reasons) if group.reasons else None,
        other_reasons=tuple(group.other_reasons) if group.other_reasons else None,
    )


def _reversed(similarity: Similarity) -> Similarity:
    """The same seen from the other wording."""
    return replace(similarity, changes=tuple(map(_reversed_change, similarity.changes)))


def _reversed_change(change: str) -> str:
    kind, _, sides = change.partition(": ")
    left, _, right = sides.partition(" / ")
    return f"{kind}: {right} / {left}"


def _save(session: Session, groups: Collection[Group]) -> None:
    if not groups:
        return
    rows = [{name: _plain(getattr(group, name)) for name in NAMES} for group in groups]
    session.execute(STATEMENTS["save_groups"], {"rows": json.dumps(rows)})


def _plain(value: GroupValue) -> GroupValue:
    return str(value) if isinstance(value, uuid.UUID | date) else value
