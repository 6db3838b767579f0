"""Errors of decisions and their chain."""

from claims.errors.base import DatabaseError, UsageError


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


class UndoRefusedError(UsageError):
    """It cannot be taken back as things stand."""

    code = "undo-refused"
    remedy = "Take back what stands in the way first, or decide anew."


class UnknownReviewerError(UsageError):
    """No reviewer has this name."""

    code = "unknown-reviewer"
    remedy = "`claims reviewers list` shows the names."


class ReviewerKnownError(UsageError):
    """A reviewer has this name already."""

    code = "reviewer-known"
    remedy = "Take another name; two people never sign with one."
