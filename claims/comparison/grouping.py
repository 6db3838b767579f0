"""Which groups of equal words report one utterance: each is led by an earlier one, or leads.

A group is the claims with the same words by the same speaker. Groups are taken in the order in
which they were printed, those with a named speaker first. Each joins the leader it is most like, or
leads itself: a star, no chain. So the result depends on the groups alone, not on the order in which
they came, and what a change alters lies later in that order.
"""

import uuid
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

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
        other: An earlier group with like words that is not counted as one act with it: by another
            speaker, or by somebody while this one names nobody.
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
class Part:
    """Which groups of a wording are at hand, if not all of them.

    Attributes:
        first: So many of the first ones in the order.
        speakers: All by these speakers, and all by nobody named.
        since: All that were printed from this moment on.
        load: Loads all of them, once more is asked for.
    """

    first: int
    speakers: Collection[uuid.UUID | None]
    since: datetime
    load: Callable[[], Iterable[Group]]


class SameWords:
    """The groups with one wording, in their order and by speaker, however many speakers say it."""

    __slots__ = ("by_id", "by_speaker", "ordered", "part")

    def __init__(self) -> None:
        self.by_id: dict[int, Group] = {}
        self.by_speaker: dict[uuid.UUID | None, dict[int, Group]] = {}
        self.ordered: list[Group] = []
        self.part: Part | None = None

    def fill(self, groups: Iterable[Group], part: Part | None = None) -> None:
        """Take many groups at once, of which none is here yet: all there are, or a part of them."""
        for group in groups:
            self.by_id[group.id] = group
            self.by_speaker.setdefault(group.speaker, {})[group.id] = group
        self.ordered = sorted(self.by_id.values(), key=_rank)
        self.part = part

    def put(self, group: Group) -> None:
        """Take a group as it is now, in the place of what it was."""
        if group.id in self.by_id:
            self.drop(group.id)
        self.by_id[group.id] = group
        self.by_speaker.setdefault(group.speaker, {})[group.id] = group
        if self.ordered:
            insort(self.ordered, group, key=_rank)
        else:  # most wordings have one group
            self.ordered.append(group)

    def drop(self, id_: int) -> None:
        """Leave a group out, if it is there."""
        group = self.by_id.pop(id_, None)
        if group is None:
            return
        del self.by_speaker[group.speaker][id_]
        place = bisect_left(self.ordered, group.rank, key=_rank) if len(self.ordered) > 1 else 0
        while self.ordered[place].id != id_:  # two may begin with one claim for a moment
            place += 1
        del self.ordered[place]

    def by(self, speaker: uuid.UUID | None) -> Iterable[Group]:
        """Those by one speaker."""
        if self.part and speaker is not None and speaker not in self.part.speakers:
            self.complete()
        return self.by_speaker.get(speaker, {}).values()

    def before(self, rank: Rank) -> Iterator[Group]:
        """Those before a place in the order, the earliest first."""
        place = 0
        while True:
            if self.part and place >= self.part.first:
                self.complete()
            if place == len(self.ordered) or self.ordered[place].rank >= rank:
                return
            yield self.ordered[place]
            place += 1

    def after(self, rank: Rank) -> Sequence[Group]:
        """Those after a place in the order."""
        nobody_named, printed_at, _ = rank
        if self.part and not nobody_named and printed_at < self.part.since:
            self.complete()
        if not self.ordered or self.ordered[-1].rank <= rank:
            return ()
        return self.ordered[bisect_right(self.ordered, rank, key=_rank) :]

    def complete(self) -> None:
        """Take the groups that are not at hand yet; those that are stay as they are."""
        if self.part:
            load, self.part = self.part.load, None
            self.fill(group for group in load() if group.id not in self.by_id)


def _rank(group: Group) -> Rank:
    return group.rank


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a group is compared with.

    Attributes:
        words: The groups with the same words, and those with like words, each wording's together.
        similarity: For each other wording, how alike they are; the first is the group's own.
        joined: Groups that people linked it to as the same.
        refused: Groups that people refused to link it to.
    """

    words: Sequence[SameWords]
    similarity: Mapping[int, Similarity]
    joined: Sequence[Group] = ()
    refused: Sequence[Group] = ()


def place(group: Group, neighbours: Neighbours) -> Group:
    """A group with its leader, and with like words by another speaker, if there are any.

    What it costs does not grow with how many speakers have the words: those of other speakers are
    taken in their order, as far as the first that counts.
    """
    alone = Group(
        group.id, group.key, group.speaker, group.denied, group.first_claim, group.printed_at,
        group.day, leader=group.id,
    )  # fmt: skip
    if not neighbours.joined and sum(len(words.ordered) for words in neighbours.words) == 1:
        return alone  # most words are like no others
    barred = {other.id for other in neighbours.refused} | {
        other.leader for other in neighbours.refused if other.rank < group.rank
    }
    placed = _joined(alone, neighbours) or _led(alone, neighbours, barred)
    return _beside_other(placed, neighbours, barred)


def _joined(group: Group, neighbours: Neighbours) -> Group | None:
    """Led as people said: by the leader of a claim it was linked to."""
    for other in sorted(neighbours.joined, key=_rank):
        one_speaker = None in {other.speaker, group.speaker} or other.speaker == group.speaker
        if other.rank < group.rank and one_speaker:
            return replace(
                group, leader=other.leader, kind=LinkKind.SAME_CONTENT, score=1.0, reasons=SETTLED
            )
    return None


def _led(group: Group, neighbours: Neighbours, barred: set[int]) -> Group:
    likely = _of_speaker if group.speaker is not None else _of_any
    best: tuple[Group, ProposedLink] | None = None
    for leader in sorted(likely(group, neighbours, barred), key=_rank):
        link = _link(group, leader, neighbours)
        # Of equal ones the earliest: they are in their order.
        if link and link.same_act and (best is None or link.score > best[1].score):
            best = leader, link
    if best is None:
        return group
    leader, link = best
    return replace(group, leader=leader.id, kind=link.kind, score=link.score, reasons=link.reasons)


def _of_speaker(group: Group, neighbours: Neighbours, barred: set[int]) -> Iterator[Group]:
    """Earlier leaders by a group's own speaker."""
    for words in neighbours.words:
        for other in words.by(group.speaker):
            if other.leads and other.rank < group.rank and other.id not in barred:
                yield other


def _of_any(group: Group, neighbours: Neighbours, barred: set[int]) -> Iterator[Group]:
    """Earlier leaders that a group without a named speaker may follow, of each wording the first.

    Who named the speaker and when makes no difference to how likely it is, so that a later leader
    with the same words is never the better one. Of its own words only the first few count.
    """
    for words in neighbours.words:
        leaders = (o for o in words.before(group.rank) if o.leads and o.id not in barred)
        most = MOST_SPEAKERS if group.id in words.by_id else None
        for leader in islice(leaders, most):
            if leader.denied == group.denied:
                yield leader
                break


def _beside_other(group: Group, neighbours: Neighbours, barred: set[int]) -> Group:
    """With the earliest like words by another named speaker.

    A group that names nobody and is led by none, with the earliest like words of all.
    """
    if group.speaker is None and not group.leads:
        return group
    firsts = (_first_other(group, words, barred) for words in neighbours.words)
    for other in sorted(filter(None, firsts), key=_rank):
        link = _link(group, other, neighbours)
        if link:
            return replace(
                group, other=other.id, other_score=link.score, other_reasons=link.reasons
            )
    return group


def _first_other(group: Group, words: SameWords, barred: set[int]) -> Group | None:
    """The earliest report of some words by another speaker that says or denies them alike.

    Of a group that names nobody any report is another's.
    """
    for other in words.before(group.rank):
        if other.speaker is None and group.speaker is not None:
            return None  # all that follow name nobody either
        if (
            (other.speaker is None or other.speaker != group.speaker)
            and other.denied == group.denied
            and other.id not in barred
        ):
            return other
    return None


def _link(group: Group, other: Group, neighbours: Neighbours) -> ProposedLink | None:
    similarity = None if other.key == group.key else neighbours.similarity[other.key]
    return propose_link(similarity, group.speaking, other.speaking)
