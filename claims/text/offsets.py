"""Offsets: code points here, UTF-16 units in a browser, paragraphs for people."""


def to_utf16(text: str, offset: int) -> int:
    """UTF-16 units before a code point offset, 0 to len(text)."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, units: int) -> int:
    """Code points before an offset in UTF-16 units; one inside a pair counts as before it."""
    seen = 0
    for offset, character in enumerate(text):
        seen += 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 - the last of the basic plane
        if seen > units:
            return offset
    return len(text)


def paragraph_of(text: str, offset: int) -> int:
    """Number of the paragraph that an offset lies in, from 1; blank lines do not count."""
    before = text[:offset].split("\n")
    return sum(1 for line in before[:-1] if line.strip()) + 1
