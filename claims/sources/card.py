"""A source as it is shown, and one line of its timeline."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.catalogue.card import ClaimCard


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a source held, as a person or an authority file stated it.

    Attributes:
        title: The office's title.
        organisation: Where it is held.
        first: First day; None if not known.
        last: Last day, included; None if not known or still held.
        evidence: Where this is known from: a note, or the words of a stored text.
    """

    title: str
    organisation: str | None
    first: date | None
    last: date | None
    evidence: str | None

    @property
    def named(self) -> str:
        """Title and organisation: "spokesman, Kremlin"."""
        return f"{self.title}, {self.organisation}" if self.organisation else self.title

    def __str__(self) -> str:
        """Title, organisation and days: "spokesman, Kremlin (2012-05-22 to …)"."""
        if self.first is None and self.last is None:
            return self.named
        return f"{self.named} ({self.first or '…'} to {self.last or '…'})"

    def includes(self, day: date) -> bool:
        """Whether it was held on a day, as far as the days are known."""
        after = self.first is None or self.first <= day
        return after and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A description that articles printed of a source.

    Attributes:
        words: As printed.
        times: How often.
        first_seen: Publication of the first article with it; the office may be older.
        last_seen: Publication of the last.
    """

    words: str
    times: int
    first_seen: date | None
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class Rating:
    """How reliable an outlet is, in a reviewer's opinion: A to E; F cannot be judged."""

    rating: str
    rated_on: date
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources that may be one.

    Attributes:
        a: Id of one, as it is shown after merges.
        b: Id of the other.
        kind: The kind of the first.
        score: How likely they are one, 0 to 1.
        reason: What supports it and what contradicts it, in words.
    """

    a: uuid.UUID
    a_name: str
    b: uuid.UUID
    b_name: str
    kind: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class SourceCard:
    """One source as it is shown.

    Attributes:
        shown_as: The source at the end of its pointers; itself where it is not merged.
        names: Each of its names with its kind and language.
        offices: Offices that people or authority files stated.
        printed: How articles described it, the most frequent first.
        members: Sources merged into it, directly or through others, with their names.
        distinct: Sources recorded as not the same.
        claims: How many claims have it, or a source merged into it, as speaker; counted up to 1000.
    """

    id: uuid.UUID
    kind: str
    name: str
    description: str | None
    wikidata: str | None
    country: str | None
    homepage: str | None
    revision: int
    merged_into: uuid.UUID | None
    shown_as: uuid.UUID
    claims: int
    names: Sequence[tuple[str, str, str | None]] = ()
    offices: Sequence[Office] = ()
    printed: Sequence[PrintedName] = ()
    ratings: Sequence[Rating] = ()
    identifiers: Sequence[tuple[str, str]] = ()
    members: Sequence[tuple[uuid.UUID, str]] = ()
    distinct: Sequence[tuple[uuid.UUID, str]] = ()
    suggested: Sequence[Pair] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline.

    Attributes:
        day: The day it is listed under: said, else printed; None if neither is known.
        claim: The claim.
        office: The office held on that day, else the description printed with it, in quotation
            marks; None if neither is known.
    """

    day: date | None
    claim: ClaimCard
    office: str | None
