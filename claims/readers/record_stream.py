"""Reads files of records, packed one by one or as they are, and finds the next after damage."""

import io
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"\x1f\x8b\x08"
MEMBER_START = re.compile(rb"\x1f\x8b\x08(?=[\x00-\x1f])")
CHUNK = 1 << 14
"""Bytes read at once; what of the last chunk belongs to the next member is read again."""
SEARCHED, OVERLAP = 1 << 20, 1 << 12
"""Bytes searched at once for a record, and how many are searched twice, as one may begin there."""
LARGEST_MEMBER = 10 << 30
MOST_TIMES, UNJUDGED = 200, 1 << 20
"""How many times its size a member may unpack to, and from how many bytes on that is asked."""
LARGEST_SMALL = 1 << 20
LONGEST_HEADER = 1 << 20
"""Bytes of a record's headers, all lines together."""

WARC_START = re.compile(rb"WARC/\d\.\d+\r*\n")
# URL, address, moment, media type, length: no line of a page is likely to look like this.
ARC_START = re.compile(rb"[a-z][a-z0-9+.-]*:[^\n]+ [0-9a-fA-F.:]+ \d{14} .*?\d+\r?\n")
LINE_START = re.compile(rb"\n(?:%b|%b)" % (WARC_START.pattern, ARC_START.pattern))


class BrokenRecordError(Exception):
    """A record that cannot be read; the message says why, for a problem.

    Attributes:
        cut: Whether the file ends within it.
    """

    def __init__(self, message: str, *, cut: bool = False) -> None:
        super().__init__(message)
        self.cut = cut


class GzipMember(io.RawIOBase):
    """What a gzip member of a file unpacks to; `end` is where the next begins, once it was read."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__()
        self._file, self._at, self._offset = file, offset, offset
        self._unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._size = 0
        self.end: int | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Unpack at most as much as the buffer takes.

        Raises:
            BrokenRecordError: It is damaged, cut off, or unpacks to too much.
        """
        view = memoryview(buffer)
        unpacked = b""
        while self.end is None and not unpacked:
            unpacked = self._unpack(len(view))
        view[: len(unpacked)] = unpacked
        return len(unpacked)

    def _unpack(self, size: int) -> bytes:
        packed = self._unzip.unconsumed_tail or self._read()
        try:
            unpacked = self._unzip.decompress(packed, size)
        except zlib.error as error:
            raise BrokenRecordError(f"its gzip member is damaged: {error}") from error
        if self._unzip.eof:
            self.end = self._at - len(self._unzip.unused_data)
        self._count(len(unpacked))
        return unpacked

    def _read(self) -> bytes:
        # Somebody else may have read elsewhere since; within its buffer a seek costs nothing.
        self._file.seek(self._at)
        packed = self._file.read(CHUNK)
        if not packed:
            raise BrokenRecordError("the file ends within its gzip member", cut=True)
        self._at += len(packed)
        return packed

    def _count(self, size: int) -> None:
        self._size += size
        packed = self._at - self._offset
        if self._size > LARGEST_MEMBER or self._size > max(UNJUDGED, MOST_TIMES * packed):
            raise BrokenRecordError(f"its gzip member unpacks to more than {self._size} bytes")


class PlainRest(io.RawIOBase):
    """The rest of a file whose records are not packed."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__()
        self._file, self._at = file, offset
        self.end: int | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read as much as the buffer takes."""
        view = memoryview(buffer)
        self._file.seek(self._at)
        read = self._file.read(len(view))
        view[: len(read)] = read
        self._at += len(read)
        if not read:
            self.end = self._at
        return len(read)


class RecordStream(io.BufferedReader):
    """A buffered segment that counts what was taken and limits the lines of headers.

    Attributes:
        packed: Whether it is a gzip member.
        record_at: How many bytes of it stand before the record that is read.
    """

    def __init__(self, segment: GzipMember | PlainRest) -> None:
        super().__init__(segment, 1 << 16)
        self._segment = segment
        self.packed = isinstance(segment, GzipMember)
        self.record_at = 0
        self._read_so_far = 0
        self._header_left = LONGEST_HEADER

    @property
    def end(self) -> int | None:
        """Where what follows it begins, once it was read."""
        return self._segment.end

    def find_line(self) -> bytes:
        """The next line that is not blank; empty at the end."""
        self._header_left = LONGEST_HEADER
        while line := self.readline():
            if line.strip():
                return line
        return b""

    def begin(self, line: bytes) -> None:
        """A record begins with the line that was read last."""
        self.record_at = self._read_so_far - len(line)
        self._header_left = LONGEST_HEADER

    def read(self, size: int | None = -1, /) -> bytes:
        """Bytes, counted."""
        read = super().read(size)
        self._read_so_far += len(read)
        return read

    def readline(self, size: int | None = -1, /) -> bytes:
        """A line, counted; one without an end would fill the memory.

        Raises:
            BrokenRecordError: The record's headers are too long.
        """
        limit = self._header_left if size is None or size < 0 else min(size, self._header_left)
        line = super().readline(limit)
        self._read_so_far += len(line)
        self._header_left -= len(line)
        if self._header_left <= 0:
            raise BrokenRecordError(f"its headers are longer than {LONGEST_HEADER >> 20} MiB")
        return line


class SmallMember(io.BytesIO):
    """A gzip member that was unpacked at once: most records, in half the time.

    Attributes:
        end: Where the next member begins.
    """

    packed = True
    record_at = 0

    def __init__(self, unpacked: bytes, end: int) -> None:
        super().__init__(unpacked)
        self.end = end

    def find_line(self) -> bytes:
        """The next line that is not blank; empty at the end."""
        while line := self.readline():
            if line.strip():
                return line
        return b""

    def begin(self, line: bytes) -> None:
        """A record begins with the line that was read last."""


@contextmanager
def searchable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A stream whose bytes can be read again: itself, or what a pipe gives in a temporary file."""
    if stream.seekable():
        yield stream
        return
    with TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


def open_segment(file: BinaryIO, offset: int) -> RecordStream | SmallMember | None:
    """What stands at an offset: a gzip member, or the rest as it is; None at the file's end."""
    file.seek(offset)
    packed = file.read(CHUNK)
    if not packed:
        return None
    if not packed.startswith(MAGIC):
        return RecordStream(PlainRest(file, offset))
    unzip, unpacked, end = zlib.decompressobj(16 + zlib.MAX_WBITS), [], offset
    left = LARGEST_SMALL
    try:
        while packed and left > 0:
            unpacked.append(unzip.decompress(packed, left))
            end, left = end + len(packed), left - len(unpacked[-1])
            if unzip.eof:
                return SmallMember(b"".join(unpacked), end - len(unzip.unused_data))
            packed = file.read(CHUNK)
    except zlib.error:
        pass  # read bit by bit, it breaks where it is damaged
    return RecordStream(GzipMember(file, offset))


def begins_record(line: bytes) -> bool:
    """Whether a line is the first of a WARC or ARC record."""
    return bool(WARC_START.match(line) or ARC_START.match(line))


def find_record(file: BinaryIO, offset: int, *, packed: bool) -> int | None:
    """Where the next record begins at or after an offset; None if no other follows.

    Args:
        file: The file, which is searched.
        offset: From where on.
        packed: Whether records are gzip members.
    """
    size = CHUNK  # the next record is often near
    while True:
        file.seek(offset)
        searched = file.read(size)
        at = _find_member(searched) if packed else _find_line(searched)
        if at is not None:
            return offset + at
        if len(searched) < size:
            return None
        offset += size - OVERLAP
        size = SEARCHED


def _find_line(searched: bytes) -> int | None:
    match = LINE_START.search(searched)
    return match.start() + 1 if match else None


def _find_member(searched: bytes) -> int | None:
    """The first gzip member that unpacks to a record: its magic may stand in any packed bytes."""
    for match in MEMBER_START.finditer(searched):
        head = searched[match.start() : match.start() + OVERLAP]
        if begins_record(unpack_head(head)):
            return match.start()
    return None


def unpack_head(head: bytes) -> bytes:
    """The first bytes of a gzip member unpacked; other bytes as they are."""
    if not head.startswith(MAGIC):
        return head
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, CHUNK)
    except zlib.error:
        return b""
