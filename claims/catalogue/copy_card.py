"""What an article is a copy of, what was copied from it, and whose its text is, as it is shown."""

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CopyCard:
    """A copy with its original, seen from one of them.

    Attributes:
        document: The other of the two.
        outlet: Who printed that one.
        kind: same, copy, cut or merged.
        share: Of the copy's words, those that the original has too.
        settled: Whether a person says that it is a copy.
        reason: Why it is taken for one, in words.
    """

    document: uuid.UUID
    outlet: str | None
    published_at: datetime | None
    url: str | None
    kind: str
    share: float
    settled: bool
    reason: str

    @property
    def line(self) -> str:
        """Such as `document 3b4f1c2d of The Pier, 2026-05-04. It has the same words.`."""
        day = f", {self.published_at.date()}" if self.published_at else ""
        outlet = self.outlet or "an outlet that is not named"
        return f"document {str(self.document)[:8]} of {outlet}{day}. {self.reason}"


@dataclass(frozen=True, slots=True)
class OriginCard:
    """Whom an article's text comes from.

    Attributes:
        origin: The name; None if nobody is named.
        rule: The rule that says so; see `claims_v1.origins`.
        reason: What it rests on, in words.
    """

    origin: str | None
    rule: str
    reason: str

    @property
    def line(self) -> str:
        """Such as `Reuters, by credit-line. Its credit line names it: “OSLO (Reuters)”.`."""
        return f"{self.origin or 'not named'}, by rule {self.rule}. {self.reason}"


@dataclass(frozen=True, slots=True)
class TextCard:
    """What is known of an article's text.

    Attributes:
        copy_of: What it is printed from; several if it is merged from several.
        origins: Whom it comes from.
        copies: What is printed from it, the earliest first.
        more: Whether there are further copies.
    """

    copy_of: tuple[CopyCard, ...] = ()
    origins: tuple[OriginCard, ...] = ()
    copies: tuple[CopyCard, ...] = ()
    more: bool = False
