"""Decisions on claims: read where one stands, write the decision with its effect."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claims.database.ranges import to_daterange, to_days, to_multirange, to_spans
from claims.ledger.append import append
from claims.ledger.errors import ChangedMeanwhileError
from claims.ledger.undo import describe_change
from claims.model.decision import Decision
from claims.model.identity import derived_id
from claims.model.kinds import ClaimStatus
from claims.model.span import words_at
from claims.review.edits import as_lists, spans_in
from claims.review.errors import BadChangeError
from claims.review.second_review import load_readers, needs_two
from claims.review.transitions import Fields, Standing
from claims.schema import (
    AttributionRow,
    ClaimLinkRow,
    ClaimParentRow,
    ClaimRow,
    DecisionRow,
    DocumentVersionRow,
)

PLAIN = ("status", "text", "form", "statement", "said_on_text", "venue",
         "attribution_confidence", "credibility")  # fmt: skip
"""Fields that a column holds as decisions write them."""

HOP = ("mention", "cue", "capacity")


def load_standing(session: Session, claim: uuid.UUID, *, lock: bool = False) -> Standing:
    """Where a claim stands now.

    Args:
        session: A session; a writing one where the claim is locked.
        claim: Its id.
        lock: Hold others off until the transaction ends.

    Raises:
        sqlalchemy.exc.NoResultFound: No claim has this id.
    """
    query = select(ClaimRow).where(ClaimRow.id == claim)
    row = session.scalars(
        (query.with_for_update() if lock else query).execution_options(populate_existing=True)
    ).one()
    fields = load_fields(session, row)
    return Standing(
        claim=claim,
        status=ClaimStatus(row.status),
        revision=row.revision,
        fields=fields,
        readers=load_readers(session, row),
        two_readers=needs_two(session, row),
    )


def load_fields(session: Session, row: ClaimRow) -> Fields:
    """A claim's fields as decisions write them."""
    hops = session.scalars(
        select(AttributionRow)
        .where(AttributionRow.claim == row.id)
        .order_by(AttributionRow.position)
    )
    links = session.execute(
        select(ClaimLinkRow.b, ClaimLinkRow.kind)
        .where(ClaimLinkRow.a == row.id, ClaimLinkRow.linked_by.is_not(None))
        .order_by(ClaimLinkRow.b, ClaimLinkRow.kind)
    )
    days = to_days(row.said_on)
    return {name: getattr(row, name) for name in PLAIN} | {
        "content": as_lists(to_spans(row.content_spans)),
        "said_on": [str(day) for day in days] if days else None,
        "chain": [_hop_fields(hop) for hop in hops],
        "links": [{"b": str(b), "kind": kind} for b, kind in links],
    }


def _hop_fields(hop: AttributionRow) -> dict[str, object]:
    return {
        "source": str(hop.source) if hop.source else None,
        "mention": as_lists(to_spans(hop.mention_spans)),
        "cue": as_lists(to_spans(hop.cue_spans)),
        "capacity": as_lists(to_spans(hop.capacity_spans)),
        "mode": hop.mode,
        "link_rule": hop.link_rule,
        "link_score": hop.link_score,
        "link_reason": hop.link_reason,
    }


def load_article(session: Session, claim: uuid.UUID) -> str:
    """The text that a claim's spans count."""
    query = select(DocumentVersionRow.text).join(
        ClaimRow, ClaimRow.version == DocumentVersionRow.id
    )
    return session.scalars(query.where(ClaimRow.id == claim)).one()


def save_decision(session: Session, decision: Decision) -> int:
    """Write a decision on a claim and its effect, both or neither.

    Returns:
        The decision's place in the ledger.

    Raises:
        ChangedMeanwhileError: The claim's revision is no longer what the decision was made on;
            tells by whom and how it was changed.
        BadChangeError: Another claim of the article has just these words.
    """
    place = f"claim {str(decision.subject)[:8]}"
    try:
        with session.begin_nested():
            _write_fields(session, decision)
    except IntegrityError as error:
        if "uq_claim_version_content_spans" in str(error.orig):
            detail = "another claim of the article has just these words"
            raise BadChangeError(place, detail) from error
        raise
    number = append(session, decision)
    if "links" in decision.after:
        _write_links(session, decision, number)
    return number


def _write_fields(session: Session, decision: Decision) -> None:
    after = decision.after
    if decision.revision == 1 and "version" in after:
        _insert_claim(session, decision)
    else:
        changed = session.execute(
            update(ClaimRow)
            .where(ClaimRow.id == decision.subject, ClaimRow.revision == decision.revision - 1)
            .values(revision=decision.revision, **_columns(after))
            .returning(ClaimRow.id)
        ).first()
        if changed is None:
            place = f"claim {str(decision.subject)[:8]}"
            since = describe_change(session, decision.subject, decision.revision)
            raise ChangedMeanwhileError(place, since)
    if "chain" in after:
        _write_chain(session, decision.subject, _listed(after["chain"]))


def _columns(after: Mapping[str, Any]) -> dict[str, Any]:
    """A claim's columns that decided fields set."""
    columns = {name: after[name] for name in PLAIN if name in after}
    if "content" in after:
        columns["content_spans"] = to_multirange(spans_in(after["content"]))
    if "said_on" in after:
        days = [date.fromisoformat(day) for day in after["said_on"] or ()]
        columns["said_on"] = to_daterange(*days) if days else None
    if "chain" in after:
        source = after["chain"][0]["source"]
        columns["speaker"] = uuid.UUID(source) if source else None
    return columns


def _insert_claim(session: Session, decision: Decision) -> None:
    after: Mapping[str, Any] = decision.after
    made = {name: after[name] for name in ("rule", "extractor_score")}
    made |= {name: uuid.UUID(after[name]) for name in ("version", "run")}
    parents = [uuid.UUID(str(parent)) for parent in _listed(after["parents"])]
    values = {"id": decision.subject, "revision": 1, **made, **_columns(after)}
    # It has the attribution of the first, and the places where its day and venue are said.
    for name in ("said_on_spans", "venue_spans"):
        column = getattr(ClaimRow, name)
        values[name] = select(column).where(ClaimRow.id == parents[0]).scalar_subquery()
    session.execute(insert(ClaimRow).values(values))
    for parent in parents:
        session.execute(insert(ClaimParentRow).values(claim=decision.subject, parent=parent))


def _write_chain(session: Session, claim: uuid.UUID, hops: Sequence[Mapping[str, Any]]) -> None:
    article = load_article(session, claim)
    session.execute(delete(AttributionRow).where(AttributionRow.claim == claim))
    rows = []
    for position, hop in enumerate(hops, 1):
        spans = {name: spans_in(hop[name]) for name in HOP}
        words = {name: words_at(article, spans[name]) for name in HOP}
        rows.append(
            {
                "claim": claim,
                "position": position,
                "source": uuid.UUID(hop["source"]) if hop["source"] else None,
                "mode": hop["mode"],
                **{name: hop[name] for name in ("link_rule", "link_score", "link_reason")},
                **{f"{name}_spans": to_multirange(spans[name]) for name in HOP},
                **words,
                "capacity": words["capacity"] or None,
            }
        )
    session.execute(insert(AttributionRow).values(rows))


def _write_links(session: Session, decision: Decision, number: int) -> None:
    """What people linked is exactly what the decision lists; whoever decides links what is new.

    A link has the moment of its decision, which the past knows also after the link is taken away.
    """
    moment = select(DecisionRow.at).where(DecisionRow.no == number).scalar_subquery()
    mine = (ClaimLinkRow.a == decision.subject, ClaimLinkRow.linked_by.is_not(None))
    wanted = {(row["b"], row["kind"]) for row in _listed(decision.after["links"])}
    stored = {
        (str(b), kind)
        for b, kind in session.execute(select(ClaimLinkRow.b, ClaimLinkRow.kind).where(*mine))
    }
    for b, kind in stored - wanted:
        named = (ClaimLinkRow.b == uuid.UUID(b), ClaimLinkRow.kind == kind)
        session.execute(delete(ClaimLinkRow).where(*mine, *named))
    for b, kind in sorted(wanted - stored):
        # What the machine had found is now what a person says.
        found = (ClaimLinkRow.a == decision.subject, ClaimLinkRow.b == uuid.UUID(b))
        session.execute(delete(ClaimLinkRow).where(*found, ClaimLinkRow.kind == kind))
        row = {
            "id": derived_id("claim_link", str(decision.subject), b, kind),
            "a": decision.subject,
            "b": uuid.UUID(b),
            "kind": kind,
            "linked_by": decision.reviewer,
            "recorded_at": moment,
        }
        session.execute(insert(ClaimLinkRow).values(row))


def _listed(value: object) -> Sequence[Any]:
    assert isinstance(value, Sequence), "decisions write rows as lists"  # noqa: S101
    return value
