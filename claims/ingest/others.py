"""Several programs propose the same words: one claim, and beside it what the others propose."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.database.ranges import to_multirange
from claims.model.program import program_of
from claims.model.proposal import Proposal
from claims.model.span import words_at
from claims.schema import (
    ClaimRow,
    DocumentVersionRow,
    DraftRow,
    OtherProposalRow,
    ReadingRow,
    RunRow,
)
from claims.schema.base import ONE_STATEMENT, Multirange
from claims.sources.resolve import Link

_Values = dict[str, uuid.UUID | str | float | Multirange | None]
"""Columns of a row."""


def save_others(
    session: Session,
    run: uuid.UUID,
    text: str,
    proposals: Mapping[uuid.UUID, tuple[Proposal, Link | None]],
) -> None:
    """Save what a run proposes for claims that another program proposed first.

    Args:
        session: A writing session.
        run: The run.
        text: The article's text.
        proposals: By the ids of claims that are stored, with the link of the speaker.
    """
    if not proposals:
        return
    columns = (RunRow.command, RunRow.extractor_version)
    program = program_of(*session.execute(select(*columns).where(RunRow.id == run)).one())
    query = select(ClaimRow.id, *columns).join(RunRow, RunRow.id == ClaimRow.run)
    first = {
        id_: program_of(command, version)
        for id_, command, version in session.execute(query.where(ClaimRow.id.in_(proposals)))
    }
    rows = [
        {"claim": id_, "program": program, "run": run} | _row(text, *proposals[id_])
        for id_ in sorted(first)
        if first[id_] != program
    ]
    if rows:
        session.execute(
            insert(OtherProposalRow).on_conflict_do_nothing(), rows, execution_options=ONE_STATEMENT
        )


def _row(text: str, proposal: Proposal, voice: Link | None) -> _Values:
    hop = proposal.chain[0]
    return {
        "speaker": voice.source if voice else None,
        "mention": words_at(text, hop.mention),
        "mention_spans": to_multirange(hop.mention),
        "mode": hop.mode,
        "rule": proposal.rule,
        "score": proposal.score,
    }


def delete_proposals(
    session: Session, versions: Sequence[uuid.UUID], program: str, *, but: str | None = None
) -> None:
    """Delete what a program proposed in some versions and no person has touched.

    A claim that another program proposes too stays: it is that one's as well.

    Args:
        session: A writing session.
        versions: The versions of a document.
        program: The program.
        but: A version of the program whose proposals stay; None for none.
    """
    # A claim that somebody has read, or has begun to edit, is touched.
    touched = exists().where(ReadingRow.claim == ClaimRow.id) | exists().where(
        DraftRow.claim == ClaimRow.id
    )
    undecided = (ClaimRow.version.in_(versions), ClaimRow.revision == 0)
    query = select(ClaimRow.id, RunRow.command, RunRow.extractor_version)
    others = (
        query.join(OtherProposalRow, OtherProposalRow.claim == ClaimRow.id)
        .join(RunRow, RunRow.id == OtherProposalRow.run)
        .where(*undecided, OtherProposalRow.program == program)
    )
    if ids := [id_ for id_, _, version in session.execute(others) if version != but]:
        session.execute(select(func.claims.replace_other_proposals(ids, program)))
    shared = exists().where(OtherProposalRow.claim == ClaimRow.id)
    first = query.join(RunRow, RunRow.id == ClaimRow.run).where(*undecided, ~touched, ~shared)
    ids = [
        id_
        for id_, command, version in session.execute(first)
        if program_of(command, version) == program and version != but
    ]
    if ids:
        session.execute(select(func.claims.replace_proposals(ids)))


def versions_of(session: Session, document: uuid.UUID) -> list[uuid.UUID]:
    """The versions of a document."""
    query = select(DocumentVersionRow.id).where(DocumentVersionRow.document == document)
    return list(session.scalars(query))
