"""Stores the bytes that an article was read from."""

import hashlib
import uuid
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.model.article import Article
from claims.model.identity import derived_id
from claims.schema import ArchiveRecordRow
from claims.schema.base import Columns


def save_evidence(
    session: Session, article: Article, *, run: uuid.UUID, retrieved_at: datetime
) -> uuid.UUID:
    """Save the bytes of an article unless they are stored already; returns their record's id.

    Args:
        session: A writing session; the run is saved in it.
        article: Whose bytes they are.
        run: The run that read them.
        retrieved_at: When a file was read; a capture has its own moment.
    """
    row = evidence_row(article, run=run, retrieved_at=retrieved_at)
    statement = insert(ArchiveRecordRow).values(row)
    session.execute(statement.on_conflict_do_nothing(index_elements=[ArchiveRecordRow.id]))
    return evidence_id(article)


def evidence_id(article: Article) -> uuid.UUID:
    """The id of the record of an article's bytes: of the same from the same address the same."""
    uri = _storable(article.capture.uri) if article.capture else ""
    sha256 = hashlib.sha256(article.archived).hexdigest()
    return derived_id("archive_record", uri, article.media_type, sha256)


def evidence_row(article: Article, *, run: uuid.UUID, retrieved_at: datetime) -> Columns:
    """The columns of the record of an article's bytes."""
    capture = article.capture
    pairs = capture.http_headers if capture else ()
    return {
        "id": evidence_id(article),
        "uri": _storable(capture.uri) if capture else None,
        "retrieved_at": capture.retrieved_at if capture else retrieved_at,
        "http_status": capture.http_status if capture else None,
        "http_headers": [[_storable(name), _storable(value)] for name, value in pairs],
        "redirects": [_storable(url) for url in capture.redirects] if capture else [],
        "media_type": article.media_type,
        "warc_record": _storable(capture.warc_record or "") or None if capture else None,
        "payload": article.archived,
        "sha256": hashlib.sha256(article.archived).digest(),
        "size": len(article.archived),
        "run": run,
    }


def _storable(value: str) -> str:
    """Text as PostgreSQL takes it: a server may send a NUL, and headers are any bytes."""
    return value.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()
