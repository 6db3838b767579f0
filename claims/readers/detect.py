"""Which format some bytes are in: by how they begin, else by the name's ending."""

import re
from pathlib import PurePath

from claims.readers.formats import ENDINGS, FOREIGN, Foreign, Format

CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b")
PAGE = re.compile(rb"<!doctype html|<html|<head|<body|<article", re.IGNORECASE)
MARKED = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16, which looks binary and is text."""


def detect(name: str, head: bytes) -> Format | Foreign:
    """The format of an input, or the foreign one that it is in.

    Args:
        name: A path, or `-`.
        head: The first bytes, a few thousand will do.
    """
    foreign = next((one for one in FOREIGN if one.begins(head)), None)
    if foreign:
        return foreign
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    by_name = ENDINGS.get(PurePath(name).suffix.lower())
    if by_name and by_name not in {Format.JSON, Format.JSONL}:
        return by_name
    if PAGE.match(start):
        return Format.HTML
    return by_name or (Format.JSON if start.startswith((b"{", b"[")) else Format.PLAIN)


def is_binary(head: bytes) -> bool:
    """Whether bytes are not text in UTF-8: more than one in ten is a control character."""
    if head.startswith(MARKED):
        return False
    controls = sum(byte in CONTROLS for byte in head)
    return controls * 10 > len(head)
