"""Reads what is published, through the contract's views alone."""

import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, MetaData, Select, Table, func, literal_column, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from claims.model.kinds import PUBLISHED, WAITING, ClaimStatus

Record = dict[str, Any]

BATCH = 500
CLAIM_VIEWS = {"accepted": ("claims", PUBLISHED), "proposed": ("proposals", WAITING)}
"""For each status the view that has its claims, and the states that it shows."""


def _view(name: str, *columns: str) -> Table:
    """A view with the columns read of it; a Table, which sessions of the past find elsewhere."""
    return Table(name, MetaData(), *map(Column, columns), schema="claims_v1")


BEST = ("speaker", "form", "content")
HOP = ("position", "source", "source_kind", "mention", "cue", "capacity", "mode")
HOPS = _view("attributions", "claim", "status", *HOP)


def load_claims(session: Session, status: str) -> Iterator[Record]:
    """Claims of one status with their chains, in the order of their ids, in constant memory.

    Args:
        session: A session, reading or writing.
        status: accepted or proposed.

    Yields:
        The view's columns by name, days as [first, last], and `chain`, a list of hops.
    """
    # Both walks go to their end; by default the planner would favour whatever begins soonest.
    session.execute(select(func.set_config("cursor_tuple_fraction", "1", True)))  # noqa: FBT003
    name, states = CLAIM_VIEWS[status]
    view = _view(name, "claim")
    query: Select[Any] = select(literal_column("*")).select_from(view).order_by(view.c.claim)
    chains = _load_chains(session, states)
    ahead: tuple[uuid.UUID, list[Record]] | None = next(chains, None)
    for row in session.execute(query.execution_options(yield_per=BATCH)).mappings():
        while ahead and ahead[0] < row["claim"]:
            ahead = next(chains, None)
        chain = ahead[1] if ahead and ahead[0] == row["claim"] else []
        yield {**row, "said_on": _days(row["said_on"]), "chain": chain}


def _load_chains(
    session: Session, states: Iterable[ClaimStatus]
) -> Iterator[tuple[uuid.UUID, list[Record]]]:
    """The chains of all claims in some states, by the claims' ids.

    One walk beside that over the claims: asking for the chains of each batch took two thirds of an
    export's time, of the past's more.
    """
    query = select(HOPS).where(HOPS.c.status.in_(sorted(states)))
    query = query.order_by(HOPS.c.claim, HOPS.c.position).execution_options(yield_per=BATCH)
    hops = session.execute(query).mappings()
    for claim, chain in groupby(hops, key=itemgetter("claim")):
        yield claim, [{name: hop[name] for name in HOP} for hop in chain]


def _days(said_on: Range[Any] | None) -> list[str] | None:
    """A daterange, which PostgreSQL keeps half-open, as its first and last day."""
    if said_on is None:
        return None
    last = said_on.upper.fromordinal(said_on.upper.toordinal() - 1) if said_on.upper else None
    return [str(said_on.lower), str(last)]


def load_best(session: Session, *, limit: int) -> list[Record]:
    """The proposals that the machine is surest of: speaker, form and content."""
    view = _view(CLAIM_VIEWS["proposed"][0], *BEST, "extractor_score", "claim")
    query = select(view.c.speaker, view.c.form, view.c.content)
    query = query.order_by(view.c.extractor_score.desc(), view.c.claim).limit(limit)
    return [{name: row[name] for name in BEST} for row in session.execute(query).mappings()]
