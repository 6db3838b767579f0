"""Claims to be decided on together, chosen by a condition, and what is known of their like."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from claims.catalogue.find import claim_conditions
from claims.database.statements import read_statements
from claims.model.kinds import ClaimStatus
from claims.model.program import OURS, program_of
from claims.review.card import UNSURE
from claims.review.conditions import Condition
from claims.review.requests import DecisionRequest
from claims.review.transitions import Action
from claims.schema import AttributionRow, ClaimRow, DocumentRow, DocumentVersionRow, RunRow

QUERIES = read_statements("claims.review", "bulk.sql")
"""The statements of bulk.sql by name."""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one rule and form among those that are decided on together.

    Attributes:
        rule: The rule that found them; of another program, after its name.
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
        select(
            ClaimRow.id,
            ClaimRow.revision,
            unsure,
            ClaimRow.rule,
            ClaimRow.form,
            RunRow.command,
            RunRow.extractor_version,
        )
        .join(RunRow, RunRow.id == ClaimRow.run)
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
    passing = [row for row in rows if not row[2]]
    requests = (DecisionRequest(row[0], Action.ACCEPT, revision=row[1]) for row in passing)
    counts = Counter(_kind(*row[3:]) for row in passing)
    decided, unchanged = _load_outcomes(session)
    groups = (
        Group(*kind, claims, decided[kind], unchanged[kind])
        for kind, claims in counts.most_common()
    )
    return Selection(tuple(requests), tuple(groups), len(rows) - len(passing))


def _load_outcomes(session: Session) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """By rule and form, how many people decided one by one, and accepted as proposed."""
    decided: Counter[tuple[str, str]] = Counter()
    unchanged: Counter[tuple[str, str]] = Counter()
    for *of, count, accepted in session.execute(text(QUERIES["precision"])):
        decided[_kind(*of)] += count
        unchanged[_kind(*of)] += accepted
    return decided, unchanged


def _kind(rule: str, form: str, command: str, extractor: str) -> tuple[str, str]:
    """The rule and form by which claims are alike; a program's rules are its own."""
    program = program_of(command, extractor)
    return rule if program == OURS else f"{program} {rule}", form
