"""Errors of exports, imports and backups."""

from claims.errors.base import DatabaseError, InputError, UsageError


class BadArchiveError(InputError):
    """This is no whole archive."""

    code = "bad-archive"
    remedy = "Nothing was taken from it; export it again, or use an older copy."


class NewerArchiveError(InputError):
    """The archive was written by a newer version of the program."""

    code = "newer-archive"
    remedy = "Install the newer version of claims; nothing was taken from it."


class UnknownFieldError(UsageError):
    """No claim has this field."""

    code = "unknown-field"
    remedy = "Leave --fields out to write them all."


class PackageMissingError(UsageError):
    """A package that this needs is not installed."""

    code = "package-missing"
    remedy = "Install it with: pip install 'claims[parquet]'."


class BadMappingError(UsageError):
    """The sheet's columns are not known."""

    code = "bad-mapping"
    remedy = "Say which column holds what: --map speaker=COLUMN --map quote=COLUMN."


class LawBrokenError(InputError):
    """What the archive holds breaks a law of the database."""

    code = "law-broken"
    remedy = "Nothing was taken from it; docs/laws.md tells what must hold."


class NotOwnerError(DatabaseError):
    """Only the owner of the tables may do this."""

    code = "not-owner"
    remedy = "Let whoever ran `claims db upgrade` do it."


class BackupProgramError(DatabaseError):
    """No program of PostgreSQL's can work with this server."""

    code = "no-backup-program"
    remedy = "Install PostgreSQL's client programs of the server's version, and put them on PATH."


class BackupFailedError(DatabaseError):
    """PostgreSQL's program did not do it."""

    code = "backup-failed"
    remedy = "Nothing was changed or left; mend what is named and run the same command again."


class NotEmptyError(DatabaseError):
    """The database is in use already."""

    code = "not-empty"
    remedy = "Set DATABASE_URL to a new database, or CLAIMS_HOME to another directory."
