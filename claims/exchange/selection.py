"""What is exported: which claims, which fields of them."""

from dataclasses import dataclass, field

from claims.catalogue.card import Filters
from claims.contract.views import read_pinned
from claims.exchange.errors import UnknownFieldError
from claims.model.kinds import PUBLISHED, WAITING, ClaimStatus

VIEWS = {"accepted": "claims", "proposed": "proposals"}
"""The view of each standing: what is published, and what waits."""

STATUSES = ("accepted", "proposed", *sorted((PUBLISHED | WAITING) - {"accepted", "proposed"}))
FLAT = ("carriers", "cues")
"""What stands in rows in place of the chain: its names and cues."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are written.

    Attributes:
        status: accepted for all that is published, proposed for all that waits, or one state.
        filters: What must hold besides.
        fields: Which fields, in order; empty for all.
        withdrawn: Whether claims of articles that were withdrawn are written too.
    """

    status: str = "accepted"
    filters: Filters = field(default_factory=Filters)
    fields: tuple[str, ...] = ()
    withdrawn: bool = False

    @property
    def view(self) -> str:
        """The view that has them."""
        if self.status in VIEWS:
            return VIEWS[self.status]
        return VIEWS["accepted" if self.status in PUBLISHED else "proposed"]

    @property
    def exact(self) -> ClaimStatus | None:
        """The state that alone is asked for; None for all of the view."""
        return None if self.status in VIEWS else ClaimStatus(self.status)

    def chosen(self, *, flat: bool) -> tuple[str, ...]:
        """The fields to write, in order.

        Args:
            flat: For rows of cells; else for objects, which may hold lists.

        Raises:
            UnknownFieldError: One is none.
        """
        known = view_columns(self.view)
        if flat:
            known = (*(name for name in known if name != "said_on"), *FLAT)
        else:
            known = (*known, "chain")
        for name in self.fields:
            if name not in known:
                raise UnknownFieldError(name, f"there are {', '.join(known)}")
        return self.fields or known


def view_columns(view: str) -> tuple[str, ...]:
    """The columns that the contract pins of a view, in order."""
    return tuple(name for name, _ in read_pinned()[view].columns)
