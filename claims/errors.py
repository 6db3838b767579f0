"""Every error a user can meet: one class each, a stable code, and a remedy.

The first line of a class's docstring is the message that people read.
"""

from typing import ClassVar


class ClaimsError(Exception):
    """Something went wrong.

    Args:
        place: Where it happened: a file with its line, an id, a directory, a server.
        detail: What is known beyond the message, in one line; may be empty.

    Attributes:
        code: Stable, lower case with hyphens; programs may rely on it.
        exit_code: What the command line ends with: 1 input, 2 usage, 3 database.
        remedy: What to do about it, in one sentence.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    remedy: ClassVar[str] = "Run the command again with --help to see how it is meant."

    def __init__(self, place: str, detail: str = "") -> None:
        super().__init__(place, detail)
        self.place = place
        self.detail = " ".join(detail.split())

    @property
    def message(self) -> str:
        """The first line of the class's docstring, without its full stop."""
        return (self.__doc__ or "").strip().splitlines()[0].rstrip(".")

    def __str__(self) -> str:
        """One line: code, place, message, detail, remedy."""
        said = f"{self.message} ({self.detail})" if self.detail else self.message
        return f"error[{self.code}] {self.place}: {said}. {self.remedy}"


class InputError(ClaimsError):
    """The input could not be read."""

    code = "bad-input"
    remedy = "Mend or leave out what is named, then run the same command again."


class PathNotFoundError(InputError):
    """No such file or folder."""

    code = "path-not-found"
    remedy = "Check the path; use - to read from standard input."


class UnreadablePathError(InputError):
    """The file or folder may not be read."""

    code = "path-unreadable"
    remedy = "Check its permissions."


class UsageError(ClaimsError):
    """The command was not understood."""

    code = "bad-usage"
    exit_code = 2


class UnknownIdError(UsageError):
    """Nothing has this id."""

    code = "unknown-id"
    remedy = "`claims list` shows the ids; any unambiguous prefix will do."


class AmbiguousIdError(UsageError):
    """More than one record begins with this id."""

    code = "ambiguous-id"
    remedy = "Give a few more characters of the id."


class DatabaseError(ClaimsError):
    """The database could not do what was asked."""

    code = "database"
    exit_code = 3
    remedy = "`claims db status` shows which server is in use and how it is."


class BadDatabaseUrlError(DatabaseError):
    """DATABASE_URL does not name a PostgreSQL database."""

    code = "bad-database-url"
    remedy = "Write postgresql://user@host/name, or unset it to use the embedded server."


class NoServerError(DatabaseError):
    """The database does not answer."""

    code = "no-server"
    remedy = "Check that the server runs and that DATABASE_URL is right."


class DatabaseTooOldError(DatabaseError):
    """The server is older than PostgreSQL 15."""

    code = "server-too-old"
    remedy = "Use PostgreSQL 15 or later, or unset DATABASE_URL to use the embedded server."


class NotMigratedError(DatabaseError):
    """The database has not been set up for this version."""

    code = "not-migrated"
    remedy = "Run `claims db upgrade`."


class NewerSchemaError(DatabaseError):
    """The database was set up by a newer version of the program."""

    code = "newer-schema"
    remedy = "Install the newer version of claims."


class StatementFailedError(DatabaseError):
    """The database refused a statement."""

    code = "refused"
    remedy = "Nothing was changed; `claims db status` shows the server's log."


class NotAllowedError(UsageError):
    """This cannot be decided on the claim as it stands."""

    code = "not-allowed"
    remedy = "`claims show` tells where it stands."


class ReasonMissingError(UsageError):
    """A rejection needs a reason."""

    code = "reason-missing"
    remedy = 'Add --reason "…", in a few words.'


class ChangedMeanwhileError(DatabaseError):
    """Somebody else decided on it in the meantime."""

    code = "changed-meanwhile"
    remedy = "Look at it again with `claims show`, then decide; nothing was overwritten."


class LedgerBrokenError(DatabaseError):
    """The ledger does not hold."""

    code = "ledger-broken"
    remedy = "Somebody changed it past the program: compare it with a backup or an export."


class NotWrittenError(InputError):
    """The file could not be written."""

    code = "not-written"
    remedy = "Check the folder, its permissions and the free space; no half file was left."
