"""A decision as it stands in the ledger."""

from dataclasses import dataclass
from datetime import datetime

from claims.model.decision import Decision


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A decision as it stands in the ledger.

    Attributes:
        no: Its place in the chain.
        at: When it was made, by the server's clock.
        signed: The reviewer's name today.
        decision: What was decided.
    """

    no: int
    at: datetime
    signed: str
    decision: Decision

    @property
    def summary(self) -> str:
        """How messages name it: `accept by Ann, ledger 12`."""
        return f"{self.decision.action} by {self.signed}, ledger {self.no}"
