"""Detects the format of a file to import."""

import io
from enum import StrEnum

from claims.readers.workbook import is_workbook

HEAD = 4096


class ImportFormat(StrEnum):
    """What can be imported."""

    ARCHIVE = "archive"
    CSV = "csv"
    XLSX = "xlsx"
    CLAIMREVIEW = "claimreview"
    QUOTEBANK = "quotebank"
    GQG = "gqg"


def detect(stream: io.BufferedReader) -> ImportFormat:
    """The format by the first bytes.

    Raises:
        PackedError: It is packed, and damaged from the beginning.
    """
    head = stream.peek(HEAD)[:HEAD]
    if is_workbook(head):
        return ImportFormat.XLSX
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b'{"archive":'):
        return ImportFormat.ARCHIVE
    if _looks_like_reviews(head):
        return ImportFormat.CLAIMREVIEW
    if not head.startswith(b"{"):
        return ImportFormat.CSV
    return ImportFormat.QUOTEBANK if b'"quotation"' in head else ImportFormat.GQG


def _looks_like_reviews(head: bytes) -> bool:
    """Whether some first bytes are JSON-LD in the words of schema.org, or a page."""
    return head.startswith(b"<") or (head.startswith((b"{", b"[")) and b"schema.org" in head)
