"""Errors of evidence."""

from claims.errors.base import DatabaseError


class EvidenceBrokenError(DatabaseError):
    """Evidence is not as it was stored."""

    code = "evidence-broken"
    remedy = "It was changed outside the program; compare it with a backup or an archive."
