"""Claims to be decided on together, chosen by a condition, and what is known of their like."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from claims.catalogue.find import claim_conditions
from claims.database.statements import read_statements
from claims.model.kinds import ClaimStatus
from claims.review.card import UNSURE
from claims.review.conditions import Condition
from claims.review.decide import DecisionRequest
from claims.review.transitions import Action
from claims.schema import AttributionRow, ClaimRow, DocumentRow, DocumentVersionRow

QUERIES = read_statements("claims.review", "bulk.sql")
"""The statements of bulk.sql by name."""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one rule and form among those that are decided on together.

    Attributes:
        rule: The rule that found them.
        form: Their form.
        claims: How many they are.
        decided: How many of their like people decided one by one.
        unchanged: How many of those they accepted as proposed.
    """

    rule: str
    form: str
    claims: int
    decided: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Claims that are to be accepted together.

    Attributes:
        requests: In the order of the articles and their text.
        groups: What they are and how often such were right, the largest first.
        unsure: How many others pass, but have a name whose link is unsure.
    """

    requests: tuple[DecisionRequest, ...]
    groups: tuple[Group, ...]
    unsure: int


def select_claims(session: Session, condition: Condition) -> Selection:
    """The claims that wait undecided and pass, as they are now, but for those with unsure names."""
    unsure = exists().where(AttributionRow.claim == ClaimRow.id, AttributionRow.link_score < UNSURE)
    query = (
        select(ClaimRow.id, ClaimRow.revision, ClaimRow.rule, ClaimRow.form, unsure)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .where(ClaimRow.status.in_({ClaimStatus.PROPOSED, ClaimStatus.LATER}))
        .where(*claim_conditions(condition.filters))
        .order_by(
            DocumentVersionRow.recorded_at, ClaimRow.version, func.lower(ClaimRow.content_spans)
        )
    )
    if condition.score is not None:
        query = query.where(ClaimRow.extractor_score >= condition.score)
    rows = session.execute(query).all()
    passing = [row for row in rows if not row[4]]
    requests = (DecisionRequest(row[0], Action.ACCEPT, revision=row[1]) for row in passing)
    counts = Counter((row[2], row[3]) for row in passing)
    outcomes = {(row[0], row[1]): row[2:] for row in session.execute(text(QUERIES["precision"]))}
    groups = (
        Group(*kind, claims, *outcomes.get(kind, (0, 0))) for kind, claims in counts.most_common()
    )
    return Selection(tuple(requests), tuple(groups), len(rows) - len(passing))
