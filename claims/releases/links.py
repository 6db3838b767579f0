"""What people settled of two claims between two states: confirmed, refused, changed, undone."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.catalogue.cards import load_cards
from claims.catalogue.find import is_not_embargoed
from claims.releases.changes import Change, compare_links
from claims.schema import ClaimLinkRow, ClaimRow, LinkRefusedRow

Pair = tuple[uuid.UUID, uuid.UUID]


def load_link_changes(
    first: Session, second: Session, claims: Sequence[uuid.UUID]
) -> Iterator[Change]:
    """How the links differ that decisions on these claims settled.

    Args:
        first: A session that reads the first state.
        second: One that reads the second.
        claims: Claims that were decided on between the two.
    """
    old, new = _load_settled(first, claims), _load_settled(second, claims)
    pairs = sorted(pair for pair in old.keys() | new.keys() if old.get(pair) != new.get(pair))
    speakers = _load_speakers(first, pairs) | _load_speakers(second, pairs)
    for pair in pairs:
        # Of a claim that is under embargo nothing is said.
        if speakers.keys() >= set(pair):
            yield compare_links(pair, speakers[pair[0]], old.get(pair), new.get(pair))


def _load_settled(session: Session, claims: Sequence[uuid.UUID]) -> Mapping[Pair, str]:
    """By pair what people settled of it, in words."""
    settled: defaultdict[Pair, list[str]] = defaultdict(list)
    linked = select(ClaimLinkRow.a, ClaimLinkRow.b, ClaimLinkRow.kind).where(
        ClaimLinkRow.a.in_(claims), ClaimLinkRow.linked_by.is_not(None)
    )
    for a, b, kind in session.execute(linked.order_by(ClaimLinkRow.kind)):
        settled[a, b].append(kind.replace("_", " "))
    refused = select(LinkRefusedRow.a, LinkRefusedRow.b, LinkRefusedRow.kind).where(
        LinkRefusedRow.a.in_(claims)
    )
    for a, b, kind in session.execute(refused.order_by(LinkRefusedRow.kind)):
        settled[a, b].append(f"not {kind.replace('_', ' ')}")
    return {pair: ", ".join(words) for pair, words in settled.items()}


def _load_speakers(session: Session, pairs: Sequence[Pair]) -> dict[uuid.UUID, str]:
    """The speakers of those of the claims that may be shown."""
    ends = {end for pair in pairs for end in pair}
    shown = select(ClaimRow.id).where(ClaimRow.id.in_(ends), is_not_embargoed())
    return {card.id: card.speaker for card in load_cards(session, session.scalars(shown).all())}
