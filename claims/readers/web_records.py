"""The records of a WARC or ARC file, one after the other, whatever is broken between them.

warcio parses records and checks digests. It reads on silently where a file is cut and stops at
damage, so that where a record begins and ends is watched here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from warcio.digestverifyingreader import DigestChecker
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders

from claims.readers.digests import is_digest
from claims.readers.record_stream import (
    MAGIC,
    BrokenRecordError,
    RecordStream,
    SmallMember,
    begins_record,
    find_record,
    open_segment,
)
from claims.text.clean import clean_line

BLOCK = 1 << 16
LARGEST_BODY = 64 << 20


@dataclass(frozen=True, slots=True)
class WebRecord:
    """One whole record.

    Attributes:
        parsed: As warcio parsed it; its stream is at its end.
        offset: Where it begins, or the gzip member that holds it.
        alone: Whether it can be read again from there.
        body: What follows the HTTP headers, as it stands there; None if nobody wanted it or it is
            longer than `LARGEST_BODY`.
        size: Bytes of the body.
    """

    parsed: ArcWarcRecord
    offset: int
    alone: bool
    body: bytes | None
    size: int


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a file is broken.

    Attributes:
        offset: Of the broken record.
        detail: What is wrong, in one line.
        cut: Whether the file ends within the record.
    """

    offset: int
    detail: str
    cut: bool = False


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]
    """warcio's parser; a digest that it could not decode is a failed one and no exception."""

    def wrap_digest_verifying_stream(  # noqa: PLR0917 - warcio's signature
        self,
        stream: LimitReader,
        rec_type: str,
        rec_headers: StatusAndHeaders,
        digest_checker: DigestChecker,
        length: int | None = None,
    ) -> tuple[LimitReader, bool]:
        for name in ("WARC-Payload-Digest", "WARC-Block-Digest"):
            while (digest := rec_headers.get_header(name)) and not is_digest(digest):
                digest_checker.problem(f"{name} cannot be read: {digest[:80]}")
                rec_headers.remove_header(name)
        wrapped: tuple[LimitReader, bool] = super().wrap_digest_verifying_stream(
            stream, rec_type, rec_headers, digest_checker, length=length
        )
        return wrapped


LOADER = _Loader(verify_http=False, arc2warc=True)

IsWanted: TypeAlias = Callable[[ArcWarcRecord], bool]


def read_records(
    file: BinaryIO, is_wanted: IsWanted, offset: int = 0
) -> Iterator[WebRecord | Damage]:
    """The records from an offset on; after damage it goes on at the next record.

    Args:
        file: A file that can be searched.
        is_wanted: Whether a record's body is to be kept.
        offset: Where a record begins.
    """
    file.seek(0)
    packed = file.read(len(MAGIC)) == MAGIC
    at: int | None = offset
    while at is not None and (stream := open_segment(file, at)):
        begins = at
        try:
            yield from _records_of(stream, begins, is_wanted)
            at = stream.end
        except BrokenRecordError as error:
            broken = begins if stream.packed else begins + stream.record_at
            yield Damage(broken, clean_line(str(error)), cut=error.cut)
            at = find_record(file, broken + 1, packed=packed)


def _records_of(
    stream: RecordStream | SmallMember, begins: int, is_wanted: IsWanted
) -> Iterator[WebRecord]:
    line = stream.find_line()
    first = True
    while line:
        stream.begin(line)
        if not begins_record(line):
            raise BrokenRecordError("no record begins here")
        offset = begins if stream.packed else begins + stream.record_at
        parsed = _parse(stream, line)
        body, size = _read_body(parsed, is_wanted)
        line = stream.find_line()
        if line and not begins_record(line):
            raise BrokenRecordError("it goes on after the length that it gives")
        alone = not stream.packed or (first and not line)
        yield WebRecord(parsed, offset, alone, body, size)
        first = False


def _parse(stream: RecordStream | SmallMember, line: bytes) -> ArcWarcRecord:
    try:
        parsed = LOADER.parse_record_stream(stream, line, check_digests=True)
    except BrokenRecordError:
        raise
    except EOFError as error:
        raise BrokenRecordError("it ends within its headers", cut=True) from error
    except Exception as error:  # whatever odd headers do to warcio
        detail = " ".join(str(error).split())[:200]
        raise BrokenRecordError(f"its headers cannot be read: {detail}") from error
    length = parsed.rec_headers.get_header("Content-Length")
    if not length or not length.strip().isdigit():
        raise BrokenRecordError(f"its length is no number: {str(length)[:40]}")
    return parsed


def _read_body(parsed: ArcWarcRecord, is_wanted: IsWanted) -> tuple[bytes | None, int]:
    stream = parsed.raw_stream
    body: bytes | None = stream.read(LARGEST_BODY + 1) if is_wanted(parsed) else None
    size = len(body or b"")
    while block := stream.read(BLOCK):
        size += len(block)
    if stream.limit:
        raise BrokenRecordError(
            f"it ends {stream.limit} bytes before the length it gives", cut=True
        )
    return (None if body is not None and len(body) > LARGEST_BODY else body), size
