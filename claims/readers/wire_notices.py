"""What a wire says of an item in its own fields: its status and its notes to editors.

IPTC's `withheld` and `canceled` both tell publishers to take back at once what they have published,
the one until further notice, the other for good: both are kills. `usable` lifts what was withheld
before, which an item alone cannot know.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from claims.model.notice import Notice, NoticeKind
from claims.text.clean import clean_line

STATUSES = {
    "canceled": NoticeKind.KILL,
    "cancelled": NoticeKind.KILL,
    "killed": NoticeKind.KILL,
    "withheld": NoticeKind.KILL,
    "usable": NoticeKind.RESTORE,
}
SIGNALS = {
    "correction": NoticeKind.CORRECT,
    "corrective": NoticeKind.CORRECT,
    "kill": NoticeKind.KILL,
    "retraction": NoticeKind.KILL,
    "withdrawal": NoticeKind.KILL,
}
"""Signals of NewsML-G2 that say something of what was sent before; `update` says nothing wrong."""

NOTES = (
    (NoticeKind.RESTORE, re.compile(
        r"\bkill\s+(?:is\s+|was\s+|has\s+been\s+)?(?:lifted|rescinded|revoked|cancell?ed)\b"
        r"|\b(?:disregard|ignore|lifts?)\s+(?:the\s+)?(?:earlier\s+|previous\s+)?kill\b"
        r"|\breinstate[sd]?\b", re.IGNORECASE)),
    (NoticeKind.KILL, re.compile(
        r"^\W*(?:mandatory\s+)?kill\b(?!ed\b)|\bmandatory\s+kill\b|\bkill\s+(?:this|the)\s+"
        r"(?:story|item|article|version)\b|\b(?:story|item|article)\s+(?:is|was|has\s+been)\s+"
        r"(?:hereby\s+)?killed\b", re.IGNORECASE)),
    (NoticeKind.WITHDRAW, re.compile(
        r"\b(?:story|item|article|dispatch|report)\s+(?:is|was|has\s+been)\s+(?:hereby\s+)?"
        r"(?:withdrawn|retracted)\b|^\W*(?:withdraw|retract)(?:s|ed|n|al|ion)?\b", re.IGNORECASE)),
    (NoticeKind.CORRECT, re.compile(
        r"\b(?:correct(?:s|ed|ing|ion|ions|ive)|clarif(?:y|ies|ied|ying|ication))\b",
        re.IGNORECASE)),
)  # fmt: skip
"""What a note to editors says, the first that fits."""


@dataclass(frozen=True, slots=True)
class WireSubject:
    """The item of a wire that notices are about.

    Attributes:
        place: The location of the input.
        external_id: Its id at the publisher.
        url: Its address.
        outlet: The publisher's name.
        issued_at: When this version of it was made.
    """

    place: str
    external_id: str | None
    url: str | None
    outlet: str | None
    issued_at: datetime | None

    def notice(self, kind: NoticeKind, signal: str, words: str) -> Notice:
        """A notice about it."""
        return Notice(
            kind=kind,
            signal=signal,
            words=clean_line(words),
            place=self.place,
            url=self.url,
            external_id=self.external_id,
            outlet=self.outlet,
            issued_at=self.issued_at,
        )


def status_notices(
    subject: WireSubject, signal: str, status: str | None, note: str
) -> Iterator[Notice]:
    """The notice that a status is; the note to editors tells why, so its words are kept with it.

    Args:
        subject: What the status is of.
        signal: Where it stands, as a stable code.
        status: A word, or a code such as `stat:canceled`; None if it is not given.
        note: The item's note to editors, empty if it has none.
    """
    value = code_of(status)
    kind = STATUSES.get(value)
    if kind is NoticeKind.KILL:
        yield subject.notice(kind, signal, f"{value}: {note}" if note else value)
    elif kind:
        yield subject.notice(kind, signal, value)


def signal_notices(subject: WireSubject, signal: str, codes: Iterable[str]) -> Iterator[Notice]:
    """The notices that signals of the publisher are."""
    for code in codes:
        kind = SIGNALS.get(code_of(code))
        if kind:
            yield subject.notice(kind, signal, code_of(code))


def note_notices(subject: WireSubject, signal: str, note: str) -> Iterator[Notice]:
    """The notice that a note to editors is, if it says that something was wrong."""
    kind = next((kind for kind, pattern in NOTES if pattern.search(note)), None)
    if kind:
        yield subject.notice(kind, signal, note)


def settled(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices without what another of the same item already says.

    A kill silences a `usable` that stands beside it, and what a note says of the kill again.
    """
    by_kind: dict[NoticeKind, Notice] = {}
    for notice in notices:
        by_kind.setdefault(notice.kind, notice)
    if NoticeKind.KILL in by_kind:
        by_kind.pop(NoticeKind.RESTORE, None)
        by_kind.pop(NoticeKind.WITHDRAW, None)
    return tuple(by_kind.values())


def code_of(value: str | None) -> str:
    """The last part of a code such as `stat:usable` or `http://…/pubstatusg2/usable`."""
    return re.split(r"[:/#]", clean_line(value or ""))[-1].lower()
