"""One report of an utterance: which article printed it, when, in which words, through whom."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from claims.model.kinds import Mode
from claims.model.reported import label, reported


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whom words came from or through.

    Attributes:
        name: The name, or the printed words in brackets.
        mode: What they did with the words; see `Mode`.
        source: The source, after merges; None if nobody knows who it is.
    """

    name: str
    mode: str
    source: uuid.UUID | None = None

    @property
    def shown(self) -> str:
        """The name with the mode, if that is not `says`."""
        return label(self.name, self.mode)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom words come from, as far as it is known.

    Attributes:
        key: What tells origins apart.
        name: None if nobody is named.
        reason: Why, in words.
    """

    key: str
    name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Printing:
    """A claim as one report of an utterance.

    Attributes:
        utterance: The claim that names the utterance.
        text: The words, as printed.
        kind: How it relates to the claim that names the utterance; None for that one.
        days: The first and last day on which it can have been said.
        chain: From the speaker outward.
        document_status: usable, corrected or withdrawn.
        original: The article that its article is printed from; None if it is no copy.
        origins: Whom the words come from; several if its article was merged from several.
    """

    utterance: uuid.UUID
    claim: uuid.UUID
    text: str
    statement: str | None
    form: str
    status: str
    kind: str | None
    days: tuple[date, date] | None
    chain: tuple[Voice, ...]
    document: uuid.UUID | None
    document_status: str
    published_at: datetime | None
    outlet: str | None
    outlet_id: uuid.UUID | None
    url: str | None
    original: uuid.UUID | None
    origins: tuple[Origin, ...]

    @property
    def short_id(self) -> str:
        """The start of the id that people type."""
        return str(self.claim)[:8]

    @property
    def speaker(self) -> Voice:
        """Whose words they are."""
        return self.chain[0] if self.chain else Voice("[unknown]", Mode.SAYS)

    @property
    def through(self) -> tuple[str, ...]:
        """Those through whom they came, from the speaker outward."""
        return tuple(hop.shown for hop in self.chain[1:])

    @property
    def reported(self) -> str:
        """The words after what the chain does with them: `denies: she was given the report`."""
        return self.reporting + self.text

    @property
    def reporting(self) -> str:
        """What the chain does with the words, in front of them; empty if they are just said."""
        return reported("", [(hop.name, hop.mode) for hop in self.chain])

    @property
    def printed_on(self) -> str:
        """The day in UTC, with the minute if it is known: midnight stands for a day alone.

        Outlets of many zones stand in one order, so all are told by one clock.
        """
        if self.published_at is None:
            return "no date"
        moment = self.published_at.astimezone(UTC)
        if moment.time() == time():
            return moment.date().isoformat()
        return f"{moment:%Y-%m-%d %H:%M}"

    @property
    def outlet_name(self) -> str:
        """The outlet, or that the article does not name it."""
        return self.outlet or "[outlet not named]"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an utterance went.

    Attributes:
        printings: Articles' claims that report it.
        outlets: Outlets that printed it.
        origins: Names of those who heard it for themselves, as far as it is known; one each.
    """

    printings: int
    outlets: int
    origins: tuple[str, ...]

    def __str__(self) -> str:
        """Such as `6 printings, 4 outlets, 1 origin (IRNA)`."""
        parts = [
            _counted(self.printings, "printing"),
            _counted(self.outlets, "outlet"),
            _counted(len(self.origins), "origin"),
        ]
        return f"{', '.join(parts)} ({', '.join(self.origins)})" if self.origins else parts[0]


def reach_of(printings: Sequence[Printing]) -> Reach:
    """How far an utterance went, by its printings.

    Withdrawn articles do not count; an outlet without a name counts once an article.
    """
    counted = [printing for printing in printings if printing.document_status != "withdrawn"]
    outlets = {printing.outlet_id or printing.document for printing in counted}
    origins = {
        origin.key: origin.name or "not named"
        for printing in counted
        for origin in printing.origins
    }
    return Reach(len(counted), len(outlets), tuple(sorted(origins.values())))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
