"""Claims that came through an article which is withdrawn: which article, in a line."""

import uuid
from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.catalogue.find import is_published_yet
from claims.model.kinds import DocumentStatus
from claims.schema import (
    AttributionRow,
    ClaimLinkRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    SourceMergedRow,
    SourceRow,
)

LEAST: ColumnElement[int] = literal_column("30", Integer)
"""Characters from which the same words are taken for one utterance; as in the index on them."""

LINKED = ("same_words", "same_content")

CLAIMS: BindParameter[Sequence[uuid.UUID]] = bindparam("claims", type_=ARRAY(Uuid))
"""The claims that are asked about: an array, so that any number of them is the same statement."""


def load_origin_notes(session: Session, claims: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Through which withdrawn article claims came; a claim of which this is not known has no line.

    It is known of a claim whose chain names that article's outlet and whose words stand there too,
    or that people linked to a claim there. `claims_v1.withdrawn_origins` says it of those that are
    published; here it is said of all.
    """
    if not claims:
        return {}
    notes: dict[uuid.UUID, str] = {}
    rows = session.execute(_query(), {"claims": list(claims)})
    for claim, document, url, name, how in rows:
        line = f"came through document {str(document)[:8]} of {name}, which is withdrawn: {how}"
        notes.setdefault(claim, f"{line}{f' ({url})' if url else ''}")
    return notes


@cache
def _query() -> Select[uuid.UUID, uuid.UUID, str | None, str, str]:
    """The query, built once: each alias of a table costs more to build than the query to run."""
    twins = union(_same_words(), *_links()).subquery()
    origin, version, mine = aliased(ClaimRow), aliased(DocumentVersionRow), aliased(ClaimRow)
    where, outlet = aliased(DocumentVersionRow), aliased(SourceRow)
    return (
        select(twins.c.claim, DocumentRow.id, DocumentRow.url, outlet.name, twins.c.how)
        .join_from(twins, origin, origin.id == twins.c.origin)
        .join(version, version.id == origin.version)
        .join(DocumentRow, DocumentRow.id == version.document)
        .join(mine, mine.id == twins.c.claim)
        .join(where, where.id == mine.version)
        .join(outlet, outlet.id == _root(DocumentRow.outlet))
        .where(
            DocumentRow.shown_status == DocumentStatus.WITHDRAWN.value,
            DocumentRow.id != where.document,
            is_published_yet(),
            _is_carrier(twins.c.claim),
        )
        .order_by(twins.c.claim, DocumentRow.id, twins.c.how)
    )


def _same_words() -> Select[uuid.UUID, uuid.UUID, str]:
    mine, other = aliased(ClaimRow), aliased(ClaimRow)
    return select(
        mine.id.label("claim"), other.id.label("origin"), literal("the same words").label("how")
    ).where(
        mine.id == func.any(CLAIMS),
        other.id != mine.id,
        func.char_length(mine.text) >= LEAST,
        func.char_length(other.text) >= LEAST,
        _words(mine) == _words(other),
    )


def _words(claim: type[ClaimRow]) -> ColumnElement[str]:
    """The expression of the index on words."""
    folded = func.regexp_replace(
        func.lower(claim.text), *map(literal_column, ("'[^[:alnum:]]+'", "' '", "'g'"))
    )
    return func.md5(folded)


def _links() -> list[Select[uuid.UUID, uuid.UUID, str]]:
    how = case(
        (ClaimLinkRow.kind == "same_words", "linked as the same words"),
        else_="linked as the same content",
    )
    return [
        select(here, there, how).where(here == func.any(CLAIMS), ClaimLinkRow.kind.in_(LINKED))
        for here, there in (
            (ClaimLinkRow.a, ClaimLinkRow.b),
            (ClaimLinkRow.b, ClaimLinkRow.a),
        )
    ]


def _root(source: InstrumentedAttribute[uuid.UUID | None]) -> ColumnElement[uuid.UUID]:
    """The source that stands for another after merges."""
    merged = aliased(SourceMergedRow)
    root = select(merged.root).where(merged.source == source).scalar_subquery()
    return func.coalesce(root, source)


def _is_carrier(claim: ColumnElement[uuid.UUID]) -> ColumnElement[bool]:
    """Whether the document's outlet stands in a claim's chain."""
    hop = aliased(AttributionRow)
    roots = select(_root(hop.source)).where(hop.claim == claim, hop.source.is_not(None))
    return _root(DocumentRow.outlet).in_(roots)
