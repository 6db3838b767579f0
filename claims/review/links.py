"""Links between claims as reviewers see them: proposed, settled, disputed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from claims.database.statements import read_statements
from claims.model.claim import ClaimState
from claims.model.json import JsonObject
from claims.model.kinds import LinkKind
from claims.review.card import DisputedReading
from claims.review.errors import LinkForTwoError, UnknownLinkError
from claims.review.link_card import LinkCard
from claims.review.link_ends import load_ends
from claims.review.link_questions import question_of
from claims.review.second_review import load_policy
from claims.review.transitions import place_of
from claims.review.verdicts import Reading

STATEMENTS = {
    name: text(sql) for name, sql in read_statements("claims.review", "links.sql").items()
}


@dataclass(frozen=True, slots=True)
class LinkQuery:
    """Which links to load.

    Attributes:
        settled: Whether to include those that people settled.
        kind: Only links of this kind.
        claim: Only links of this claim.
        after: Only links that follow this pair.
        reader: Only what waits for this reviewer: nothing that they read and that is sealed, and
            nothing that two readers dispute.
    """

    settled: bool = False
    kind: LinkKind | None = None
    claim: uuid.UUID | None = None
    after: tuple[uuid.UUID, uuid.UUID] | None = None
    reader: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class DisputeQuery:
    """Which disputed links to load.

    Attributes:
        pair: Only the link between these two, in either direction.
        after: Only disputes that follow this pair.
        reader: Only what this reviewer may settle: nothing of which they are one of the readers.
    """

    pair: tuple[uuid.UUID, uuid.UUID] | None = None
    after: tuple[uuid.UUID, uuid.UUID] | None = None
    reader: uuid.UUID | None = None


def load_links(session: Session, query: LinkQuery, limit: int) -> list[LinkCard]:
    """Links with both claims, in the order of the claims' ids."""
    after_a, after_b = query.after or (None, None)
    parameters = {
        "settled": query.settled, "kind": query.kind, "claim": query.claim, "limit": limit,
        "after_a": after_a, "after_b": after_b, "reader": query.reader,
    }  # fmt: skip
    rows = session.execute(STATEMENTS["links"], parameters).all()
    ends = load_ends(session, [end for row in rows for end in (row.a, row.b)])
    return [
        LinkCard(
            ends[row.a], ends[row.b], LinkKind(row.kind), row.status, row.score, row.reasons,
            row.linked_by,
        )
        for row in rows
    ]  # fmt: skip


def load_disputes(session: Session, query: DisputeQuery, limit: int) -> list[LinkCard]:
    """Links on which two readers differ, with what each would say, in the order of the ids."""
    (pair_a, pair_b), (after_a, after_b) = (
        pair or (None, None) for pair in (query.pair, query.after)
    )
    parameters = {
        "pair_a": pair_a, "pair_b": pair_b, "after_a": after_a, "after_b": after_b,
        "reader": query.reader, "limit": limit,
    }  # fmt: skip
    rows = session.execute(STATEMENTS["disputes"], parameters).all()
    ends = load_ends(session, [end for row in rows for end in (row.a, row.b)])
    cards = []
    for row in rows:
        card = LinkCard(
            ends[row.a], ends[row.b], LinkKind(row.kind) if row.kind else None, "disputed",
            row.score, row.reasons, None, disputed=_disputed(row),
        )  # fmt: skip
        question = question_of(session, row.a, row.b)
        if question is not None:
            reasons = card.reasons or question.question
            card = replace(card, question=question.question, reasons=reasons)
        cards.append(card)
    return cards


def _disputed(row: Row[tuple[JsonObject, ...]]) -> tuple[DisputedReading, ...]:
    """What two readers would say, without their names."""
    return tuple(
        DisputedReading(one["action"], one["after"]["link"], one["reason"]) for one in row.readings
    )


def load_disputed_readings(session: Session, a: uuid.UUID, b: uuid.UUID) -> Sequence[Reading]:
    """The readings that a dispute on a link came from."""
    readings = session.scalar(STATEMENTS["readings"], {"a": a, "b": b}) or ()
    return tuple(
        Reading(
            uuid.UUID(one["id"]), uuid.UUID(one["reviewer"]), one["action"], one["after"],
            one["reason"], one["at"],
        )
        for one in readings
    )  # fmt: skip


def load_link(session: Session, a: uuid.UUID, b: uuid.UUID) -> LinkCard:
    """The link between two claims, in either direction, or the question that they raise.

    Raises:
        UnknownLinkError: There is none.
    """
    disputes = load_disputes(session, DisputeQuery(pair=(a, b)), 1)
    if disputes:
        return disputes[0]
    two = load_policy(session).link_needs_two(a, b)
    cards = load_links(session, LinkQuery(settled=True, claim=a), 1000)
    question = question_of(session, a, b) if a != b else None
    for card in cards:
        if {card.a.id, card.b.id} == {a, b}:
            asked = question.question if question else None
            return replace(card, question=asked, two_readers=two and card.status != "settled")
    if question is not None:
        return replace(question, two_readers=two)
    raise UnknownLinkError(place_of(a), f"nothing links it to claim {str(b)[:8]}")


def require_free_links(
    session: Session, claim: uuid.UUID, state: ClaimState, edited: ClaimState
) -> None:
    """Refuse that one person settles a link beside others, if two people have to read it.

    What was settled may be corrected by one person, and so may a link that nothing proposes.

    Raises:
        LinkForTwoError: Names the other claim.
    """
    changed = {
        link.b
        for link in {*state.links, *state.refused_links}
        ^ {*edited.links, *edited.refused_links}
    }  # fmt: skip
    if not changed:
        return
    policy = load_policy(session)
    settled = {link.b for link in (*state.links, *state.refused_links)}
    for b in sorted(changed):
        detail = f"its link to claim {str(b)[:8]}"
        if b in state.disputed_links:
            raise LinkForTwoError(place_of(claim), f"{detail} is disputed, and a third settles it")
        if b not in settled and policy.link_needs_two(claim, b) and _is_raised(session, claim, b):
            raise LinkForTwoError(place_of(claim), f"{detail} has to be read by two people")


def _is_raised(session: Session, a: uuid.UUID, b: uuid.UUID) -> bool:
    """Whether the machine proposes a link between two claims, or asks."""
    try:
        load_link(session, a, b)
    except UnknownLinkError:
        return False
    return True
