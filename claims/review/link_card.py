"""A link as reviewers see it: both claims with what has to be known of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from claims.model.kinds import LinkKind
from claims.model.reported import NamedMode, reported
from claims.model.span import Spans


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """One of two claims, with what a reviewer has to see of it."""

    id: uuid.UUID
    text: str
    form: str
    status: str
    revision: int
    spans: Spans
    article: str
    published_at: datetime | None
    speaker: str | None
    outlet: str | None
    modes: tuple[NamedMode, ...]

    @property
    def reported(self) -> str:
        """Its words, with what its chain does with them in front: a denial reads as one."""
        return reported(self.text, self.modes)

    @property
    def short_id(self) -> str:
        """As commands print it."""
        return str(self.id)[:8]


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A link with both its claims.

    Attributes:
        a: The claim that is linked; of a proposal the later one.
        b: The claim it is linked to.
        kind: How they relate.
        status: proposed or settled.
        score: Of a proposal, how likely both report the same.
        reasons: Of a proposal, why.
        linked_by: Who settled it.
    """

    a: LinkEnd
    b: LinkEnd
    kind: LinkKind
    status: str
    score: float | None
    reasons: str | None
    linked_by: str | None
