"""Which format bytes are in: by the file's extension, then by how they begin."""

import re
from enum import StrEnum
from pathlib import PurePath

HEAD = 8192
"""How many of the first bytes are looked at."""


class Format(StrEnum):
    """A format that can be read."""

    PLAIN = "plain"
    HTML = "html"
    JSONL = "jsonl"


_EXTENSIONS = {
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
}

_LEAD = re.compile(rb"\A(?:\xef\xbb\xbf|\s)*")
_HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|title|meta|article|div|p)\b", re.I)
_HTML_AFTER = re.compile(rb"(?:<\?xml\b|<!--).{0,2000}?<(?:!doctype\s+html|html)\b", re.I | re.S)

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r")) + b"\x7f"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_BINARY_MARKS = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")

_CONTROL_SHARE = 0.05
"""More control bytes than this are no text. Noise and compressed data hold 11 % (28 of 256 values);
news text none, and a damaged article a few."""


def detect(name: str, head: bytes) -> Format:
    """Choose the format of a file.

    Args:
        name: Path or `-`; a known extension decides.
        head: The first bytes, `HEAD` of them or all; they decide for any other name. What begins
            with `{` is JSON lines, what begins with a tag of HTML is HTML, all else plain text.
    """
    known = _EXTENSIONS.get(PurePath(name).suffix.lower())
    if known is not None:
        return known
    start = _LEAD.sub(b"", head[:HEAD], count=1)
    if start.startswith(b"{"):
        return Format.JSONL
    if _HTML.match(start) or _HTML_AFTER.match(start):
        return Format.HTML
    return Format.PLAIN


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding that is read: pictures, archives, noise.

    One stray control character does not make a text binary; cleaning replaces it.
    """
    start = head[:HEAD]
    if start.startswith(_BINARY_MARKS):
        return True
    if start.startswith(_WIDE_MARKS):
        # UTF-16 and UTF-32 are half NUL for Latin letters; decoding them finds what is wrong.
        return False
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > len(start) * _CONTROL_SHARE
