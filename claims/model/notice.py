"""A notice: what a publisher says about an article of its own after it was published."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from claims.model.span import Spans

ENDLESS = datetime(9999, 12, 31, tzinfo=UTC)
"""Until when an embargo holds that names no end which can be read: until a person lifts it.

The last day that Python can say; it has no infinity."""


class NoticeKind(StrEnum):
    """What a notice asks for."""

    CORRECT = "correct"
    """The article was wrong in part and was corrected."""
    WITHDRAW = "withdraw"
    """The article should no longer be relied on."""
    KILL = "kill"
    """A wire's own order not to use the article; it takes effect at once."""
    RESTORE = "restore"
    """The article may be used again. A wire says it of every item that it calls usable; where
    nothing is withdrawn or killed it says nothing new."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a publisher says about an article.

    Attributes:
        kind: What it asks for. Only a wire's own signal is a kill; everything else is proposed.
        signal: Where it was read, as a stable code: `ninjs-pubstatus`, `newsml-pubstatus`,
            `newsml-signal`, `nitf-management`, `schema-org-correction`, `correction-paragraph`,
            `wire-slug`, `http-404`, `http-410`, `http-451` and so on.
        words: Its words as printed; for a signal without words, the signal's value.
        place: The location of the input it was read in.
        spans: Where the words stand in the article's text; empty if they do not.
        url: The article's address, if the notice names it.
        external_id: The article's id at the publisher, likewise.
        outlet: The publisher's name, likewise.
        issued_at: When the publisher issued it, with a time zone.
    """

    kind: NoticeKind
    signal: str
    words: str
    place: str
    spans: Spans = ()
    url: str | None = None
    external_id: str | None = None
    outlet: str | None = None
    issued_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Embargo:
    """Until when an article must not be published.

    Attributes:
        words: As the publisher wrote it.
        until: With a time zone; None if the words cannot be read or name no end: it holds until a
            person lifts it.
    """

    words: str
    until: datetime | None


def until_text(ends: datetime) -> str:
    """Until when an embargo holds, in words."""
    if ends >= ENDLESS:
        return "until a person lifts it"
    return f"until {ends.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
