"""Errors of backups."""

from claims.errors.base import DatabaseError


class BackupProgramError(DatabaseError):
    """No backup program of PostgreSQL fits this server."""

    code = "no-backup-program"
    remedy = "Install PostgreSQL's client programs in the server's version and put them on PATH."


class BackupFailedError(DatabaseError):
    """PostgreSQL's program failed."""

    code = "backup-failed"
    remedy = "Nothing was changed; correct the cause and run the same command again."
