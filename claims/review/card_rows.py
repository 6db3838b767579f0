"""What one statement tells of a card: the claim, where it is printed, who has it before them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from claims.catalogue.find import embargo_end
from claims.model.json import JsonObject
from claims.model.kinds import ClaimStatus
from claims.schema import (
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    DraftRow,
    LeaseRow,
    SourceMergedRow,
    SourceRow,
    WaitingRow,
)


@dataclass(frozen=True, slots=True)
class CardRows:
    """A claim, with the rows around it of which it has one each.

    Attributes:
        claim: The claim.
        version: The text that it stands in.
        document: The article of that text.
        outlet: Who printed it, by the name they have after merges.
        embargo: Until when nothing of the article is published; None if that is over.
        number: Which of the article's claims it is, from 1, in the order of the text.
        siblings: How many claims the article has.
        lease_until: Until when its card is this reader's; None if it is not.
        tab: In which of their tabs or terminals.
        draft: What the reader of the card typed earlier.
        printed: In how many articles the same words stand, 100 if they are more; None if it does
            not wait.
    """

    claim: ClaimRow
    version: DocumentVersionRow
    document: DocumentRow
    outlet: str | None
    embargo: datetime | None
    number: int
    siblings: int
    lease_until: datetime | None
    tab: uuid.UUID | None
    draft: JsonObject | None
    printed: int | None


Rows = Select[
    ClaimRow, DocumentVersionRow, DocumentRow, str, datetime | None, int, int, datetime,
    uuid.UUID, JsonObject, int,
]  # fmt: skip
"""The query of them."""


def load_card_rows(session: Session, claim: uuid.UUID, reviewer: uuid.UUID) -> CardRows:
    """The rows of a claim's card, for whoever reads it.

    Raises:
        sqlalchemy.exc.NoResultFound: No claim has this id.
    """
    values = {"claim": claim, "reviewer": reviewer}
    return CardRows(*session.execute(_query(), values).one())


@cache
def _query() -> Rows:
    """One statement where there were six, built once: a card is loaded with every key."""
    merged, outlet = aliased(SourceMergedRow), aliased(SourceRow)
    return (
        select(
            ClaimRow,
            DocumentVersionRow,
            DocumentRow,
            outlet.name,
            embargo_end(),
            _count_siblings(up_to_it=True),
            _count_siblings(up_to_it=False),
            LeaseRow.until,
            LeaseRow.session,
            DraftRow.draft,
            WaitingRow.printed,
        )
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .outerjoin(merged, merged.source == DocumentRow.outlet)
        .outerjoin(outlet, outlet.id == func.coalesce(merged.root, DocumentRow.outlet))
        .outerjoin(
            LeaseRow,
            and_(
                LeaseRow.claim == ClaimRow.id,
                LeaseRow.reviewer == bindparam("reviewer"),
                LeaseRow.until > func.clock_timestamp(),
            ),
        )
        .outerjoin(
            DraftRow,
            and_(DraftRow.claim == ClaimRow.id, DraftRow.reviewer == bindparam("reviewer")),
        )
        .outerjoin(WaitingRow, WaitingRow.claim == ClaimRow.id)
        .where(ClaimRow.id == bindparam("claim"))
        .execution_options(populate_existing=True)
    )


def _count_siblings(*, up_to_it: bool) -> ScalarSelect[int]:
    """How many claims of its article were not replaced: those up to the claim, or all."""
    sibling = aliased(ClaimRow)
    query = select(func.count()).where(
        sibling.version == ClaimRow.version, sibling.status != ClaimStatus.REPLACED
    )
    if up_to_it:
        query = query.where(_place(sibling) <= _place(ClaimRow))
    return query.correlate(ClaimRow).scalar_subquery()


def _place(claim: type[ClaimRow]) -> ColumnElement[tuple[int, uuid.UUID]]:
    """Where a claim stands in the order of its text."""
    return func.row(func.lower(claim.content_spans), claim.id)
