"""What is exported: which claims, which fields of them."""

import uuid
from dataclasses import dataclass, field

from claims.catalogue.card import Filters
from claims.contract.views import view_columns
from claims.exchange.errors import UnknownFieldError
from claims.model.kinds import PUBLISHED, WAITING, ClaimStatus

VIEWS = {"accepted": "claims", "proposed": "proposals"}
"""The view that holds what is published, and the one that holds what waits."""

STATUSES = ("accepted", "proposed", *sorted((PUBLISHED | WAITING) - {"accepted", "proposed"}))
FLAT = ("carriers", "cues", "modes")
"""What rows of cells hold in place of the chain: its names, its cues and its modes."""

REACH = (
    "utterance", "printings", "outlets", "heard_by", "origins", "first_printing",
    "first_printed_at",
)  # fmt: skip
"""How far what a published claim reports went: columns of `claims_v1.corroboration`."""

ARTICLE = ("copy_of", "article_origin")
"""Of a claim's article: which it is printed from, and whom its text comes from."""

WORDS = frozenset({"content", "statement"})
"""Fields that hold what was said."""

MODES = (
    frozenset({"mode", "carrier_mode"}), frozenset({"modes"}), frozenset({"chain"}),
)  # fmt: skip
"""Fields that together tell whether it was asserted at all."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are written.

    Attributes:
        status: accepted for all that is published, proposed for all that waits, or one state.
        filters: Conditions that must hold too.
        fields: Which fields, in order; empty for all.
        withdrawn: Whether claims of articles that were withdrawn are written too.
        claim: Only the claim with this id; None for all.
    """

    status: str = "accepted"
    filters: Filters = field(default_factory=Filters)
    fields: tuple[str, ...] = ()
    withdrawn: bool = False
    claim: uuid.UUID | None = None

    @property
    def hides_modes(self) -> bool:
        """Whether fields were chosen in which a denial reads like an assertion."""
        chosen = frozenset(self.fields)
        return bool(chosen & WORDS) and not any(modes <= chosen for modes in MODES)

    @property
    def view(self) -> str:
        """The view that holds them."""
        if self.status in VIEWS:
            return VIEWS[self.status]
        return VIEWS["accepted" if self.status in PUBLISHED else "proposed"]

    @property
    def exact(self) -> ClaimStatus | None:
        """The one status to write; None for all claims of the view."""
        return None if self.status in VIEWS else ClaimStatus(self.status)

    def chosen(self, *, flat: bool) -> tuple[str, ...]:
        """The fields to write, in order.

        Args:
            flat: True for rows of cells, False for objects, which may hold lists.

        Raises:
            UnknownFieldError: One of the chosen fields does not exist.
        """
        reach = REACH if self.view == VIEWS["accepted"] else ()
        existing = (*view_columns(self.view), *reach, *ARTICLE)
        if flat:
            existing = (*(name for name in existing if name != "said_on"), *FLAT)
        else:
            existing = (*existing, "chain")
        for name in self.fields:
            if name not in existing:
                raise UnknownFieldError(name, f"there are {', '.join(existing)}")
        return self.fields or existing
