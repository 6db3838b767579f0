"""Errors of looking up a claim."""

from claims.errors.base import UsageError


class UnknownIdError(UsageError):
    """Nothing has this id."""

    code = "unknown-id"
    remedy = "`claims list` shows the ids; any unambiguous prefix will do."


class AmbiguousIdError(UsageError):
    """More than one record begins with this id."""

    code = "ambiguous-id"
    remedy = "Type a few more characters of the id."


class EmbargoedError(UsageError):
    """This must not be published yet."""

    code = "embargoed"
    remedy = "`claims review` shows it to reviewers; everybody sees it when the embargo has ended."


class UnknownProblemError(UnknownIdError):
    """No problem has this id."""

    code = "unknown-problem"
    remedy = "`claims problems list --all` shows the ids; any unambiguous prefix will do."


class UnknownRunError(UnknownIdError):
    """No run has this id."""

    code = "unknown-run"
    remedy = "`claims problems show ID` shows the run that met a problem first."
