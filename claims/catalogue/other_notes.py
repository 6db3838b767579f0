"""Which other programs propose a claim's words, or words that overlap them, each in a line."""

import uuid
from collections.abc import Iterator
from functools import cache

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from claims.model.program import extractor_of, program_of
from claims.schema import ClaimRow, OtherProposalRow, RunRow, SourceMergedRow, SourceRow

SHOWN = 80
"""Code points of the words of a claim that overlaps."""


def load_other_notes(session: Session, claim: uuid.UUID) -> tuple[str, ...]:
    """What other programs have for the words of a claim.

    Returns:
        `also proposed by NAME/VERSION, 0.70: speaker X instead`, then the claims of other programs
        that share words with it: `competes with 1a2b3c4d (proposed) by NAME/VERSION: “…”`.
    """
    return (*_load_same(session, claim), *_load_overlapping(session, claim))


def _load_same(session: Session, claim: uuid.UUID) -> Iterator[str]:
    for command, version, score, name, same in session.execute(_same(), {"claim": claim}):
        who = "same speaker" if same else f"speaker {name} instead" if name else "nobody named"
        yield f"also proposed by {extractor_of(command, version)}, {score:.2f}: {who}"


@cache
def _same() -> Select[str, str, float, str | None, bool]:
    """The query of other proposals of the same words, built once."""
    claim = bindparam("claim", type_=Uuid)
    speaker = select(_root(ClaimRow)).where(ClaimRow.id == claim).scalar_subquery()
    other = _root(OtherProposalRow)
    return (
        select(
            RunRow.command,
            RunRow.extractor_version,
            OtherProposalRow.score,
            SourceRow.name,
            other.is_not_distinct_from(speaker),
        )
        .join_from(OtherProposalRow, RunRow, RunRow.id == OtherProposalRow.run)
        .outerjoin(SourceRow, SourceRow.id == other)
        .where(OtherProposalRow.claim == claim)
        .order_by(OtherProposalRow.program)
    )


def _root(row: type[ClaimRow] | type[OtherProposalRow]) -> ColumnElement[uuid.UUID]:
    """The speaker as it is shown after merges."""
    merged = aliased(SourceMergedRow)
    root = select(merged.root).where(merged.source == row.speaker).scalar_subquery()
    return func.coalesce(root, row.speaker)


def _load_overlapping(session: Session, claim: uuid.UUID) -> Iterator[str]:
    for row in session.execute(_overlapping(), {"claim": claim}):
        id_, status, words, command, version, own_command, own_version = row
        # Claims of one program that overlap are nested: somebody quotes somebody.
        if program_of(command, version) != program_of(own_command, own_version):
            by = extractor_of(command, version)
            cut = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
            yield f"competes with {str(id_)[:8]} ({status}) by {by}: {cut}"


@cache
def _overlapping() -> Select[uuid.UUID, str, str, str, str, str, str]:
    """The query of other programs' claims that share words, built once."""
    claim = bindparam("claim", type_=Uuid)
    mine, run = aliased(ClaimRow), aliased(RunRow)
    return (
        select(
            ClaimRow.id,
            ClaimRow.status,
            ClaimRow.text,
            RunRow.command,
            RunRow.extractor_version,
            run.command,
            run.extractor_version,
        )
        .join_from(mine, ClaimRow, ClaimRow.version == mine.version)
        .join(RunRow, RunRow.id == ClaimRow.run)
        .join(run, run.id == mine.run)
        .where(
            mine.id == claim,
            ClaimRow.id != claim,
            ClaimRow.status != "replaced",
            ClaimRow.content_spans.op("&&")(mine.content_spans),
        )
        .order_by(func.lower(ClaimRow.content_spans), ClaimRow.id)
    )
