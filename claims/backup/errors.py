"""Errors of backups."""

from claims.errors.base import DatabaseError


class BackupProgramError(DatabaseError):
    """No program of PostgreSQL's can work with this server."""

    code = "no-backup-program"
    remedy = "Install PostgreSQL's client programs of the server's version, and put them on PATH."


class BackupFailedError(DatabaseError):
    """PostgreSQL's program did not do it."""

    code = "backup-failed"
    remedy = "Nothing was changed or left; mend what is named and run the same command again."
