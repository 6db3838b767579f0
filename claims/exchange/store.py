"""Reads what is published, through the contract's views alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, column, literal_column, select, table
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

Record = dict[str, Any]

BATCH = 500
CLAIM_VIEWS = {"accepted": "claims", "proposed": "proposals"}
HOPS = table(
    "attributions",
    *(column(name) for name in ("claim", "position", "source", "source_kind", "mention", "cue")),
    *(column(name) for name in ("capacity", "mode")),
    schema="claims_v1",
)


def load_claims(session: Session, status: str) -> Iterator[Record]:
    """Claims of one status with their chains, in the order of their ids, in constant memory.

    Args:
        session: A session, reading or writing.
        status: accepted or proposed.

    Yields:
        The view's columns by name, days as [first, last], and `chain`, a list of hops.
    """
    view = table(CLAIM_VIEWS[status], column("claim"), schema="claims_v1")
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
        hop = {name: value for name, value in row.items() if name != "claim"}
        chains.setdefault(row["claim"], []).append(hop)
    return chains


def _days(said_on: Range[Any] | None) -> list[str] | None:
    """A daterange, which PostgreSQL keeps half-open, as its first and last day."""
    if said_on is None:
        return None
    last = said_on.upper.fromordinal(said_on.upper.toordinal() - 1) if said_on.upper else None
    return [str(said_on.lower), str(last)]


def load_best(session: Session, *, limit: int) -> list[Record]:
    """The proposals that the machine is surest of: speaker, form and content."""
    view = table(
        CLAIM_VIEWS["proposed"],
        *(column(name) for name in ("speaker", "form", "content", "extractor_score", "claim")),
        schema="claims_v1",
    )
    query = select(view.c.speaker, view.c.form, view.c.content)
    query = query.order_by(view.c.extractor_score.desc(), view.c.claim).limit(limit)
    return [dict(row) for row in session.execute(query).mappings()]
