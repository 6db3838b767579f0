"""Reads what is published, through the contract's views alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, MetaData, Select, Table, literal_column, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

Record = dict[str, Any]

BATCH = 500
CLAIM_VIEWS = {"accepted": "claims", "proposed": "proposals"}


def _view(name: str, *columns: str) -> Table:
    """A view with the columns read of it; a Table, which sessions of the past find elsewhere."""
    return Table(name, MetaData(), *map(Column, columns), schema="claims_v1")


BEST = ("speaker", "form", "content")
HOP = ("position", "source", "source_kind", "mention", "cue", "capacity", "mode")
HOPS = _view("attributions", "claim", *HOP)


def load_claims(session: Session, status: str) -> Iterator[Record]:
    """Claims of one status with their chains, in the order of their ids, in constant memory.

    Args:
        session: A session, reading or writing.
        status: accepted or proposed.

    Yields:
        The view's columns by name, days as [first, last], and `chain`, a list of hops.
    """
    view = _view(CLAIM_VIEWS[status], "claim")
    query: Select[Any] = select(literal_column("*")).select_from(view).order_by(view.c.claim)
    result = session.execute(query.execution_options(yield_per=BATCH))
    for rows in result.mappings().partitions():
        chains = _load_chains(session, [row["claim"] for row in rows])
        for row in rows:
            yield {**row, "said_on": _days(row["said_on"]), "chain": chains[row["claim"]]}


def _load_chains(session: Session, claims: Sequence[Any]) -> dict[Any, list[Record]]:
    query = select(HOPS).where(HOPS.c.claim.in_(claims)).order_by(HOPS.c.claim, HOPS.c.position)
    chains: dict[Any, list[Record]] = {}
    for row in session.execute(query).mappings():
        chains.setdefault(row["claim"], []).append({name: row[name] for name in HOP})
    return chains


def _days(said_on: Range[Any] | None) -> list[str] | None:
    """A daterange, which PostgreSQL keeps half-open, as its first and last day."""
    if said_on is None:
        return None
    last = said_on.upper.fromordinal(said_on.upper.toordinal() - 1) if said_on.upper else None
    return [str(said_on.lower), str(last)]


def load_best(session: Session, *, limit: int) -> list[Record]:
    """The proposals that the machine is surest of: speaker, form and content."""
    view = _view(CLAIM_VIEWS["proposed"], *BEST, "extractor_score", "claim")
    query = select(view.c.speaker, view.c.form, view.c.content)
    query = query.order_by(view.c.extractor_score.desc(), view.c.claim).limit(limit)
    return [{name: row[name] for name in BEST} for row in session.execute(query).mappings()]
