"""Documents and their versions, as lists and cards show them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DocumentFilters:
    """Which documents to list; None for a condition that is not set.

    Attributes:
        outlet: Part of one of the outlet's names.
        title: Part of the headline, whatever its case.
        status: usable, corrected or withdrawn.
        since: First day of publication (UTC).
        until: Last day of publication, included.
        published: Only those of which something is published.
    """

    outlet: str | None = None
    title: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    published: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in a list.

    Attributes:
        versions: How many texts of it were seen.
        waiting: Claims that wait for a person.
        published: Claims that are published.
        embargo: Until when nothing of it is published; None if that is over, or never was.
    """

    id: uuid.UUID
    outlet: str | None
    title: str | None
    url: str | None
    published_at: datetime | None
    status: str
    versions: int
    waiting: int
    published: int
    embargo: datetime | None = None

    @property
    def short_id(self) -> str:
        """The start of the id that lists show."""
        return str(self.id)[:8]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a document.

    Attributes:
        number: 1 for the first text that was stored, then upward.
        first_seen: When it was seen first.
        last_seen: When it was seen last.
        sightings: How often it was seen.
        publisher_version: The publisher's highest number of it.
        publisher_time: When the publisher made it.
        current: Whether it is the document's current version.
    """

    id: uuid.UUID
    number: int
    text: str
    reader: str
    first_seen: datetime
    last_seen: datetime
    sightings: int
    publisher_version: int | None
    publisher_time: datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class DocumentName:
    """An address or id under which a document was met.

    Attributes:
        kind: canonical, other, fetched or redirect for an address; id for an id.
        name: The address or id.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentClaim:
    """A claim of a document, in one line.

    Attributes:
        mode: What its speaker does with the words.
        reported: The words after what its chain does with them: `denies: …`.
        now: What became of it in the current version, with how it differs there; None if it stands
            in that one, or was not sought.
    """

    id: uuid.UUID
    status: str
    speaker: str | None
    version: int
    text: str
    now: str | None
    mode: str
    reported: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a list: what a publisher said of an article, and what became of it.

    Attributes:
        kind: correct, withdraw, kill or restore.
        document: The article; None if it has not come.
        state: open, confirmed or dismissed; of a kill in force, lifted or superseded; waiting if
            its article has not come.
    """

    id: uuid.UUID
    kind: str
    signal: str
    words: str
    place: str
    url: str | None
    external_id: str | None
    outlet: str | None
    issued_at: datetime | None
    received_at: datetime
    document: uuid.UUID | None
    title: str | None
    state: str

    @property
    def short_id(self) -> str:
        """The start of the id that lists show."""
        return str(self.id)[:8]
