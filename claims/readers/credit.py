"""Whom an article's publisher names, in a field of its own, as where it has the text from."""

from collections.abc import Iterable

from claims.text.clean import clean_line


def credit_of(names: Iterable[str | None], outlet: str | None) -> str | None:
    """The first of the names that is somebody else than the outlet.

    Args:
        names: What the publisher's fields name, the surest first; empty ones are passed over.
        outlet: Who publishes it: that it has its text from itself says nothing of a copy.
    """
    own = clean_line(outlet or "").casefold()
    lines = (clean_line(name or "") for name in names)
    return next((line for line in lines if line and line.casefold() != own), None)
