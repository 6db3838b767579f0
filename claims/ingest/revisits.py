"""Pages of web archives that had not changed since a capture that is stored from another file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.documents.addresses import address_id
from claims.model.article import Article, ReaderRecord
from claims.model.problem import UnresolvedRevisit
from claims.readers.digests import has_digest
from claims.readers.http_body import content_type, parse_content_type
from claims.readers.options import ReadOptions
from claims.readers.printed_notices import read_printed
from claims.readers.warc import read_capture
from claims.schema import ArchiveRecordRow, DocumentAddressRow, SightingRow

MOST_CAPTURES = 50
"""Captures of one address that are looked at, the newest first."""

Other = TypeVar("Other")


def resolve_revisits(
    database: Database, records: Iterable[ReaderRecord | Other]
) -> Iterator[ReaderRecord | Other]:
    """Put the articles of stored evidence in the place of revisits that refer to it.

    What refers to nothing that is stored stays the problem that it is.
    """
    for record in records:
        if not isinstance(record, UnresolvedRevisit):
            yield record
            continue
        with database.reader() as session:
            articles = _read_stored(session, record)
        yield from articles or [record]


def _read_stored(session: Session, revisit: UnresolvedRevisit) -> list[ReaderRecord]:
    capture = revisit.capture
    record = _find_record(session, revisit) if capture else None
    if capture is None or record is None:
        return []
    media_type, charset = parse_content_type(record.media_type)
    options = ReadOptions(charset=charset or content_type(record.http_headers)[1])
    answer = replace(
        capture,
        http_status=record.http_status,
        http_headers=tuple((name, value) for name, value in record.http_headers),
    )
    articles: list[ReaderRecord] = []
    records = read_capture(revisit.place, answer, record.payload, options, media_type=media_type)
    for one in records:
        # The bytes are stored once, under the media type that they were stored with.
        if isinstance(one, Article):
            articles += read_printed(replace(one, media_type=record.media_type))
        else:
            articles.append(one)
    return articles


def _find_record(session: Session, revisit: UnresolvedRevisit) -> ArchiveRecordRow | None:
    """The stored record with the id or the digest that a revisit names, of one of its addresses."""
    uris = {revisit.refers_to_uri, revisit.capture.uri if revisit.capture else None} - {None}
    documents = select(DocumentAddressRow.document).where(
        DocumentAddressRow.id.in_([address_id(uri) for uri in uris if uri])
    )
    captures = (
        select(ArchiveRecordRow.id)
        .where(
            ArchiveRecordRow.id.in_(
                select(SightingRow.archive_record).where(SightingRow.document.in_(documents))
            ),
            or_(ArchiveRecordRow.uri.in_(uris), ArchiveRecordRow.warc_record == revisit.refers_to),
        )
        .order_by(
            (ArchiveRecordRow.warc_record == revisit.refers_to).desc().nulls_last(),
            ArchiveRecordRow.retrieved_at.desc(),
        )
        .limit(MOST_CAPTURES)
    )
    digest = revisit.payload_digest or ""
    for id_ in session.scalars(captures).all():
        # One after the other: a page may have 64 MiB.
        record = session.get_one(ArchiveRecordRow, id_)
        is_named = record.warc_record is not None and record.warc_record == revisit.refers_to
        if is_named or has_digest(digest, [record.payload]):
            return record
        session.expunge(record)
    return None
