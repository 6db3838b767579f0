"""Errors of documents."""

from claims.errors.base import DatabaseError


class IdentityTakenError(DatabaseError):
    """Another process is storing the same article under another address."""

    code = "identity-taken"
    remedy = "Run the same command again: it finds what the other has stored."
