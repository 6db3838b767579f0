"""Errors of the queue on a screen."""

from claims.errors.base import UsageError


class BadKeymapError(UsageError):
    """The keymap cannot be used."""

    code = "bad-keymap"
    remedy = "`claims review keys` prints a map that works; fix the file or leave the action out."
