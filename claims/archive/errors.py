"""Errors of archives."""

from claims.errors.base import DatabaseError, InputError


class BadArchiveError(InputError):
    """This is no whole archive."""

    code = "bad-archive"
    remedy = "Nothing was taken from it; export it again, or use an older copy."


class NewerArchiveError(InputError):
    """The archive was written by a newer version of the program."""

    code = "newer-archive"
    remedy = "Install the newer version of claims; nothing was taken from it."


class LawBrokenError(InputError):
    """What the archive holds breaks a law of the database."""

    code = "law-broken"
    remedy = "Nothing was taken from it; docs/invariants.md tells what must hold."


class NotOwnerError(DatabaseError):
    """Only the owner of the tables may do this."""

    code = "not-owner"
    remedy = "Let whoever ran `claims db upgrade` do it."
