"""A named state of what is published."""

from dataclasses import dataclass
from datetime import datetime

from claims.model.moment import AsOf
from claims.releases.errors import ReleaseRefusedError
from claims.text.clean import clean_line

NOW = "now"
"""Stands for the present state where two states are compared."""


@dataclass(frozen=True, slots=True)
class Release:
    """All decisions up to one, and what was stored by then.

    Attributes:
        no: Number of the last decision it holds; 0 if none.
        digest: That decision's digest, in hexadecimal; kept elsewhere, it proves the ledger.
        holds: Whether the ledger still has that digest at that number.
    """

    name: str
    no: int
    digest: str
    at: datetime
    by: str
    note: str | None
    holds: bool

    @property
    def as_of(self) -> AsOf:
        """The state that is read for it."""
        return AsOf(self.no, self.at, f"release {self.name}, {self.at:%Y-%m-%dT%H:%M:%SZ}")


def read_name(value: str) -> str:
    """A release's name, on one line.

    Raises:
        ReleaseRefusedError: It is empty, means the present, or would be taken for an option.
    """
    name = clean_line(value)
    if not name:
        raise ReleaseRefusedError("release create", "it is empty")
    if name == NOW:
        raise ReleaseRefusedError(name, "it means the present state")
    if name.startswith("-"):
        raise ReleaseRefusedError(name, "it begins like an option")
    return name
