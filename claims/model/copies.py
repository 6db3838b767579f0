"""Copies and origins: the closed lists, and what is known of one article."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class CopyKind(StrEnum):
    """What a later text is to an earlier original; the same words are one text."""

    COPY = "copy"
    """Printed from it, perhaps edited."""
    CUT = "cut"
    """Printed from a part of it."""
    MERGED = "merged"
    """Printed from several originals."""
    CONTAINS = "contains"
    """No copy: it has much of the original and more of its own."""


class CreditRule(StrEnum):
    """Where an article says whom it has its text from; the earlier in this list holds."""

    FIELD = "field"
    """In a field of its publisher: infoSource, hopHistory."""
    CREDIT_LINE = "credit-line"
    """In its text: "(Reuters)" after the place, or a last line "- AP"."""
    BYLINE = "byline"
    """In its byline."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One article that another has words in common with.

    Attributes:
        document: The other article.
        kind: What the later one is to the earlier; `same` if they have the same words.
        share: Of the later one's words, those that stand in the earlier one.
        settled: Whether a person says so.
        order_known: Whether the dates of both say which is the earlier.
    """

    document: UUID
    outlet: str | None
    title: str | None
    published_at: datetime | None
    status: str
    kind: str
    share: float
    narration: float | None
    settled: bool
    order_known: bool


@dataclass(frozen=True, slots=True)
class OriginLine:
    """Where an article comes from.

    Attributes:
        name: Who it comes from; None if nothing names anybody.
        rule: The rule that says so.
        reason: The same in words.
    """

    name: str | None
    rule: str
    reason: str
