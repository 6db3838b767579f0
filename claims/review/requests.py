"""What is asked of review: a decision on a claim, as it was shown or as it is."""

import uuid
from dataclasses import dataclass, field

from claims.model.json import JsonObject
from claims.review.card import Card, Seen
from claims.review.transitions import Action


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """What somebody wants to decide on a claim.

    Attributes:
        claim: Which claim.
        action: What to do with it.
        changes: Fields that change with it, as JSON.
        revision: The claim's revision that they saw; None to take it as it is.
        session: In which tab or terminal its card is, if it comes from one: then the card may be
            before nobody else and nowhere else by now.
        held: Whether that card was leased to whoever decides when it was shown.
        offset: Of a split, the code point of the article at which the second part begins.
        other: Of a merge, the claim that is merged with this one.
        edited_in: Of a claim that came back, the version in which its words were seen.
        article_status: The status of its article that they saw; None to take it as it is.
    """

    claim: uuid.UUID
    action: Action
    changes: JsonObject = field(default_factory=dict)
    revision: int | None = None
    session: uuid.UUID | None = None
    held: bool = True
    offset: int | None = None
    other: uuid.UUID | None = None
    edited_in: uuid.UUID | None = None
    article_status: str | None = None


def request_of(
    card: Card | Seen,
    action: Action,
    session: uuid.UUID,
    *,
    changes: JsonObject | None = None,
    offset: int | None = None,
    other: uuid.UUID | None = None,
) -> DecisionRequest:
    """A request about a card as it was shown, or about what was seen of it.

    Args:
        card: The card, or what was seen of it.
        action: What to do.
        session: In which tab or terminal the card is.
        changes: Fields that change with it.
        offset: Of a split, where the second part begins.
        other: Of a merge, the claim that is merged with this one.
    """
    seen = card.seen if isinstance(card, Card) else card
    return DecisionRequest(
        seen.claim,
        action,
        changes or {},
        revision=seen.revision,
        session=session,
        held=seen.held,
        offset=offset,
        other=other,
        edited_in=seen.edited_in,
        article_status=seen.article_status,
    )
