"""Errors of the database: which server, its schema, its rights."""

from claims.errors.base import DatabaseError, UsageError


class BadDatabaseUrlError(DatabaseError):
    """This does not name a PostgreSQL database."""

    code = "bad-database-url"
    remedy = "Write postgresql://user@host/name, or unset it to use the embedded server."


class NoServerError(DatabaseError):
    """The database does not answer."""

    code = "no-server"
    remedy = (
        "Without DATABASE_URL run the command again, which starts the embedded server; else check"
        " that the server runs and that DATABASE_URL is right."
    )


class LoginRefusedError(NoServerError):
    """The server answers, and lets nobody in this way."""

    code = "no-entry"
    remedy = (
        "Check the user, the password and the name of the database in DATABASE_URL, and what"
        " pg_hba.conf allows. A database that is missing is made with `CREATE DATABASE`, then"
        " `claims db upgrade`."
    )


class NoReplicaError(NoServerError):
    """The database that is read from does not answer."""

    code = "no-replica"
    remedy = (
        "Check that it runs and that DATABASE_READ_URL or --read-only-url is right; without either,"
        " DATABASE_URL is read."
    )


class ForeignReplicaError(DatabaseError):
    """The database that is read from does not follow the one that is written to."""

    code = "foreign-replica"
    remedy = "Set DATABASE_READ_URL to a streaming replica of DATABASE_URL, or unset it."


class DatabaseTooOldError(DatabaseError):
    """The server is older than PostgreSQL 15."""

    code = "server-too-old"
    remedy = "Use PostgreSQL 15 or later, or unset DATABASE_URL to use the embedded server."


class WrongEncodingError(DatabaseError):
    """The database cannot hold every letter."""

    code = "wrong-encoding"
    remedy = "Use a database that was made with ENCODING 'UTF8'."


class StatementCancelledError(DatabaseError):
    """The server ended a statement before it was done."""

    code = "cancelled"
    remedy = (
        "Nothing was changed. If a time limit ended it, ask for a higher statement_timeout of the"
        " role or the database; otherwise run the command again."
    )


class TransactionConflictError(DatabaseError):
    """Another session was changing the same rows."""

    code = "conflict"
    remedy = "Nothing was changed: run the command again."


class OutOfResourcesError(DatabaseError):
    """The server has not enough left of what it needs."""

    code = "out-of-resources"
    remedy = "Nothing was changed: free what it names on the server, then run the command again."


class NotMigratedError(DatabaseError):
    """The database has not been set up for this version."""

    code = "not-migrated"
    remedy = "Run `claims db upgrade`."


class NewerSchemaError(DatabaseError):
    """The database was set up by a newer version of the program."""

    code = "newer-schema"
    remedy = "Install the newer version of claims."


class UnreleasedSchemaError(DatabaseError):
    """The database was set up by a version of the program that was never released."""

    code = "unreleased-schema"
    remedy = (
        "Run `claims export --format archive` of that version, then `claims import` the file into a"
        " new database: set DATABASE_URL or CLAIMS_HOME to another one."
    )


class RolesMissingError(DatabaseError):
    """The server lacks roles that claims uses."""

    code = "roles-missing"
    remedy = "Ask a superuser to run `CREATE ROLE … NOLOGIN` for each, then run the command again."


class UnknownRoleError(UsageError):
    """The server has no such role."""

    code = "unknown-role"
    remedy = "Ask whoever runs the server to create it: `CREATE ROLE … LOGIN`."


class NoLoginRoleError(UsageError):
    """Nobody can log in as this role."""

    code = "no-login-role"
    remedy = "Name a role that logs in, or ask whoever runs the server: `ALTER ROLE … LOGIN`."


class StatementFailedError(DatabaseError):
    """The database refused a statement."""

    code = "refused"
    remedy = "Nothing was changed; `claims db status` shows the server's log."


class ReadOnlyServerError(StatementFailedError):
    """The server takes no changes."""

    code = "read-only-server"
    remedy = (
        "Nothing was changed: it is a replica or set to read only. Set DATABASE_URL to the server"
        " that is written to; a replica is for DATABASE_READ_URL."
    )


class NotPermittedError(StatementFailedError):
    """The user of the database may not do this."""

    code = "not-permitted"
    remedy = (
        "Nothing was changed; ask a superuser or a member of claims_owner:"
        " docs/how-to/database.md says who may do what."
    )


class ReaderOnlyError(UsageError):
    """This account only reads."""

    code = "reader-only"
    remedy = (
        "Nothing was changed. An administrator gives roles: `claims users roles NAME reviewer`."
    )


class ReviewerClosedError(UsageError):
    """This reviewer is inactive."""

    code = "reviewer-closed"
    remedy = "Sign with another name, or reactivate them: `claims reviewers add NAME --reopen`."


class ServerDirectoryError(DatabaseError):
    """The embedded server's directory cannot be used."""

    code = "server-directory"
    remedy = "Correct what is named, or set CLAIMS_HOME to another directory."


class ForeignDirectoryError(ServerDirectoryError):
    """Something else occupies the embedded server's directory."""

    code = "foreign-directory"
    remedy = "Nothing was touched; move it, or set CLAIMS_HOME to another directory."


class OtherOwnerError(ServerDirectoryError):
    """The directory belongs to another user or is open to others."""

    code = "other-owner"
    remedy = "Nothing was touched; run as that user or set CLAIMS_HOME to another directory."


class ReadOnlyDirectoryError(ServerDirectoryError):
    """The embedded server may not write to its directory."""

    code = "read-only-directory"
    remedy = "Check the permissions, or set CLAIMS_HOME to a directory that you can write to."


class UnusablePathError(ServerDirectoryError):
    """PostgreSQL cannot work at this path."""

    code = "unusable-path"
    remedy = "Set CLAIMS_HOME to a shorter, plainer path."


class DiskFullError(ServerDirectoryError):
    """No space is left for the embedded server."""

    code = "disk-full"
    remedy = "What was committed is safe; free some space, then run the same command again."


class OtherVersionError(ServerDirectoryError):
    """The data belong to another major version of PostgreSQL."""

    code = "other-server-version"
    remedy = "Export them with the version of claims that created them, then import them here."


class BinariesMissingError(DatabaseError):
    """The embedded server's programs are missing or do not run here."""

    code = "no-server-programs"
    remedy = "Reinstall claims on a supported platform, or set DATABASE_URL to a PostgreSQL."


class ClusterNotMadeError(DatabaseError):
    """The embedded server's data could not be set up."""

    code = "cluster-not-made"
    remedy = "Nothing was left behind; correct what is named and run the same command again."


class ServerNotStartedError(DatabaseError):
    """The embedded server did not start."""

    code = "server-not-started"
    remedy = "The data were not touched; `claims db status` shows where its log is."


class ServerTooSlowError(DatabaseError):
    """The embedded server does not answer yet."""

    code = "server-too-slow"
    remedy = "It may still be recovering; wait a little, then run the same command again."


class ServerNotStoppedError(DatabaseError):
    """The embedded server has not stopped yet."""

    code = "server-not-stopped"
    remedy = "It is still writing; wait a little, then look with `claims db status`."


class ServerBusyError(DatabaseError):
    """Another command is starting or stopping the embedded server."""

    code = "server-busy"
    remedy = "Wait until it has finished, then run the same command again."


class ServerInUseError(DatabaseError):
    """Another machine or container is using the embedded server's data."""

    code = "server-in-use"
    remedy = "Stop the server in the container or machine that shares this directory."


class NotEmptyError(DatabaseError):
    """The database is not empty."""

    code = "not-empty"
    remedy = "Set DATABASE_URL to a new database, or CLAIMS_HOME to another directory."
