"""A link, or a question, as reviewers see it: both claims with what has to be known of them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from claims.model.kinds import LinkKind
from claims.model.reported import NamedMode, reported
from claims.model.span import Spans
from claims.review.card import DisputedReading


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """One of two claims, with what a reviewer has to see of it.

    Attributes:
        speaker_id: Who said it, after merges; None if nobody is named.
        days: The first and last day on which it can have been said.
    """

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
    speaker_id: uuid.UUID | None = None
    days: tuple[date, date] | None = None

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
        a: The claim that is linked; of a proposal or question the later one.
        b: The claim it is linked to.
        kind: How they relate; None of a question, which proposes nothing.
        status: proposed, settled, question or disputed.
        score: Of a proposal, how likely both report the same.
        reasons: Of a proposal, why; of a question, which words clash.
        linked_by: Who settled it.
        question: The words that clash, if that was looked at.
        two_readers: Whether two people have to read it.
        disputed: If two readers differ, what each would say.
    """

    a: LinkEnd
    b: LinkEnd
    kind: LinkKind | None
    status: str
    score: float | None
    reasons: str | None
    linked_by: str | None
    question: str | None = None
    two_readers: bool = False
    disputed: tuple[DisputedReading, ...] = ()
