"""Which format some bytes are in: by how they begin, else by the name's ending."""

from collections.abc import Iterator
from pathlib import PurePath

from claims.model.json import JsonObject
from claims.readers.foreign import AS_TEXT, FOREIGN_BYTES, FOREIGN_TEXTS, Foreign
from claims.readers.formats import ENDINGS, FORMATS, Format
from claims.readers.looks import GZIP, Head, fits_none, look_at

ALWAYS_TEXT = (Format.PLAIN, Format.JSONL)
"""What their files begin with is their own words: a text about HTML may begin with a tag."""

OBJECTS = [(form, reader.fits) for form, reader in FORMATS.items() if reader.fits is not fits_none]
"""Asked for every line of JSON."""


def detect(name: str, head: bytes) -> Format | Foreign:
    """The format of an input, or the foreign one that it is in.

    Bytes that begin no text decide at once; then the ending, if it says text or lines; then how
    the bytes look; then any ending. What is left is plain text.

    Args:
        name: A path, or `-`.
        head: The first bytes, a few thousand will do.
    """
    seen = look_at(head)
    ending = PurePath(name.removesuffix(".gz")).suffix.lower()
    by_name = ENDINGS.get(ending)
    if binary := next(_alike(seen, FOREIGN_BYTES, text=False), None):
        return binary
    if by_name in ALWAYS_TEXT or head.startswith(GZIP):
        # Of packed bytes only the ending is known; what they hold is looked at when unpacked.
        return by_name or Format.PLAIN
    by_looks = next(_alike(seen, FOREIGN_TEXTS, text=True), None)
    return by_looks or _other_xml(seen, ending) or by_name or Format.PLAIN


def detect_object(fields: JsonObject) -> Format | None:
    """The format that an object is of; None if it has none of its own."""
    return next((form for form, fits in OBJECTS if fits(fields)), None)


def _alike(head: Head, foreign: tuple[Foreign, ...], *, text: bool) -> Iterator[Format | Foreign]:
    for form, reader in FORMATS.items():
        if reader.text is text and reader.looks(head):
            yield form
    yield from (one for one in foreign if one.looks(head))


def _other_xml(head: Head, ending: str) -> Foreign | None:
    """XML that is nothing we know; a text without a declaration may begin with any tag."""
    if not head.text.startswith("<?xml") and ending != ".xml":
        return None
    name = f"XML with the root <{head.root[:80]}>" if head.root else "XML of an unknown kind"
    return Foreign(name, lambda _: True, AS_TEXT)
