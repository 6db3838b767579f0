"""Loads evidence from the database."""

import uuid
from collections.abc import Iterator

from sqlalchemy import Select, exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from claims.catalogue.errors import AmbiguousIdError, UnknownIdError
from claims.catalogue.find import id_range
from claims.catalogue.modes import load_modes
from claims.database.ranges import to_spans
from claims.evidence.stored import ArchiveRecord, CitedClaim, Seen, StoredVersion
from claims.model.moment import at_offset
from claims.model.reported import reported_by
from claims.schema import (
    ArchiveRecordRow,
    ClaimRow,
    DocumentRow,
    DocumentVersionRow,
    SightingRow,
    SourceRow,
)

AT_ONCE = 8
"""Versions that are in memory at once: the bytes of one may be 64 MiB."""


def find_evidence(session: Session, prefix: str) -> CitedClaim | uuid.UUID:
    """The claim, or the id of the document, whose id begins with a prefix.

    Raises:
        UnknownIdError: No claim and no document has such an id.
        AmbiguousIdError: More than one has.
    """
    low, high = id_range(prefix)
    ids = union_all(
        select(literal("claim"), ClaimRow.id).where(ClaimRow.id.between(low, high)).limit(2),
        select(literal("document"), DocumentRow.id)
        .where(DocumentRow.id.between(low, high))
        .limit(2),
    )
    matches = session.execute(ids).all()
    if not matches:
        raise UnknownIdError(prefix, "neither a claim nor a document")
    if len(matches) > 1:
        some = " and ".join(f"{kind} {id_}" for kind, id_ in matches[:2])
        raise AmbiguousIdError(prefix, f"{some}, for instance")
    kind, id_ = matches[0]
    if kind == "document":
        document: uuid.UUID = id_
        return document
    columns = (ClaimRow.id, ClaimRow.version, ClaimRow.text, ClaimRow.content_spans)
    claim, version, text, spans = session.execute(select(*columns).where(ClaimRow.id == id_)).one()
    words = reported_by(text, load_modes(session, [claim])[claim])
    return CitedClaim(claim, version, text, to_spans(spans), words)


def load_version(session: Session, version: uuid.UUID) -> StoredVersion:
    """A version with its bytes.

    Raises:
        sqlalchemy.exc.NoResultFound: There is no such version.
    """
    query = _versions().where(DocumentVersionRow.id == version)
    return _stored(*session.execute(query).one())


def load_versions(session: Session, document: uuid.UUID | None = None) -> Iterator[StoredVersion]:
    """Versions with their bytes, a few at a time.

    Args:
        session: A reading session.
        document: Of this document, in the order of their numbers; None for all there are.
    """
    query = _versions()
    if document:
        query = query.where(DocumentVersionRow.document == document)
    query = query.order_by(DocumentVersionRow.document, DocumentVersionRow.number)
    for row in session.execute(query.execution_options(yield_per=AT_ONCE)):
        yield _stored(*row)


def load_seen(session: Session, version: uuid.UUID) -> list[Seen]:
    """When a version was seen, oldest first."""
    query = select(SightingRow.seen_at, SightingRow.archive_record)
    query = query.where(SightingRow.version == version).order_by(SightingRow.seen_at)
    return [Seen(at, record) for at, record in session.execute(query)]


def load_records(session: Session, version: uuid.UUID) -> Iterator[ArchiveRecord]:
    """The bytes in which a version was seen, those it was read from first at the beginning."""
    first = select(DocumentVersionRow.archive_record).where(DocumentVersionRow.id == version)
    seen = select(SightingRow.archive_record).where(SightingRow.version == version)
    query = (
        select(ArchiveRecordRow)
        .where(ArchiveRecordRow.id.in_(first) | ArchiveRecordRow.id.in_(seen))
        .order_by(ArchiveRecordRow.id != first.scalar_subquery(), ArchiveRecordRow.retrieved_at)
    )
    for row in session.scalars(query.execution_options(yield_per=AT_ONCE)):
        yield _record(row)


def count_versions(session: Session, document: uuid.UUID | None = None) -> int:
    """How many versions `load_versions` yields."""
    query = select(func.count()).select_from(DocumentVersionRow)
    if document:
        query = query.where(DocumentVersionRow.document == document)
    return session.scalar(query) or 0


def load_unread(session: Session) -> Iterator[ArchiveRecord]:
    """The records that no version was read from first: a page captured again, for instance."""
    used = exists().where(DocumentVersionRow.archive_record == ArchiveRecordRow.id)
    query = select(ArchiveRecordRow).where(~used).order_by(ArchiveRecordRow.id)
    for row in session.scalars(query.execution_options(yield_per=AT_ONCE)):
        yield _record(row)


def _versions() -> Select[DocumentVersionRow, DocumentRow, ArchiveRecordRow, str | None]:
    return (
        select(DocumentVersionRow, DocumentRow, ArchiveRecordRow, SourceRow.name)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .join(ArchiveRecordRow, ArchiveRecordRow.id == DocumentVersionRow.archive_record)
        .outerjoin(SourceRow, SourceRow.id == DocumentRow.outlet)
    )


def _stored(
    version: DocumentVersionRow, document: DocumentRow, record: ArchiveRecordRow, outlet: str | None
) -> StoredVersion:
    return StoredVersion(
        id=version.id,
        document=document.id,
        number=version.number,
        text=version.text,
        sha256=version.sha256,
        reader=version.reader,
        part=version.part,
        retrieved_at=version.retrieved_at,
        url=document.url,
        title=document.title,
        outlet=outlet,
        published_at=at_offset(document.published_at, document.published_offset),
        record=_record(record),
    )


def _record(row: ArchiveRecordRow) -> ArchiveRecord:
    return ArchiveRecord(
        id=row.id,
        uri=row.uri,
        retrieved_at=row.retrieved_at,
        http_status=row.http_status,
        http_headers=tuple((name, value) for name, value in row.http_headers),
        redirects=tuple(row.redirects),
        media_type=row.media_type,
        warc_record=row.warc_record,
        payload=row.payload,
        sha256=row.sha256,
    )
