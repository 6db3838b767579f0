"""Passwords: what is stored of one, and whether one fits that.

argon2id with the costs that its library recommends (RFC 9106, for machines with little memory).
"""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
"""Characters of a password; what else it holds is its owner's affair (NIST SP 800-63B)."""

LONGEST = 1000
"""Characters of a password: each costs time."""

_AT_ONCE = BoundedSemaphore(2)
"""Each takes 64 MB: as many as the desk has threads would take a gigabyte."""

_hasher = PasswordHasher()


def digest_password(password: str) -> str:
    """What is stored of a password."""
    return _hasher.hash(_bytes(password))


def password_fits(password: str, stored: str | None) -> bool:
    """Whether a password is the one of which this is stored.

    Where nothing is stored it takes the same time: how long an answer takes says nothing about
    which names have an account.
    """
    with _AT_ONCE:
        try:
            _hasher.verify(stored or _of_nobody(), _bytes(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


@cache
def _of_nobody() -> str:
    return digest_password("nobody's")
