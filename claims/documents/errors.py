"""Errors of documents."""

from claims.errors.base import DatabaseError, UsageError


class IdentityTakenError(DatabaseError):
    """Another process is storing the same article under another address."""

    code = "identity-taken"
    remedy = "Run the same command again: it finds what the other has stored."


class UnknownDocumentError(UsageError):
    """No article has this id or address."""

    code = "unknown-document"
    remedy = "`claims documents list` shows the ids; any unambiguous prefix will do."


class UnknownVersionError(UsageError):
    """The article has no such version."""

    code = "unknown-version"
    remedy = "`claims versions DOCUMENT` lists them."


class DocumentRefusedError(UsageError):
    """This cannot be decided on the article as it stands."""

    code = "document-refused"
    remedy = "`claims documents show` shows its status and what was decided."


class UnknownNoticeError(UsageError):
    """No notice has this id."""

    code = "unknown-notice"
    remedy = "`claims notices list --all` shows the ids; any unambiguous prefix will do."
