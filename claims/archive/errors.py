"""Errors of archives."""

from claims.errors.base import DatabaseError, InputError


class BadArchiveError(InputError):
    """The file is not a complete archive."""

    code = "bad-archive"
    remedy = "Nothing was imported; export it again, or use an older copy."


class NewerArchiveError(InputError):
    """The archive was written by a newer version of the program."""

    code = "newer-archive"
    remedy = "Nothing was imported; install the newer version of claims."


class InvariantBrokenError(InputError):
    """The archive breaks a rule of the database."""

    code = "law-broken"
    remedy = "Nothing was imported; docs/invariants.md lists what must hold."


class NotOwnerError(DatabaseError):
    """Only the owner of the tables may do this."""

    code = "not-owner"
    remedy = "Ask whoever ran `claims db upgrade` to do it."
