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


class UnknownSourceError(UsageError):
    """No source has this id or name."""

    code = "unknown-source"
    remedy = "`claims sources list WORDS` finds sources; an id's start will do."


class AmbiguousSourceError(UsageError):
    """More than one source may be meant."""

    code = "ambiguous-source"
    remedy = "Give the start of the id of the one you mean."


class MergeRefusedError(UsageError):
    """These two sources cannot be merged."""

    code = "merge-refused"
    remedy = "`claims sources show` tells how each of them stands."


class SourceRefusedError(UsageError):
    """This cannot be said of the source."""

    code = "source-refused"
    remedy = "`claims sources show` tells what is known of it."


class FutureMomentError(UsageError):
    """This moment has not come yet."""

    code = "future-moment"
    remedy = "Give an earlier one; without --as-of the present is shown."


class UnknownReleaseError(UsageError):
    """No release has this name."""

    code = "unknown-release"
    remedy = "`claims release list` shows them."


class ReleaseRefusedError(UsageError):
    """A release cannot have this name."""

    code = "release-refused"
    remedy = "Choose another name; nothing was frozen."


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


class RolesMissingError(DatabaseError):
    """The server lacks roles that claims uses."""

    code = "roles-missing"
    remedy = "Let a superuser run `CREATE ROLE … NOLOGIN` for each, then run the command again."


class UnknownRoleError(UsageError):
    """The server has no such role."""

    code = "unknown-role"
    remedy = "Whoever runs the server makes it: `CREATE ROLE … LOGIN`."


class StatementFailedError(DatabaseError):
    """The database refused a statement."""

    code = "refused"
    remedy = "Nothing was changed; `claims db status` shows the server's log."


class NotAllowedError(UsageError):
    """This cannot be decided on the claim as it stands."""

    code = "not-allowed"
    remedy = "`claims show` tells where it stands."


class ReasonMissingError(UsageError):
    """This act needs a reason."""

    code = "reason-missing"
    remedy = 'Add --reason "…", in a few words.'


class NotForYouError(UsageError):
    """Somebody else has to decide this."""

    code = "not-for-you"
    remedy = "Two readers, and a third where they disagree, are three people."


class QuoteDiffersError(UsageError):
    """These are not the article's words."""

    code = "quote-differs"
    remedy = "Quote what is printed, or leave the quotation marks out."


class BadChangeError(UsageError):
    """This cannot be said of the claim."""

    code = "bad-change"
    remedy = "`claims show` tells what is known of it."


class UndoRefusedError(UsageError):
    """It cannot be taken back as things stand."""

    code = "undo-refused"
    remedy = "Take back what stands in the way first, or decide anew."


class BadLineError(InputError):
    """A line of decisions cannot be followed."""

    code = "bad-line"
    remedy = "Mend the line and run the same file again: what is done already is not done twice."


class ChangedMeanwhileError(DatabaseError):
    """Somebody else decided on it in the meantime."""

    code = "changed-meanwhile"
    remedy = "Look at it again with `claims show`, then decide; nothing was overwritten."


class LedgerBrokenError(DatabaseError):
    """The ledger does not hold."""

    code = "ledger-broken"
    remedy = "Somebody changed it past the program: compare it with a backup or an export."


class TablesDifferError(DatabaseError):
    """Something does not stand as its decisions say."""

    code = "tables-differ"
    remedy = "Somebody changed it past the program: `claims ledger show` tells how it should be."


class ReviewerClosedError(UsageError):
    """This reviewer is closed and signs no more."""

    code = "reviewer-closed"
    remedy = "Sign with another name, or let them in again: `claims reviewers add NAME --reopen`."


class UnknownReviewerError(UsageError):
    """No reviewer has this name."""

    code = "unknown-reviewer"
    remedy = "`claims reviewers list` shows the names."


class ReviewerKnownError(UsageError):
    """A reviewer has this name already."""

    code = "reviewer-known"
    remedy = "Take another name; two people never sign with one."


class NotWrittenError(InputError):
    """The file could not be written."""

    code = "not-written"
    remedy = "Check the folder, its permissions and the free space; no half file was left."


class ServerDirectoryError(DatabaseError):
    """The embedded server's directory cannot be used."""

    code = "server-directory"
    remedy = "Mend what is named, or set CLAIMS_HOME to another directory."


class ForeignDirectoryError(ServerDirectoryError):
    """Something else is where the embedded server would live."""

    code = "foreign-directory"
    remedy = "Nothing was touched; move it away or set CLAIMS_HOME to another directory."


class OtherOwnerError(ServerDirectoryError):
    """The directory belongs to another user or is open to others."""

    code = "other-owner"
    remedy = "Nothing was touched; run as that user or set CLAIMS_HOME to another directory."


class ReadOnlyDirectoryError(ServerDirectoryError):
    """The embedded server may not write where it lives."""

    code = "read-only-directory"
    remedy = "Check the permissions, or set CLAIMS_HOME to a directory that can be written."


class UnusablePathError(ServerDirectoryError):
    """PostgreSQL cannot work at this path."""

    code = "unusable-path"
    remedy = "Set CLAIMS_HOME to a shorter, plainer path."


class DiskFullError(ServerDirectoryError):
    """No space is left for the embedded server."""

    code = "disk-full"
    remedy = "What was committed is safe; free some space, then run the same command again."


class OtherVersionError(ServerDirectoryError):
    """The data were made by another major version of PostgreSQL."""

    code = "other-server-version"
    remedy = "Export with the version of claims that made them, then import here."


class BinariesMissingError(DatabaseError):
    """The embedded server's programs are missing or do not run here."""

    code = "no-server-programs"
    remedy = "Reinstall claims on a supported platform, or set DATABASE_URL to a PostgreSQL."


class ClusterNotMadeError(DatabaseError):
    """The embedded server's data could not be set up."""

    code = "cluster-not-made"
    remedy = "Nothing was left behind; mend what is named and run the same command again."


class ServerNotStartedError(DatabaseError):
    """The embedded server did not start."""

    code = "server-not-started"
    remedy = "`claims db status` shows where its log is; the data were not touched."


class ServerTooSlowError(DatabaseError):
    """The embedded server does not answer yet."""

    code = "server-too-slow"
    remedy = "It may still be recovering: wait a little, then run the same command again."


class ServerNotStoppedError(DatabaseError):
    """The embedded server has not stopped yet."""

    code = "server-not-stopped"
    remedy = "It is still writing: wait a little, then look with `claims db status`."


class ServerBusyError(DatabaseError):
    """Another command is starting or stopping the embedded server."""

    code = "server-busy"
    remedy = "Wait until it is done, then run the same command again."


class ServerInUseError(DatabaseError):
    """The embedded server's data are in use where this program cannot see it."""

    code = "server-in-use"
    remedy = "Stop the server in the container or machine that shares this directory."


class BadKeymapError(UsageError):
    """The keymap cannot be used."""

    code = "bad-keymap"
    remedy = "`claims review keys` prints a map that works; mend the file or leave the act out."
