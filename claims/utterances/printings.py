"""Loads the reports of utterances, with their chains and origins."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import TextClause
from sqlalchemy.orm import Session

from claims.comparison.printing import Origin, Printing, Voice
from claims.database.ranges import to_days
from claims.database.statements import in_state_of, read_statements
from claims.model.kinds import SourceKind
from claims.model.moment import at_offset
from claims.model.reported import name_of

SQL = read_statements("claims.utterances", "printings.sql")

MOST = 1000
"""Most reports of one utterance that are loaded."""


def _statement(session: Session, name: str) -> TextClause:
    return in_state_of(session, SQL[name])


class _OriginRow(NamedTuple):
    document: uuid.UUID
    original: uuid.UUID
    origin: str | None
    origin_key: str
    rule: str
    reason: str


def fold_claims(session: Session, claims: Sequence[uuid.UUID], *, limit: int) -> list[uuid.UUID]:
    """The utterances that claims report, each once, that with the earliest printing first."""
    parameters = {"claims": list(claims), "limit": limit}
    return list(session.scalars(_statement(session, "folded"), parameters))


def load_printings_of(session: Session, claim: uuid.UUID) -> list[Printing]:
    """All reports of the utterance that a claim reports, in the order of their publication."""
    utterance = session.scalar(_statement(session, "utterance_of"), {"claim": claim})
    return load_printings(session, [utterance or claim])[utterance or claim]


def load_printings(
    session: Session, utterances: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[Printing]]:
    """The reports of utterances, at most `MOST` of each, in the order of their publication."""
    rows = session.execute(
        _statement(session, "printings"), {"utterances": list(utterances), "most": MOST}
    ).all()
    chains = _load_chains(session, [row.claim for row in rows])
    origins, originals = _load_origins(session, {row.document for row in rows})
    printings: dict[uuid.UUID, list[Printing]] = {utterance: [] for utterance in utterances}
    for row in rows:
        hops = chains[row.claim]
        printings[row.utterance].append(
            Printing(
                **{name: getattr(row, name) for name in _PLAIN},
                published_at=at_offset(row.published_at, row.published_offset),
                days=to_days(row.said_on),
                chain=tuple(voice for voice, _ in hops),
                original=originals.get(row.document),
                origins=_origins(hops, origins[row.document]),
            )
        )
    return printings


_PLAIN = (
    "utterance", "claim", "text", "statement", "form", "status", "kind", "document",
    "document_status", "outlet", "outlet_id", "url",
)  # fmt: skip

Hop = tuple[Voice, str | None]


def _load_chains(session: Session, claims: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Hop]]:
    chains: defaultdict[uuid.UUID, list[Hop]] = defaultdict(list)
    for row in session.execute(_statement(session, "chains"), {"claims": list(claims)}):
        voice = Voice(name_of(row.name, row.mention), row.mode, row.source)
        chains[row.claim].append((voice, row.kind))
    return chains


def _load_origins(
    session: Session, documents: Iterable[uuid.UUID]
) -> tuple[dict[uuid.UUID, list[_OriginRow]], dict[uuid.UUID, uuid.UUID]]:
    """The origins of documents, and of copies the article that each is printed from."""
    origins: defaultdict[uuid.UUID, list[_OriginRow]] = defaultdict(list)
    for row in session.execute(_statement(session, "origins"), {"documents": list(documents)}):
        origins[row.document].append(_OriginRow(*row))
    originals = {
        document: rows[0].original
        for document, rows in origins.items()
        if len(rows) == 1 and rows[0].original != document
    }
    return origins, originals


def _origins(hops: Sequence[Hop], of_document: Sequence[_OriginRow]) -> tuple[Origin, ...]:
    """Whom a claim was heard by: a person's word, else the outlet nearest to the speaker."""
    named = next((voice for voice, kind in hops if kind == SourceKind.OUTLET), None)
    if named is not None and not any(row.rule == "settled" for row in of_document):
        return (Origin(str(named.source), named.name, "Its chain names it."),)
    return tuple(Origin(row.origin_key, row.origin, row.reason) for row in of_document)


def load_settled(
    session: Session, claims: Sequence[uuid.UUID]
) -> list[tuple[uuid.UUID, uuid.UUID, str]]:
    """The links that people settled from or to claims and that say more than the same."""
    rows = session.execute(_statement(session, "settled"), {"claims": list(claims)})
    return [(row.a, row.b, row.kind) for row in rows]


def load_refused(
    session: Session, claims: Sequence[uuid.UUID]
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Pairs with one of these claims of which a person said that they speak of different things."""
    rows = session.execute(_statement(session, "refused"), {"claims": list(claims)})
    return [(row.a, row.b) for row in rows]
