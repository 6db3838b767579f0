"""Errors of decisions and their chain."""

from claims.errors.base import DatabaseError, UsageError


class ChangedMeanwhileError(DatabaseError):
    """Somebody else decided on this in the meantime."""

    code = "changed-meanwhile"
    remedy = "Nothing was overwritten; look at it again with `claims show`, then decide."


class CardHeldError(ChangedMeanwhileError):
    """This card is open elsewhere."""

    code = "card-held"
    remedy = "Nothing was changed; go on with another one, or decide once it is free."


class ArticleChangedError(ChangedMeanwhileError):
    """The claim's article is not what it was when the card was shown."""

    code = "article-changed"
    remedy = "Nothing was changed; look at the claim again with `claims show`, then decide."


class ReasonMissingError(UsageError):
    """This decision needs a reason."""

    code = "reason-missing"
    remedy = 'Add --reason "…", in a few words.'


class LedgerBrokenError(DatabaseError):
    """The ledger was altered."""

    code = "ledger-broken"
    remedy = "It was changed outside the program; compare it with a backup or an export."


class TablesDifferError(DatabaseError):
    """The tables differ from what the ledger says."""

    code = "tables-differ"
    remedy = "They were changed outside the program; `claims ledger show` shows how it should be."


class UndoRefusedError(UsageError):
    """This decision cannot be undone now."""

    code = "undo-refused"
    remedy = "Undo the later decisions first, or decide again."


class UnknownReviewerError(UsageError):
    """No reviewer has this name."""

    code = "unknown-reviewer"
    remedy = "`claims reviewers list` shows the names."


class ReviewerKnownError(UsageError):
    """A reviewer already has this name."""

    code = "reviewer-known"
    remedy = "Choose another name; two people never sign with the same one."


class AccountKnownError(UsageError):
    """This person has an account."""

    code = "account-known"
    remedy = "`claims users passwd NAME` sets another password, `claims users roles` another role."


class UnknownAccountError(UsageError):
    """Nobody of this name has an account."""

    code = "unknown-account"
    remedy = "`claims users list` shows the names, `claims users add NAME` adds one."


class NoAccountsError(UsageError):
    """Nobody has an account yet."""

    code = "no-accounts"
    remedy = "Others could reach this desk: add an account first, with `claims users add NAME`."
