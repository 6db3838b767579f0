"""Finds documents by id, address or filters, and reads their versions."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, TextClause, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from claims.catalogue.errors import AmbiguousIdError
from claims.catalogue.find import (
    embargo_end,
    id_range,
    is_named,
    is_published_yet,
    published_within,
)
from claims.catalogue.modes import load_modes
from claims.database.statements import in_state_of, read_statements, reads_past
from claims.documents.addresses import address_id
from claims.documents.errors import UnknownDocumentError
from claims.model.document import (
    DocumentClaim,
    DocumentFilters,
    DocumentLine,
    DocumentName,
    VersionLine,
)
from claims.model.kinds import WAITING
from claims.model.moment import at_offset
from claims.model.reported import reported
from claims.schema import (
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    SourceMergedRow,
    SourceRow,
    WaitingRow,
)

SQL = read_statements("claims.documents", "find.sql")

PUBLISHED = ("accepted", "corrected")


def find_document(session: Session, words: str) -> uuid.UUID:
    """The document with an address, or whose id begins with a prefix.

    Raises:
        UnknownDocumentError: There is none.
        AmbiguousIdError: More than one id begins so.
    """
    words = words.strip()
    if _is_address(words):
        document = session.scalar(_statement(session, "by_address"), {"address": address_id(words)})
        if document is None:
            raise UnknownDocumentError(words)
        return uuid.UUID(str(document))
    low, high = id_range(words, UnknownDocumentError)
    documents = list(session.scalars(_statement(session, "by_prefix"), {"low": low, "high": high}))
    if not documents:
        raise UnknownDocumentError(words)
    if len(documents) > 1:
        raise AmbiguousIdError(words, f"{documents[0]} and {documents[1]}, for instance")
    return uuid.UUID(str(documents[0]))


def _statement(session: Session, name: str) -> TextClause:
    return in_state_of(session, SQL[name])


def _is_address(words: str) -> bool:
    try:
        return bool(urlsplit(words).scheme)
    except ValueError:
        return True  # one that no program can take apart


def list_documents(
    session: Session, filters: DocumentFilters, *, limit: int, after: uuid.UUID | None = None
) -> list[DocumentLine]:
    """The documents that pass the filters, the newest first.

    Args:
        session: A session, reading or writing.
        filters: Conditions that a document must meet.
        limit: Most documents to return.
        after: Only documents that follow this one in the same order.
    """
    order = (
        func.coalesce(DocumentRow.published_at, datetime.min.replace(tzinfo=UTC)),
        DocumentRow.id,
    )
    query = select(DocumentRow.id).where(*_conditions(filters))
    if after is not None:
        last = select(*order).where(DocumentRow.id == after).scalar_subquery()
        query = query.where(tuple_(*order) < last)
    ids = list(session.scalars(query.order_by(*(key.desc() for key in order)).limit(limit)))
    return load_documents(session, ids)


def load_documents(session: Session, ids: list[uuid.UUID]) -> list[DocumentLine]:
    """Documents in the order of their ids."""
    claims = (
        select(func.count())
        .select_from(ClaimRow)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .where(DocumentVersionRow.document == DocumentRow.id)
    )
    merged = aliased(SourceMergedRow)
    rows = session.execute(
        select(
            DocumentRow.published_offset,
            DocumentRow.id,
            SourceRow.name,
            DocumentRow.title,
            DocumentRow.url,
            DocumentRow.published_at,
            DocumentRow.shown_status,
            select(func.count())
            .where(DocumentVersionRow.document == DocumentRow.id)
            .scalar_subquery(),
            _waiting(session, claims).scalar_subquery(),
            claims.where(ClaimRow.status.in_(PUBLISHED)).scalar_subquery(),
            embargo_end(),
        )
        .outerjoin(merged, merged.source == DocumentRow.outlet)
        .outerjoin(SourceRow, SourceRow.id == func.coalesce(merged.root, DocumentRow.outlet))
        .where(DocumentRow.id.in_(ids))
    )
    lines = {}
    for offset, *row in rows:
        line = DocumentLine(*row)
        lines[line.id] = replace(line, published_at=at_offset(line.published_at, offset))
    return [lines[id_] for id_ in ids]


def _waiting(session: Session, claims: Select[int]) -> Select[int]:
    """Those of some claims that wait. The queue has no past: there, those that nobody decided."""
    if reads_past(session):
        return claims.where(ClaimRow.status.in_(sorted(WAITING)))
    return claims.join(WaitingRow, WaitingRow.claim == ClaimRow.id)


def load_versions(session: Session, document: uuid.UUID) -> list[VersionLine]:
    """The versions of a document in the order of their numbers."""
    return [
        VersionLine(*row)
        for row in session.execute(_statement(session, "versions"), {"document": document})
    ]


def load_names(session: Session, document: uuid.UUID) -> list[DocumentName]:
    """The addresses of a document, then its ids, each as they were met."""
    return [
        DocumentName(*row)
        for row in session.execute(_statement(session, "names"), {"document": document})
    ]


def load_claims(session: Session, document: uuid.UUID) -> list[DocumentClaim]:
    """The claims of a document by version, in the order of the text."""
    rows = session.execute(_statement(session, "claims"), {"document": document}).all()
    modes = load_modes(session, [row.id for row in rows])
    return [
        DocumentClaim(
            **row._asdict(), mode=modes[row.id][0][1], reported=reported(row.text, modes[row.id])
        )
        for row in rows
    ]


def _conditions(filters: DocumentFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.outlet:
        conditions.append(is_named(DocumentRow.outlet, filters.outlet))
    if filters.title:
        conditions.append(DocumentRow.title.icontains(filters.title, autoescape=True))
    if filters.status:
        conditions.append(DocumentRow.shown_status == filters.status)
    if filters.published:
        published = (
            exists()
            .where(DocumentVersionRow.document == DocumentRow.id)
            .where(ClaimRow.version == DocumentVersionRow.id, ClaimRow.status.in_(PUBLISHED))
        )
        conditions += [published, is_published_yet()]
    return conditions + published_within(filters.since, filters.until)
