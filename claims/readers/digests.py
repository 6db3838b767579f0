"""Digests as WARC writes them: `sha1:` and base 32, 16 or 64."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache

BASE_64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2})+")


def is_digest(digest: str) -> bool:
    """Whether a digest is one of the forms; that of an algorithm nobody knows is not judged."""
    algorithm, colon, value = digest.partition(":")
    length = _base_32_length(algorithm)
    if not colon or not length or len(value) == length:
        return bool(colon)
    if len(value) > length:
        return bool(HEXADECIMAL.fullmatch(value))
    return len(value) % 4 == 0 and bool(BASE_64.fullmatch(value))


def has_digest(digest: str, bodies: Iterable[bytes]) -> bool:
    """Whether a digest in base 32 or 16 is that of one of these bodies."""
    algorithm, _, value = digest.partition(":")
    if not _base_32_length(algorithm):
        return False
    for body in bodies:
        computed = hashlib.new(algorithm, body, usedforsecurity=False).digest()
        if value.rstrip("=") == base64.b32encode(computed).decode().rstrip("="):
            return True
        if value.lower() == computed.hex():
            return True
    return False


@cache
def _base_32_length(algorithm: str) -> int:
    """How long a digest in base 32 is; 0 for an algorithm that is not known."""
    try:
        empty = hashlib.new(algorithm, usedforsecurity=False).digest()
    except (ValueError, TypeError):  # unknown; one whose digest may have any length
        return 0
    return len(base64.b32encode(empty))
