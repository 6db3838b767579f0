"""Which groups of equal words report one utterance: each is led by an earlier one, or leads.

A group is the claims with the same words by the same speaker. Groups are taken in the order in
which they were printed, those with a named speaker first. Each joins the leader it is most like, or
leads itself: a star, no chain. So the result depends on the groups alone, not on the order in which
they came, and what a change alters lies later in that order.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from claims.comparison.alike import METHOD, Similarity
from claims.comparison.speaking import ProposedLink, Speaking, propose_link
from claims.model.kinds import LinkKind

MOST_SPEAKERS = 5
"""Earliest groups with the same words that one without a named speaker is compared with."""

SETTLED = ("a person linked them",)

Rank = tuple[bool, datetime, uuid.UUID]
"""The place of a group in the order in which groups are taken."""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims with the same words by the same speaker.

    Attributes:
        id: Its number.
        key: Its wording.
        speaker: Whose words they are; None if nobody is named.
        denied: Whether they are reported as denied.
        first_claim: The earliest of its claims.
        printed_at: When that was printed; the last day of 9999 if nobody knows.
        day: When that was said, or else printed.
        leader: The group it is led by; itself if it leads.
        kind: How it relates to its leader.
        score: How likely both report the same.
        reasons: Why, in words.
        other: An earlier group with like words by another speaker.
        other_score: The same of that.
        other_reasons: Why.
        method: Which form of the comparison it is.
    """

    id: int
    key: int
    speaker: uuid.UUID | None
    denied: bool
    first_claim: uuid.UUID
    printed_at: datetime
    day: date | None
    leader: int
    kind: LinkKind | None = None
    score: float | None = None
    reasons: tuple[str, ...] | None = None
    other: int | None = None
    other_score: float | None = None
    other_reasons: tuple[str, ...] | None = None
    method: str = METHOD

    @property
    def rank(self) -> Rank:
        """Its place in the order in which groups are taken."""
        return (self.speaker is None, self.printed_at, self.first_claim)

    @property
    def leads(self) -> bool:
        """Whether it is led by no other."""
        return self.leader == self.id

    @property
    def speaking(self) -> Speaking:
        """Who is said to have said it and when."""
        return Speaking(str(self.speaker) if self.speaker else None, self.day, self.denied)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a group is compared with.

    Attributes:
        groups: Groups with the same or like words.
        similarity: For each other wording, how alike they are; the first is the group's own.
        joined: Groups that people linked it to as the same.
        refused: Groups that people refused to link it to.
    """

    groups: Sequence[Group]
    similarity: Mapping[int, Similarity]
    joined: Sequence[Group] = ()
    refused: Sequence[Group] = ()


def place(group: Group, neighbours: Neighbours) -> Group:
    """A group with its leader, and with like words by another speaker, if there are any."""
    alone = Group(
        group.id, group.key, group.speaker, group.denied, group.first_claim, group.printed_at,
        group.day, leader=group.id,
    )  # fmt: skip
    earlier = sorted(
        (other for other in neighbours.groups if other.rank < group.rank),
        key=lambda other: other.rank,
    )
    barred = {other.id for other in neighbours.refused} | {
        other.leader for other in neighbours.refused if other.rank < group.rank
    }
    placed = _joined(alone, neighbours) or _led(
        alone, [other for other in earlier if other.leads and other.id not in barred], neighbours
    )
    return _beside_other(placed, earlier, neighbours, barred)


def _joined(group: Group, neighbours: Neighbours) -> Group | None:
    """Led as people said: by the leader of a claim it was linked to."""
    for other in sorted(neighbours.joined, key=lambda other: other.rank):
        one_speaker = None in {other.speaker, group.speaker} or other.speaker == group.speaker
        if other.rank < group.rank and one_speaker:
            return replace(
                group, leader=other.leader, kind=LinkKind.SAME_CONTENT, score=1.0, reasons=SETTLED
            )
    return None


def _led(group: Group, leaders: Sequence[Group], neighbours: Neighbours) -> Group:
    best: tuple[Group, ProposedLink] | None = None
    for leader in _likely(group, leaders):
        link = _link(group, leader, neighbours)
        # Of equal ones the earliest: `leaders` are in their order.
        if link and link.same_act and (best is None or link.score > best[1].score):
            best = leader, link
    if best is None:
        return group
    leader, link = best
    return replace(group, leader=leader.id, kind=link.kind, score=link.score, reasons=link.reasons)


def _likely(group: Group, leaders: Iterable[Group]) -> Iterable[Group]:
    """Of a million speakers with the same words, the first few."""
    same_words = 0
    for leader in leaders:
        if group.speaker is not None and leader.speaker != group.speaker:
            continue
        same_words += leader.key == group.key
        if leader.key != group.key or same_words <= MOST_SPEAKERS:
            yield leader


def _beside_other(
    group: Group, earlier: Iterable[Group], neighbours: Neighbours, barred: set[int]
) -> Group:
    """With the earliest like words by another named speaker."""
    if group.speaker is None:
        return group
    for other in earlier:
        if other.speaker in {None, group.speaker} or other.id in barred:
            continue
        link = _link(group, other, neighbours)
        if link:
            return replace(
                group, other=other.id, other_score=link.score, other_reasons=link.reasons
            )
    return group


def _link(group: Group, other: Group, neighbours: Neighbours) -> ProposedLink | None:
    similarity = None if other.key == group.key else neighbours.similarity[other.key]
    return propose_link(similarity, group.speaking, other.speaking)
