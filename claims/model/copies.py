"""Copies and origins: the closed lists, and what is known of one article."""

from enum import StrEnum


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
