"""A claim's state from its tables, and a decision on a claim with its effect back into them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Select,
    Uuid,
    bindparam,
    cast,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, Range
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claims.database.ranges import to_daterange, to_days, to_multirange, to_spans
from claims.ledger.append import append
from claims.ledger.entries import describe_changes
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.claim import BLANK, FIELDS, ClaimOrigin, ClaimState, HopState, LinkState
from claims.model.decision import Decision
from claims.model.identity import derived_id
from claims.model.json import Json, JsonObject
from claims.model.kinds import ClaimClass, LinkKind
from claims.model.span import Spans, words_at
from claims.review.errors import BadChangeError
from claims.review.second_review import load_readings, needs_two
from claims.review.transitions import ClaimUnderReview, place_of
from claims.schema import (
    AttributionRow,
    ClaimLinkRow,
    ClaimParentRow,
    ClaimRow,
    DecisionRow,
    DocumentVersionRow,
    LinkDisputedRow,
    LinkRefusedRow,
)

Spanned = list[Range[int]]
Column = str | float | uuid.UUID | Range[date] | Spanned | ClauseElement | None
"""What is written into a column."""

LISTED = frozenset({"content", "said_on", "chain", "links", "refused_links", "disputed_links"})
"""Fields of a claim that no single column holds as they are."""

PLAIN = tuple(name for name in FIELDS if name not in LISTED)
"""Fields of a claim that a column of the same name holds as they are."""

SPANS = tuple(field.name for field in fields(HopState) if field.type == Spans)
"""Fields of a hop that are spans: of each a column holds the words, another the spans."""

HOP_PLAIN = tuple(field.name for field in fields(HopState) if field.name not in {"source", *SPANS})
"""Fields of a hop that a column of the same name holds as they are."""


LINKS = ("links", "refused_links", "disputed_links")
"""Fields of a claim that hold others that people linked it with, or refused to."""


def _linked() -> Select[str, uuid.UUID, str | None]:
    """All three of `LINKS` in one statement: each of its own would cost more than it reads."""
    claim = bindparam("claim", type_=Uuid)
    links, refused, disputed = (literal(name) for name in LINKS)
    each = union_all(
        select(links.label("field"), ClaimLinkRow.b, ClaimLinkRow.kind).where(
            ClaimLinkRow.a == claim, ClaimLinkRow.linked_by.is_not(None)
        ),
        select(refused, LinkRefusedRow.b, LinkRefusedRow.kind).where(LinkRefusedRow.a == claim),
        select(disputed, LinkDisputedRow.b, null()).where(LinkDisputedRow.a == claim),
    ).subquery()
    return select(each.c.field, each.c.b, each.c.kind).order_by(each.c.b, each.c.kind)


LINKED = _linked()


def load_claim(session: Session, claim: uuid.UUID, *, lock: bool = False) -> ClaimUnderReview:
    """A claim as it is now.

    Args:
        session: A session; a writing one if the claim is to be locked.
        claim: Its id.
        lock: Hold others off until the transaction ends.

    Raises:
        sqlalchemy.exc.NoResultFound: No claim has this id.
    """
    query = select(ClaimRow).where(ClaimRow.id == claim)
    row = session.scalars(
        (query.with_for_update() if lock else query).execution_options(populate_existing=True)
    ).one()
    readings = load_readings(session, row.id, row.status, row.revision)
    return ClaimUnderReview(
        id=claim,
        revision=row.revision,
        state=load_state(session, row),
        readers=tuple(reading.reviewer for reading in readings),
        two_readers=needs_two(session, row),
    )


def load_state(session: Session, row: ClaimRow) -> ClaimState:
    """The state of a claim whose row is at hand."""
    hops = session.scalars(
        select(AttributionRow)
        .where(AttributionRow.claim == row.id)
        .order_by(AttributionRow.position)
    )
    return state_of(session, row, hops.all())


def state_of(session: Session, row: ClaimRow, hops: Sequence[AttributionRow]) -> ClaimState:
    """The state of a claim whose row and chain are at hand."""
    links: dict[str, list[tuple[uuid.UUID, str | None]]] = {name: [] for name in LINKS}
    for field, b, kind in session.execute(LINKED, {"claim": row.id}):
        links[field].append((b, kind))
    days = to_days(row.said_on)
    values: dict[str, Json] = {name: getattr(row, name) for name in PLAIN}
    values["content"] = to_spans(row.content_spans)
    values["said_on"] = [str(day) for day in days] if days else None
    values["chain"] = [_hop_values(hop) for hop in hops]
    values["links"] = [{"b": str(b), "kind": kind} for b, kind in links["links"]]
    values["refused_links"] = [{"b": str(b), "kind": kind} for b, kind in links["refused_links"]]
    values["disputed_links"] = [str(b) for b, _ in links["disputed_links"]]
    return ClaimState.from_json(values)


def _hop_values(row: AttributionRow) -> JsonObject:
    values: dict[str, Json] = {name: getattr(row, name) for name in HOP_PLAIN}
    values |= {name: to_spans(getattr(row, f"{name}_spans")) for name in SPANS}
    return values | {"source": str(row.source) if row.source else None}


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
        ChangedMeanwhileError: The claim's revision is no longer the one that the decision was made
            on; the message names who changed it and how.
        BadChangeError: Another claim of the article has just these words.
    """
    try:
        with session.begin_nested():
            _write_state(session, decision)
    except IntegrityError as error:
        if "uq_claim_version_content_spans" in str(error.orig):
            detail = "another claim of the article has just these words"
            raise BadChangeError(place_of(decision.subject), detail) from error
        raise
    number = append(session, decision)
    if "links" in decision.after:
        _write_links(session, decision, number)
    if "refused_links" in decision.after:
        _write_refusals(session, decision, number)
    if "disputed_links" in decision.after:
        _write_disputes(session, decision, number)
    return number


def _decided(decision: Decision) -> ClaimState:
    """The fields that a decision on a claim sets; the others are blank."""
    return BLANK.with_changes(
        {name: value for name, value in decision.after.items() if name in FIELDS}
    )


def _write_state(session: Session, decision: Decision) -> None:
    state = _decided(decision)
    if decision.revision == 1 and "version" in decision.after:
        _insert_claim(session, decision, state)
    else:
        changed = session.execute(
            update(ClaimRow)
            .where(ClaimRow.id == decision.subject, ClaimRow.revision == decision.revision - 1)
            .values(revision=decision.revision, **_columns(decision.after, state))
            .returning(ClaimRow.id)
        ).first()
        if changed is None:
            since = describe_changes(session, decision.subject, decision.revision)
            raise ChangedMeanwhileError(place_of(decision.subject), since)
        if "parents" in decision.after:
            _write_parents(session, decision)
    if "chain" in decision.after:
        _write_chain(session, decision.subject, state.chain)


def _columns(names: Collection[str], state: ClaimState) -> dict[str, Column]:
    """The columns of a claim that some fields of its state set."""
    columns: dict[str, Column] = {name: getattr(state, name) for name in PLAIN if name in names}
    if "content" in names:
        columns["content_spans"] = to_multirange(state.content)
    if "said_on" in names:
        columns["said_on"] = to_daterange(*state.said_on) if state.said_on else None
    if "chain" in names:
        columns["speaker"] = state.chain[0].source
    return columns


def _insert_claim(session: Session, decision: Decision, state: ClaimState) -> None:
    origin = ClaimOrigin.from_json(decision.after)
    values: dict[str, Column] = _columns(decision.after, state) | {
        "id": decision.subject,
        "revision": 1,
        "version": origin.version,
        "run": origin.run,
        "rule": origin.rule,
        "extractor_score": origin.extractor_score,
    }
    # Where the first parent's day, venue and hearer are printed: its attribution comes along.
    parent = origin.parents[0] if origin.parents else None
    for name in ("said_on_spans", "venue_spans", "hearer_spans"):
        column = getattr(ClaimRow, name)
        # Of another version nothing stands where it stood.
        there = (ClaimRow.id == parent, ClaimRow.version == origin.version)
        first = select(column).where(*there).scalar_subquery()
        values[name] = func.coalesce(first, cast([], INT4MULTIRANGE))
    for name in ("name_score", "hearer", "claim_class"):
        of_parent = select(getattr(ClaimRow, name)).where(ClaimRow.id == parent)
        values[name] = of_parent.scalar_subquery()
    values["claim_class"] = func.coalesce(values["claim_class"], ClaimClass.SPEECH.value)
    session.execute(insert(ClaimRow).values(values))
    _write_parents(session, decision)


def _write_parents(session: Session, decision: Decision) -> None:
    """Add what a claim is made of; what was added stays, whatever is undone."""
    parents = decision.after["parents"]
    assert isinstance(parents, list), "as `ClaimOrigin` and `follow` write them"  # noqa: S101 - narrows the type
    rows = [{"claim": decision.subject, "parent": uuid.UUID(str(parent))} for parent in parents]
    if not rows:
        return
    session.execute(upsert(ClaimParentRow).values(rows).on_conflict_do_nothing())


def _write_chain(session: Session, claim: uuid.UUID, chain: tuple[HopState, ...]) -> None:
    article = load_article(session, claim)
    if session.scalar(
        select(AttributionRow.position).where(AttributionRow.claim == claim).limit(1)
    ):
        session.execute(select(func.claims.take_chain(claim)))
    rows = [
        {"claim": claim, "position": position, **_hop_columns(article, hop)}
        for position, hop in enumerate(chain, 1)
    ]
    session.execute(insert(AttributionRow).values(rows))


def _hop_columns(article: str, hop: HopState) -> Mapping[str, Column]:
    columns: dict[str, Column] = {name: getattr(hop, name) for name in HOP_PLAIN}
    for name in SPANS:
        spans: Spans = getattr(hop, name)
        columns |= {name: words_at(article, spans), f"{name}_spans": to_multirange(spans)}
    return columns | {"source": hop.source, "capacity": columns["capacity"] or None}


def _write_links(session: Session, decision: Decision, number: int) -> None:
    """Make the links that people made exactly those of the decision.

    A new link is by whoever decides. It has the moment of its decision, so that a state of the past
    has it also after it is taken away.
    """
    moment = select(DecisionRow.at).where(DecisionRow.no == number).scalar_subquery()
    of_people = (ClaimLinkRow.a == decision.subject, ClaimLinkRow.linked_by.is_not(None))
    links = set(_decided(decision).links)
    rows = session.execute(select(ClaimLinkRow.b, ClaimLinkRow.kind).where(*of_people))
    stored = {LinkState(b, LinkKind(kind)) for b, kind in rows}
    for link in stored - links:
        session.execute(select(func.claims.take_link(decision.subject, link.b, link.kind)))
    for link in sorted(links - stored):
        # A link that the machine found becomes one that a person made.
        if session.scalar(select(ClaimLinkRow.id).where(*_same_link(decision.subject, link))):
            session.execute(select(func.claims.take_link(decision.subject, link.b, link.kind)))
        row = {
            "id": derived_id("claim_link", str(decision.subject), str(link.b), link.kind),
            "a": decision.subject,
            "b": link.b,
            "kind": link.kind,
            "linked_by": decision.reviewer,
            "recorded_at": moment,
        }
        session.execute(insert(ClaimLinkRow).values(row))


def _write_refusals(session: Session, decision: Decision, number: int) -> None:
    """Make the refused links of a claim exactly those of the decision; see `_write_links`."""
    moment = select(DecisionRow.at).where(DecisionRow.no == number).scalar_subquery()
    refused = set(_decided(decision).refused_links)
    rows = session.execute(
        select(LinkRefusedRow.b, LinkRefusedRow.kind).where(LinkRefusedRow.a == decision.subject)
    )
    stored = {LinkState(b, LinkKind(kind)) for b, kind in rows}
    for link in stored - refused:
        session.execute(select(func.claims.take_refusal(decision.subject, link.b, link.kind)))
    for link in sorted(refused - stored):
        row = {
            "id": derived_id("link_refused", str(decision.subject), str(link.b), link.kind),
            "a": decision.subject,
            "b": link.b,
            "kind": link.kind,
            "refused_by": decision.reviewer,
            "recorded_at": moment,
        }
        session.execute(insert(LinkRefusedRow).values(row))


def _write_disputes(session: Session, decision: Decision, number: int) -> None:
    """Make the disputed links of a claim exactly those of the decision; see `_write_links`."""
    moment = select(DecisionRow.at).where(DecisionRow.no == number).scalar_subquery()
    disputed = set(_decided(decision).disputed_links)
    stored = set(
        session.scalars(select(LinkDisputedRow.b).where(LinkDisputedRow.a == decision.subject))
    )
    for b in stored - disputed:
        session.execute(select(func.claims.take_dispute(decision.subject, b)))
    for b in sorted(disputed - stored):
        row = {
            "id": derived_id("link_disputed", str(decision.subject), str(b)),
            "a": decision.subject,
            "b": b,
            "disputed_by": decision.reviewer,
            "recorded_at": moment,
        }
        session.execute(insert(LinkDisputedRow).values(row))


def _same_link(claim: uuid.UUID, link: LinkState) -> tuple[ColumnElement[bool], ...]:
    return ClaimLinkRow.a == claim, ClaimLinkRow.b == link.b, ClaimLinkRow.kind == link.kind
