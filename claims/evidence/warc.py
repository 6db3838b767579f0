"""Writes evidence as a web archive that any replay tool opens."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, TypeAlias

import orjson
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims import __version__
from claims.evidence.stored import ArchiveRecord, CitedClaim, StoredVersion
from claims.model.identity import derived_id

if TYPE_CHECKING:
    from claims.model.json import Json

STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
WithBytes: TypeAlias = tuple[StoredVersion, Iterable[ArchiveRecord]]
REWRITTEN = frozenset({"transfer-encoding", "content-encoding", "content-length"})
"""Headers that described the bytes of the transfer. They are kept under another name."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A record without HTTP headers."""

    kind: str
    uri: str | None
    content: bytes
    media_type: str


def write_warc(
    out: IO[bytes], versions: Iterable[WithBytes], claim: CitedClaim | None, now: datetime
) -> int:
    """Write versions with their bytes, each record a gzip member of its own.

    After a `warcinfo` record, each version has a `response` (or, of a file, a `resource`) for all
    bytes it was seen in, a `conversion` with its text, which spans count, and a `metadata` that
    says in JSON how they belong together. The same evidence and moment give the same file.

    Args:
        out: The file to write to.
        versions: What to write, each with the bytes it was seen in.
        claim: The claim whose words are to be found in it.
        now: When it is written.

    Returns:
        How many versions were written.
    """
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    _write_head(writer, claim, now)
    count, written = 0, set()
    for version, records in versions:
        for record in records:
            if record.id not in written:
                written.add(record.id)
                _write_bytes(writer, version, record)
        _write_text(writer, version)
        _write_facts(writer, version, claim)
        count += 1
    return count


def _write_head(writer: WARCWriter, claim: CitedClaim | None, now: datetime) -> None:
    facts = {
        "software": f"claims/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": STANDARD,
        "description": f"Evidence of claim {claim.id}" if claim else "Evidence of a document",
    }
    block = "".join(f"{name}: {fact}\r\n" for name, fact in facts.items()).encode()
    subject = str(claim.id) if claim else ""
    fields = {
        "WARC-Record-ID": _urn("warcinfo", subject, now.isoformat()),
        "WARC-Date": _date(now),
    }
    record = _Block("warcinfo", None, block, "application/warc-fields")
    _write(writer, record, fields)


def _write_bytes(writer: WARCWriter, version: StoredVersion, record: ArchiveRecord) -> None:
    fields = {
        "WARC-Record-ID": _record_urn(record),
        "WARC-Date": _date(record.retrieved_at),
        "WARC-Payload-Digest": f"sha256:{record.sha256.hex()}",
    }
    if record.uri is None or record.http_status is None:
        uri = record.uri or version.url or f"urn:uuid:{record.id}"
        _write(writer, _Block("resource", uri, record.payload, record.media_type), fields)
        return
    answer = StatusAndHeaders(_status_line(record.http_status), _headers(record), "HTTP/1.1")
    block = io.BytesIO(record.payload)
    writer.write_record(
        writer.create_warc_record(
            _one_line(record.uri), "response", payload=block, length=len(record.payload),
            http_headers=answer, warc_headers_dict=fields,
        )
    )  # fmt: skip


def _write_text(writer: WARCWriter, version: StoredVersion) -> None:
    record = version.record
    uri = record.uri or version.url or f"urn:uuid:{record.id}"
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{version.id}>",
        "WARC-Date": _date(version.retrieved_at),
        "WARC-Refers-To": _record_urn(record),
        "WARC-Payload-Digest": f"sha256:{version.sha256.hex()}",
    }
    text = _Block("conversion", uri, version.text.encode(), "text/plain; charset=utf-8")
    _write(writer, text, fields)


def _write_facts(writer: WARCWriter, version: StoredVersion, claim: CitedClaim | None) -> None:
    """How text, bytes and claim belong together, in JSON."""
    facts: dict[str, Json] = {
        "document": str(version.document),
        "version": str(version.id),
        "number": version.number,
        "reader": version.reader,
        "part": version.part,
        "title": version.title,
        "outlet": version.outlet,
        "published": version.published_at.isoformat() if version.published_at else None,
        "url": version.url,
        "redirects": list(version.record.redirects),
        "first WARC-Record-ID": version.record.warc_record,
    }
    if claim and claim.version == version.id:
        facts["claim"] = {
            "id": str(claim.id),
            "text": claim.text,
            "reported": claim.reported,
            "spans": [list(span) for span in claim.spans],
            "counted in": "Unicode code points of the conversion record",
        }
    block = orjson.dumps(facts, option=orjson.OPT_INDENT_2)
    record = version.record
    uri = record.uri or version.url or f"urn:uuid:{record.id}"
    fields = {
        "WARC-Record-ID": _urn("metadata", str(version.id), str(claim.id) if claim else ""),
        "WARC-Date": _date(version.retrieved_at),
        "WARC-Refers-To": f"<urn:uuid:{version.id}>",
    }
    _write(writer, _Block("metadata", uri, block, "application/json"), fields)


def _write(writer: WARCWriter, block: _Block, fields: dict[str, str]) -> None:
    writer.write_record(
        writer.create_warc_record(
            _one_line(block.uri or ""), block.kind,
            payload=io.BytesIO(block.content), length=len(block.content),
            warc_content_type=block.media_type, warc_headers_dict=fields,
        )
    )  # fmt: skip


def _headers(record: ArchiveRecord) -> list[tuple[str, str]]:
    """The stored headers, with a length and without encodings that the bytes no longer have."""
    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() in REWRITTEN else name, value)
        for name, value in record.http_headers
    ]
    headers.append(("Content-Length", str(len(record.payload))))
    return [(_one_line(name), _one_line(value)) for name, value in headers]


def _status_line(status: int) -> str:
    phrases = {one.value: one.phrase for one in HTTPStatus}
    return f"{status} {phrases.get(status, 'Unknown')}"


def _record_urn(record: ArchiveRecord) -> str:
    return f"<urn:uuid:{record.id}>"


def _urn(*parts: str) -> str:
    return f"<urn:uuid:{derived_id(*parts)}>"


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _one_line(value: str) -> str:
    return " ".join(value.split())
