"""Load claims as they are shown: cards, and the history of one."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Select,
    Uuid,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Bundle, Session, aliased

from claims.anchoring.marked import mark_changes
from claims.catalogue.card import (
    AnchorLine,
    ClaimCard,
    DecisionLine,
    History,
    HopCard,
    RelatedClaim,
    SourceLink,
)
from claims.catalogue.copy_notes import load_copy_notes
from claims.catalogue.document_notes import load_document_notes
from claims.catalogue.modes import load_modes
from claims.catalogue.origin_notes import load_origin_notes
from claims.catalogue.other_notes import load_other_notes
from claims.database.arrays import any_of
from claims.database.ranges import to_days, to_spans
from claims.model.anchor import Change
from claims.model.moment import at_offset
from claims.model.reported import reported
from claims.model.span import words_at
from claims.schema import (
    AnchorRow,
    AttributionRow,
    ClaimLinkRow,
    ClaimParentRow,
    ClaimRow,
    DecisionRow,
    DocumentRow,
    DocumentVersionRow,
    ReviewerRow,
    SourceMergedRow,
    SourceRow,
)
from claims.text.offsets import paragraph_of

# Columns, not entities: nothing is tracked that is only shown.
CLAIM: Bundle[Any] = Bundle(
    "ClaimRow",
    *(getattr(ClaimRow, a.key) for a in ClaimRow.__mapper__.column_attrs),
)
VERSION: Bundle[Any] = Bundle(
    "DocumentVersionRow", DocumentVersionRow.number, DocumentVersionRow.text
)
DOCUMENT: Bundle[Any] = Bundle(
    "DocumentRow",
    DocumentRow.id,
    DocumentRow.title,
    DocumentRow.url,
    DocumentRow.published_at,
    DocumentRow.published_offset,
    DocumentRow.shown_status,
)
HOP: Bundle[Any] = Bundle(
    "Hop", *(getattr(AttributionRow, c.key) for c in AttributionRow.__table__.columns)
)

# Aliases are made once: to make one takes longer than to read the row.
PUBLISHER, OUTLET = aliased(SourceMergedRow), aliased(SourceRow)


def load_cards(session: Session, ids: Sequence[uuid.UUID]) -> list[ClaimCard]:
    """The claims with these ids, in the order of the ids."""
    hops = _load_hops(session, ids)
    rows = session.execute(
        select(CLAIM, VERSION, DOCUMENT, OUTLET.name.label("outlet"))
        .select_from(ClaimRow)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .outerjoin(PUBLISHER, PUBLISHER.source == DocumentRow.outlet)
        .outerjoin(OUTLET, OUTLET.id == func.coalesce(PUBLISHER.root, DocumentRow.outlet))
        .where(ClaimRow.id == any_of(ids))
    )
    cards = {row.ClaimRow.id: _card(row, hops[row.ClaimRow.id]) for row in rows}
    notes = load_document_notes(session, {card.document for card in cards.values()})
    origins = load_origin_notes(session, ids)
    copies = load_copy_notes(session, {card.document for card in cards.values()})
    for id_, card in cards.items():
        cards[id_] = replace(
            card,
            document_note=notes.get(card.document),
            origin_note=origins.get(id_),
            copy_note=copies.get(card.document),
        )
    return [cards[id_] for id_ in ids]


def load_history(session: Session, claim: uuid.UUID) -> History:
    """The decisions on a claim, the claims related to it, and other versions of its article."""
    return History(
        _load_related(session, claim),
        tuple(_load_decisions(session, claim)),
        tuple(_load_anchors(session, claim)),
        load_other_notes(session, claim),
    )


def _load_related(session: Session, claim: uuid.UUID) -> tuple[RelatedClaim, ...]:
    rows = session.execute(_related(), {"claim": claim}).all()
    modes = load_modes(session, [row.id for row in rows]) if rows else {}
    return tuple(
        RelatedClaim(
            row.relation, row.inward, row.id, row.status, row.text,
            modes[row.id][0][1], reported(row.text, modes[row.id]),
        )
        for row in rows
    )  # fmt: skip


@cache
def _related() -> Select[int, str, bool, uuid.UUID, str, str]:
    """The claims on the other side of links and of splits and merges: one statement, built once."""
    claim = bindparam("claim", type_=Uuid)
    sides = (
        (ClaimLinkRow.kind, ClaimLinkRow.a, ClaimLinkRow.b, False),
        (ClaimLinkRow.kind, ClaimLinkRow.b, ClaimLinkRow.a, True),
        (literal("parent"), ClaimParentRow.claim, ClaimParentRow.parent, False),
        (literal("part"), ClaimParentRow.parent, ClaimParentRow.claim, True),
    )
    each = union_all(
        *(
            select(
                literal(number, Integer).label("side"),
                relation.label("relation"),
                literal(inward, Boolean).label("inward"),
                there.label("other"),
            ).where(here == claim)
            for number, (relation, here, there, inward) in enumerate(sides)
        )
    ).subquery()
    return (
        select(
            each.c.side, each.c.relation, each.c.inward, ClaimRow.id, ClaimRow.status, ClaimRow.text
        )
        .join_from(each, ClaimRow, ClaimRow.id == each.c.other)
        .order_by(each.c.side, ClaimRow.version, func.lower(ClaimRow.content_spans))
    )


def _load_decisions(session: Session, claim: uuid.UUID) -> Iterator[DecisionLine]:
    rows = session.execute(
        select(DecisionRow, ReviewerRow.name)
        .join(ReviewerRow, ReviewerRow.id == DecisionRow.reviewer)
        .where(DecisionRow.subject_kind == "claim", DecisionRow.subject == claim)
        .order_by(DecisionRow.revision)
    )
    for row, by in rows:
        yield DecisionLine(row.no, row.at, by, row.action, _change(row), row.reason)


def _load_anchors(session: Session, claim: uuid.UUID) -> Iterator[AnchorLine]:
    query = (
        select(AnchorRow, DocumentVersionRow.number, DocumentVersionRow.text, ClaimRow.text)
        .join(DocumentVersionRow, DocumentVersionRow.id == AnchorRow.version)
        .join(ClaimRow, ClaimRow.id == AnchorRow.claim)
        .where(AnchorRow.claim == claim)
        .order_by(DocumentVersionRow.number)
    )
    for row, number, article, words in session.execute(query):
        there = words_at(article, to_spans(row.spans))
        old, new = mark_changes(words, there) if there else ([], [])
        yield AnchorLine(
            number,
            row.state,
            tuple(change for change in Change if change in row.changes),
            " … ".join(part.text for part in old if part.changed),
            " … ".join(part.text for part in new if part.changed),
        )


def _change(row: DecisionRow) -> str:
    """The change of status, else the names of the changed fields."""
    if "status" in row.after:
        return f"{row.before.get('status')} to {row.after['status']}"
    return ", ".join(sorted(row.after))


def _load_hops(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[HopCard, ...]]:
    rows = session.execute(
        select(HOP, SourceRow.name, SourceRow.kind, SourceRow.description, SourceMergedRow.root)
        .select_from(AttributionRow)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .outerjoin(
            SourceRow, SourceRow.id == func.coalesce(SourceMergedRow.root, AttributionRow.source)
        )
        .where(AttributionRow.claim == any_of(ids))
        .order_by(AttributionRow.claim, AttributionRow.position)
    )
    hops: dict[uuid.UUID, tuple[HopCard, ...]] = {}
    for hop, name, kind, description, root in rows:
        card = HopCard(
            position=hop.position,
            source=root or hop.source,
            name=name,
            kind=kind,
            description=description,
            mention=hop.mention,
            cue=hop.cue,
            capacity=hop.capacity,
            mode=hop.mode,
            linked=SourceLink(
                hop.link_rule, hop.link_score, hop.link_reason, merged=root is not None
            )
            if hop.link_rule
            else None,
        )
        hops[hop.claim] = (*hops.get(hop.claim, ()), card)
    return hops


def _card(
    row: Any,  # noqa: ANN401 - a row of bundles, whose columns have no static type
    hops: tuple[HopCard, ...],
) -> ClaimCard:
    claim, version, document = row.ClaimRow, row.DocumentVersionRow, row.DocumentRow
    spans = to_spans(claim.content_spans)
    return ClaimCard(
        id=claim.id,
        form=claim.form,
        text=claim.text,
        statement=claim.statement,
        spans=spans,
        paragraph=paragraph_of(version.text, spans[0].start),
        said_on=to_days(claim.said_on),
        said_on_text=claim.said_on_text,
        venue=claim.venue,
        status=claim.status,
        revision=claim.revision,
        rule=claim.rule,
        extractor_score=claim.extractor_score,
        claim_class=claim.claim_class,
        name_score=claim.name_score,
        suggested_name=claim.suggested_name,
        hearer=claim.hearer,
        attribution_confidence=claim.attribution_confidence,
        credibility=claim.credibility,
        document=document.id,
        version=version.number,
        title=document.title,
        outlet=row.outlet,
        url=document.url,
        published_at=at_offset(document.published_at, document.published_offset),
        document_status=document.shown_status,
        hops=hops,
    )
