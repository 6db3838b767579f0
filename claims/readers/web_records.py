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
from claims.readers.record_search import MAGIC, MOST_ALIKE, RecordSearch, begins_record
from claims.readers.record_stream import (
    BrokenRecordError,
    RecordStream,
    SmallMember,
    open_segment,
)
from claims.text.clean import clean_line

BLOCK = 1 << 16
LARGEST_BODY = 64 << 20
MOST_EMPTY = 1000
"""Gzip members in a row without a record."""
MOST_BROKEN = 1000
"""Broken records in a row, without a whole one between them."""
FREE_RECORDS, LEAST_PACKED = 100, 64
"""Records of one gzip member that need no more room, and the packed bytes that each other one takes
at least: its id and digests alone, which are random, take as many."""


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
    search = RecordSearch(file, packed=file.read(len(MAGIC)) == MAGIC)
    at: int | None = offset
    empty = broken = 0
    while at is not None and (stream := open_segment(file, at)):
        begins, whole = at, 0
        try:
            for record in _records_of(stream, begins, is_wanted):
                whole += 1
                yield record
            empty = 0 if whole else empty + 1
            _require_some(empty)
            at = stream.end
        except BrokenRecordError as error:
            broken_at = begins if stream.packed else begins + stream.record_at
            yield Damage(broken_at, clean_line(str(error)), cut=error.cut)
            empty, broken = 0, 1 if whole else broken + 1
            at = search.find(broken_at + 1) if broken < MOST_BROKEN else None
            if broken == MOST_BROKEN or search.gave_up:
                yield _given_up(broken_at, search)


def _require_some(empty: int) -> None:
    if empty > MOST_EMPTY:
        raise BrokenRecordError(f"{MOST_EMPTY} gzip members in a row hold no record")


def _given_up(offset: int, search: RecordSearch) -> Damage:
    many = f"{MOST_ALIKE:,} gzip members" if search.gave_up else f"{MOST_BROKEN:,} records"
    return Damage(offset, f"{many} are broken; what follows was not read")


def _records_of(
    stream: RecordStream | SmallMember, begins: int, is_wanted: IsWanted
) -> Iterator[WebRecord]:
    line = stream.find_line()
    number = 0
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
        alone = not stream.packed or (number == 0 and not line)
        yield WebRecord(parsed, offset, alone, body, size)
        number += 1
        if stream.packed and number > FREE_RECORDS + (stream.at - begins) // LEAST_PACKED:
            raise BrokenRecordError(f"its gzip member unpacks to more than {number} records")


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
    if not parsed.rec_type:
        raise BrokenRecordError("it has no WARC-Type")
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
