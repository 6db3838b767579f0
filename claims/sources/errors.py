"""Errors of sources."""

from claims.errors.base import UsageError


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
    remedy = "`claims sources show` shows whether each of them is merged."


class SourceRefusedError(UsageError):
    """The source cannot be changed in this way."""

    code = "source-refused"
    remedy = "`claims sources show` shows what is recorded about it."
