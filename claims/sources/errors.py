"""Errors of sources."""

from claims.errors.base import UsageError


class UnknownSourceError(UsageError):
    """No source has this id or name."""

    code = "unknown-source"
    remedy = "`claims sources list WORDS` finds sources; the first characters of an id are enough."


class AmbiguousSourceError(UsageError):
    """More than one source matches."""

    code = "ambiguous-source"
    remedy = "Give the first characters of the id of the one you mean."


class MergeRefusedError(UsageError):
    """These two sources cannot be merged."""

    code = "merge-refused"
    remedy = "`claims sources show` shows whether each of them is merged."


class SourceRefusedError(UsageError):
    """The source cannot be changed in this way."""

    code = "source-refused"
    remedy = "`claims sources show` shows what is recorded about it."
