"""What is at hand of groups and of the pairs of their wordings, loaded as it is asked for."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy.orm import Session

from claims.comparison.alike import Relation, Similarity
from claims.comparison.grouping import Group, Neighbours, Part, Rank, SameWords
from claims.database.arrays import to_array, to_numbers
from claims.model.kinds import LinkKind
from claims.utterances.wordings import STATEMENTS, PairChanges

Value = int | bool | date | uuid.UUID | None
"""What the number of a group is made of."""

Speakers = set[uuid.UUID | None]

FIRST = 100
"""Groups of a wording that are loaded of very many: the first that counts is among the first."""

MINIMUM = datetime.min.replace(tzinfo=UTC)


class FirstClaim(NamedTuple):
    """The first claim of a group as it is found now; None if the group is empty."""

    id: int
    key: int
    speaker: uuid.UUID | None
    denied: bool | None
    first_claim: uuid.UUID | None
    printed_at: datetime | None
    day: date | None


def number_of(*parts: Value) -> int:
    """A number for some values, the same for the same ones."""
    digest = blake2b("/".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def group_number(
    key: int, speaker: uuid.UUID | None, claim: uuid.UUID | None, *, denied: bool
) -> int:
    """The number of a group; a claim of which people settled something is one by itself."""
    return number_of(key, speaker, denied, claim)


def is_settled(group: Group) -> bool:
    """Whether people settled something of a group's claim, so that it is one by itself."""
    return group.id != group_number(group.key, group.speaker, None, denied=group.denied)


def alone_group(row: FirstClaim) -> Group | None:
    """A group led by itself; None if it is empty."""
    if row.first_claim is None or row.printed_at is None:
        return None
    return Group(
        row.id, row.key, row.speaker, bool(row.denied), row.first_claim, row.printed_at, row.day,
        leader=row.id,
    )  # fmt: skip


@dataclass(slots=True)
class Web:
    """What was loaded of groups and of the pairs of their wordings.

    Attributes:
        session: A writing session.
        pairs: For each wording loaded whole, how alike others are to it.
        groups: All groups of each wording.
        stored: The groups as they are stored.
        settled: For each claim that people linked, the others: joined or refused.
        firsts: The groups by their first claims.
        dirty: Groups that were taken or placed.
        speakers: Whose groups a change is about, if it only adds claims; else None, and all groups
            of a wording are loaded at once.
        since: When the earliest claim of such a change was printed.
    """

    session: Session
    pairs: dict[int, dict[int, Similarity]] = field(default_factory=dict)
    groups: dict[int, SameWords] = field(default_factory=dict)
    stored: dict[int, Group] = field(default_factory=dict)
    settled: dict[uuid.UUID, set[tuple[uuid.UUID, bool]]] = field(default_factory=dict)
    firsts: dict[uuid.UUID, Group] = field(default_factory=dict)
    dirty: set[tuple[int, int]] = field(default_factory=set)
    speakers: Collection[uuid.UUID | None] | None = None
    since: datetime = MINIMUM

    def take(self, pairs: PairChanges) -> None:
        """Take the pairs of new wordings, which nobody has to load."""
        self.pairs |= {key: {} for key in pairs.new}
        self.groups |= {key: SameWords() for key in pairs.new}
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
        """Load the groups of wordings, and what people settled of them.

        Of a wording that very many speakers have only a part is loaded at first, if claims were
        only added: who comes last has to do with few of them.
        """
        missing = set(keys) - self.groups.keys()
        if not missing:
            return
        self.groups |= {key: SameWords() for key in missing}
        parts: dict[int, Part] = {}
        if self.speakers is None:
            by_key = self._read_groups(missing, None)
        else:
            by_key = self._read_groups(missing, FIRST)
            parts = self._add_beyond(by_key, self.speakers)
        for key, groups in by_key.items():
            self.groups[key].fill(groups, parts.get(key))
        self._note(group for groups in by_key.values() for group in groups)

    def _read_groups(self, keys: Iterable[int], first: int | None) -> dict[int, list[Group]]:
        """The groups of wordings as they are stored; of named speakers so many, or all."""
        values = {"keys": to_numbers(keys), "first": first}
        by_key: defaultdict[int, list[Group]] = defaultdict(list)
        for row in self.session.execute(STATEMENTS["groups_of"], values).all():
            by_key[row.key].append(_read(Group(*row)))
        return by_key

    def _add_beyond(
        self, by_key: dict[int, list[Group]], speakers: Collection[uuid.UUID | None]
    ) -> dict[int, Part]:
        """Add what else a change is about, of wordings that may have more than the first groups.

        Returns:
            For each of these wordings what is at hand of it then.
        """
        crowded = {
            key
            for key, groups in by_key.items()
            if sum(group.speaker is not None for group in groups) == FIRST
        }
        if crowded:
            values = {
                "keys": to_numbers(crowded), "speakers": to_array(speakers), "since": self.since,
            }  # fmt: skip
            present = {group.id for key in crowded for group in by_key[key]}
            for row in self.session.execute(STATEMENTS["groups_beyond"], values).all():
                if row.id not in present:
                    by_key[row.key].append(_read(Group(*row)))
        return {
            key: Part(FIRST, speakers, self.since, partial(self._load_rest, key)) for key in crowded
        }

    def _load_rest(self, key: int) -> list[Group]:
        """The groups of a wording that are not at hand yet."""
        present = self.groups[key].by_id
        groups = self._read_groups([key], None).get(key, ())
        rest = [group for group in groups if group.id not in present]
        self._note(rest)
        return rest

    def _note(self, loaded: Iterable[Group]) -> None:
        """Keep groups as they are stored, and load what people settled of them."""
        settled = []
        for group in loaded:
            self.firsts[group.first_claim] = group
            self.stored[group.id] = group
            if is_settled(group):
                settled.append(group.first_claim)
        self.load_settled(settled)

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
            keys = self.session.scalars(STATEMENTS["keys_of_claims"], values).all()
            self.load_groups(keys)
            for key in keys:
                self.groups[key].complete()

    def _put(self, group: Group) -> None:
        self.groups[group.key].put(group)
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
        before = self.find(row.key, row.id)
        renewed = alone_group(row)
        if renewed is None:
            if before is None:
                return None
            self.groups[row.key].drop(row.id)
            self._release(before)
            return before.rank
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
        present = [group for key, id_ in self.dirty if (group := self.find(key, id_))]
        return [group for group in present if self.stored.get(group.id) != group]

    def find(self, key: int, id_: int) -> Group | None:
        """The group of a wording with this number; None if there is none."""
        return self.groups[key].by_id.get(id_)

    def near(self, key: int) -> Iterable[SameWords]:
        """The groups with a wording, and those with each one like it."""
        return (self.groups[like] for like in (key, *self.pairs[key]))

    def may_change(self, group: Group, rank: Rank, speakers: Collection[uuid.UUID | None]) -> bool:
        """Whether a group may come out otherwise once groups from a place on are new or changed.

        Args:
            group: One that lies behind that place.
            rank: The place: nothing before it changed.
            speakers: Whose groups are new, changed or gone.
        """
        if group.speaker is None or group.speaker in speakers:
            return True
        # Of other speakers only the earliest like words count.
        other = self.stored.get(group.other) if group.other is not None else None
        return other is None or other.rank >= rank

    def neighbours(self, group: Group) -> Neighbours:
        """What a group is compared with."""
        ends = [(self.firsts.get(claim), joined) for claim, joined in self._ends(group)]
        return Neighbours(
            list(self.near(group.key)),
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
