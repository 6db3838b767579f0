"""Ids: derived from content, so that reading it again finds the same row; or new, for decisions."""

import hashlib
import uuid
from collections.abc import Iterable


def derived_id(*parts: str) -> uuid.UUID:
    """A UUID of version 8 made from parts: the same parts always give the same id.

    Args:
        parts: The natural key, most general first, such as ("claim", version, spans).

    Returns:
        The first 122 bits of a SHA-256 over the parts, each preceded by its length, so that
        ("ab", "c") and ("a", "bc") differ. See docs/decisions/0003-ids.md.
    """
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return _stamped(digest.digest()[:16], version=8)


def claim_id(version: uuid.UUID, content: Iterable[tuple[int, int]]) -> uuid.UUID:
    """The id of the claim that is first proposed at these spans of a version."""
    return derived_id("claim", str(version), ",".join(f"{start}-{end}" for start, end in content))


def new_id(milliseconds: int, randomness: bytes) -> uuid.UUID:
    """A UUID of version 7 (RFC 9562), for a decision: ordered by time, never the same twice.

    Args:
        milliseconds: Since 1970-01-01 UTC; 0 to 2**48 - 1.
        randomness: At least ten random bytes.
    """
    return _stamped(milliseconds.to_bytes(6, "big") + randomness[:10], version=7)


def _stamped(sixteen: bytes, *, version: int) -> uuid.UUID:
    number = int.from_bytes(sixteen, "big")
    number = number & ~(0xF << 76) | version << 76
    number = number & ~(0b11 << 62) | 0b10 << 62
    return uuid.UUID(int=number)
