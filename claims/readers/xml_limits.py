"""Refuses XML that declares entities, or that a tree-building parser could not digest.

One pass with expat, which keeps nothing: what it refuses has not been seen by any other parser.
"""

import re
from typing import NoReturn
from xml.parsers import expat

from claims.model.problem import Reason

ELEMENTS = 100_000
"""Of a document; a feed of 5,000 items has about 50,000."""
DEPTH = 1000
ATTRIBUTES = 1000
"""Of an element: feedparser takes a second for 10,000, and four times as long for twice as many."""
TEXT = 1_000_000
"""Characters between two tags. The longest articles have some hundred thousand."""
MALFORMED = 2 * 1024 * 1024
"""Bytes of what is not well-formed: it is parsed by what forgives, and that is slow."""
LONG_TAG = re.compile(rb"<[^<>]{16384}")
"""In what is not well-formed, so that attributes cannot be counted."""
BUFFER = 64 * 1024


class RefusedXmlError(Exception):
    """The XML is refused.

    Attributes:
        reason: `dtd-refused` or `too-large`.
        detail: In one line.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def check_xml(raw: bytes, *, elements: int = ELEMENTS, forgiven: bool = True) -> None:
    """Look through a document, as far as it is well-formed.

    Args:
        raw: The document.
        elements: How many it may have.
        forgiven: Whether the parser that reads it goes on where it is not well-formed.

    Raises:
        RefusedXmlError: It declares an entity, or passes a limit.
    """
    limits = _Limits(elements)
    parser = expat.ParserCreate()
    parser.buffer_text, parser.buffer_size = True, BUFFER
    parser.StartElementHandler = limits.start
    parser.EndElementHandler = limits.end
    parser.CharacterDataHandler = limits.text
    parser.EntityDeclHandler = limits.entity
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - expat takes no keywords
    except (expat.ExpatError, ValueError, LookupError):
        if raw.count(b"<") > elements:
            _refuse(f"it is not well-formed and has more than {elements:,} tags")
        if forgiven and len(raw) > MALFORMED:
            _refuse(f"it is not well-formed and has more than {MALFORMED >> 20} MiB")
        if forgiven and LONG_TAG.search(raw):
            _refuse("it is not well-formed and has a tag of more than 16 KiB")


def _refuse(detail: str) -> NoReturn:
    raise RefusedXmlError(Reason.TOO_LARGE, detail)


class _Limits:
    def __init__(self, most: int) -> None:
        self._most = most
        self._elements = self._depth = self._text = 0

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        self._text = 0
        if self._elements > self._most:
            _refuse(f"it has more than {self._most:,} elements")
        if self._depth > DEPTH:
            _refuse(f"its elements are nested more than {DEPTH} deep")
        if len(attributes) > ATTRIBUTES or sum(map(len, attributes.values())) > TEXT:
            _refuse("an element has too many or too long attributes")

    def end(self, _name: str) -> None:
        self._depth -= 1
        self._text = 0

    def text(self, text: str) -> None:
        self._text += len(text)
        if self._text > TEXT:
            _refuse(f"a text in it has more than {TEXT:,} characters")

    def entity(self, *_declared: str | int | None) -> None:
        raise RefusedXmlError(Reason.DTD_REFUSED, "it declares entities in a DTD of its own")
