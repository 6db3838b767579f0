"""Which format some bytes are in."""

from enum import StrEnum
from pathlib import PurePath


class Format(StrEnum):
    """Formats that can be read."""

    PLAIN = "plain"
    HTML = "html"
    JSONL = "jsonl"


SUFFIXES = {
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    ".md": Format.PLAIN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
}
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b")
TAGS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<article")


def detect(name: str, head: bytes) -> Format:
    """The format by the name's ending, else by how the bytes begin.

    Args:
        name: A path, or `-`.
        head: The first bytes, a few hundred will do.
    """
    by_name = SUFFIXES.get(PurePath(name).suffix.lower())
    if by_name:
        return by_name
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(TAGS):
        return Format.HTML
    return Format.JSONL if start.startswith(b"{") else Format.PLAIN


def is_binary(head: bytes) -> bool:
    """Whether bytes are not text in UTF-8: more than one in ten is a control character."""
    controls = sum(byte in CONTROLS for byte in head)
    return controls * 10 > len(head)
