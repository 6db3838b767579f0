"""What is known of the bytes behind a claim without reading them: digests, capture, sightings."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from claims.schema import ArchiveRecordRow, ClaimRow, DocumentVersionRow, SightingRow


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """The text that a claim's spans count, and the archive record that it was read from.

    Attributes:
        text_sha256: Digest of the text in UTF-8, in hexadecimal.
        reader: What made the text of the bytes.
        read_at: When.
        record: The archive record's id.
        bytes: How many there are.
        record_sha256: Their digest, in hexadecimal.
        media_type: What they are.
        uri: Where they were captured; None for a file.
        http_status: What the server answered.
        captured_at: When they came.
        warc_record: The id of the record in a WARC file, if they came from one.
        seen: How often the text was seen.
        first_seen: When first.
        last_seen: When last.
    """

    text_sha256: str
    reader: str
    read_at: datetime
    record: uuid.UUID
    bytes: int
    record_sha256: str
    media_type: str
    uri: str | None
    http_status: int | None
    captured_at: datetime
    warc_record: str | None
    seen: int
    first_seen: datetime | None
    last_seen: datetime | None


def load_evidence_facts(session: Session, claim: uuid.UUID) -> EvidenceFacts:
    """What is known of the bytes behind a claim."""
    seen = (
        select(
            func.count().label("seen"),
            func.min(SightingRow.seen_at).label("first_seen"),
            func.max(SightingRow.seen_at).label("last_seen"),
        )
        .where(SightingRow.version == DocumentVersionRow.id)
        .lateral("seen")
    )
    query = (
        select(
            func.encode(DocumentVersionRow.sha256, "hex"),
            DocumentVersionRow.reader,
            DocumentVersionRow.retrieved_at,
            ArchiveRecordRow.id,
            func.octet_length(ArchiveRecordRow.payload),
            func.encode(ArchiveRecordRow.sha256, "hex"),
            ArchiveRecordRow.media_type,
            ArchiveRecordRow.uri,
            ArchiveRecordRow.http_status,
            ArchiveRecordRow.retrieved_at,
            ArchiveRecordRow.warc_record,
            seen.c.seen,
            seen.c.first_seen,
            seen.c.last_seen,
        )
        .select_from(ClaimRow)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(ArchiveRecordRow, ArchiveRecordRow.id == DocumentVersionRow.archive_record)
        .join(seen, true())
        .where(ClaimRow.id == claim)
    )
    return EvidenceFacts(*session.execute(query).one())
