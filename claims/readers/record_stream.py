"""Reads files of records, packed one by one or as they are."""

import io
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from claims.readers.record_search import CHUNK, MAGIC, WARC_START

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LARGEST_MEMBER = 10 << 30
MOST_TIMES, UNJUDGED = 200, 1 << 20
"""How many times its size a member may unpack to, and from how many bytes on that is asked."""
LARGEST_SMALL = 1 << 20
LONGEST_HEADER = 1 << 20
"""Bytes of a record's headers, all lines together."""
MOST_LINES = 1000
"""Of a record's headers; each takes warcio some microseconds."""
BLANK_LINE = re.compile(rb"\n\r?\n")


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

    @property
    def at(self) -> int:
        """How far the file was read for it."""
        return self._at

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

    @property
    def at(self) -> int:
        """How far the file was read for it."""
        return self._at

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
        self._lines_left = MOST_LINES

    @property
    def end(self) -> int | None:
        """Where what follows it begins, once it was read."""
        return self._segment.end

    @property
    def at(self) -> int:
        """How far the file was read for it."""
        return self._segment.at

    def find_line(self) -> bytes:
        """The next line that is not blank; empty at the end."""
        self._header_left = LONGEST_HEADER
        while line := self._take_line(-1):
            if line.strip():
                return line
        return b""

    def begin(self, line: bytes) -> None:
        """A record begins with the line that was read last."""
        self.record_at = self._read_so_far - len(line)
        self._header_left = LONGEST_HEADER
        self._lines_left = MOST_LINES

    def read(self, size: int | None = -1, /) -> bytes:
        """Bytes, counted."""
        read = super().read(size)
        self._read_so_far += len(read)
        return read

    def readline(self, size: int | None = -1, /) -> bytes:
        """A line of headers, counted.

        Raises:
            BrokenRecordError: The headers are too long, or another record begins among them.
        """
        line = self._take_line(-1 if size is None else size)
        self._lines_left -= 1
        if self._lines_left < 0:
            raise BrokenRecordError(f"its headers have more than {MOST_LINES} lines")
        if WARC_START.match(line):
            raise BrokenRecordError("another record begins among its headers")
        return line

    def _take_line(self, size: int) -> bytes:
        """A line; one without an end would fill the memory."""
        line = super().readline(self._header_left if size < 0 else min(size, self._header_left))
        self._read_so_far += len(line)
        self._header_left -= len(line)
        if self._header_left <= 0:
            raise BrokenRecordError(f"its headers are longer than {LONGEST_HEADER >> 20} MiB")
        return line


class SmallMember(io.BytesIO):
    """A gzip member that was unpacked at once: most records, in half the time.

    Attributes:
        end: Where the next member begins.
        at: How far the file was read for it.
    """

    packed = True
    record_at = 0

    def __init__(self, unpacked: bytes, end: int) -> None:
        super().__init__(unpacked)
        self.end = self.at = end

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
                return _member(b"".join(unpacked), file, offset, end - len(unzip.unused_data))
            packed = file.read(CHUNK)
    except zlib.error:
        pass  # read bit by bit, it breaks where it is damaged
    return RecordStream(GzipMember(file, offset))


def _member(unpacked: bytes, file: BinaryIO, offset: int, end: int) -> RecordStream | SmallMember:
    """A member that was unpacked at once; bit by bit if its headers may have too many lines."""
    headers = http_headers = BLANK_LINE.search(unpacked)
    if headers:
        http_headers = BLANK_LINE.search(unpacked, headers.end())
    length = http_headers.start() if http_headers else len(unpacked)
    if unpacked.count(b"\n", 0, length) > MOST_LINES:
        return RecordStream(GzipMember(file, offset))
    return SmallMember(unpacked, end)
