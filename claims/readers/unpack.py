"""Gzip and bzip2, decoded within limits."""

import bz2
import io
import zlib
from typing import IO, TYPE_CHECKING

from claims.model.problem import Reason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BZIP2 = b"BZh"
CHUNK = 64 * 1024
FREE = 1024 * 1024
"""Decoded bytes before the ratio counts: a short text that repeats itself packs well."""
RATIO = 200
"""Decoded bytes for one packed. Prose gives 3 to 5, gzip's most is 1,030."""
MOST = 10 * 1024**3
DEEPEST = 2
"""Gzip in gzip, and no further."""
EMPTY_MEMBERS = 1000
"""In a row; each costs more time than its twenty bytes look like."""
PADDING = b"\x00"
"""What tar and tapes leave behind the last member."""


class PackedError(Exception):
    """Packed bytes end too early, are damaged, or unpack to too much.

    Attributes:
        reason: Which of these.
        detail: In one line.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Unpacked(io.RawIOBase):
    """The decoded bytes of a stream of gzip, member after member.

    Reading raises `PackedError` when a limit is passed, or the bytes are no gzip to their end.
    """

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._decoder = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._read = self._decoded = self._empty = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill some of the buffer; 0 at the end."""
        view = memoryview(buffer)
        while self._fill():
            try:
                decoded = self._decoder.decompress(self._waiting, len(view))
            except zlib.error as error:
                detail = f"the gzip data is damaged after {self._decoded} bytes: {error}"
                raise PackedError(Reason.DAMAGED, detail) from error
            self._waiting = self._decoder.unconsumed_tail
            if decoded:
                self._count(len(decoded))
                view[: len(decoded)] = decoded
                return len(decoded)
        return 0

    def _fill(self) -> bool:
        """Whether there is something left to decode; the next member begins if one has ended."""
        if self._decoder.eof:
            self._waiting = self._decoder.unused_data.lstrip(PADDING)
            while not self._waiting and (more := self._take()):
                self._waiting = more.lstrip(PADDING)
            if not self._waiting:
                return False
            self._decoder = zlib.decompressobj(wbits=31)
            self._empty += 1
            if self._empty > EMPTY_MEMBERS:
                detail = f"more than {EMPTY_MEMBERS} gzip members in a row are empty"
                raise PackedError(Reason.DAMAGED, detail)
        if not self._waiting:
            self._waiting = self._take()
            if not self._waiting:
                detail = f"the gzip data ends early, after {self._decoded} decoded bytes"
                raise PackedError(Reason.TRUNCATED, detail)
        return True

    def _take(self) -> bytes:
        packed = self._packed.read(CHUNK)
        self._read += len(packed)
        return packed

    def _count(self, decoded: int) -> None:
        self._decoded += decoded
        self._empty = 0
        # What waits was read and not decoded: counted, it would let a bomb hide behind it.
        _require_within_limits(self._decoded, self._read - len(self._waiting))


class UnpackedBzip2(io.RawIOBase):
    """The decoded bytes of a stream of bzip2, within the same limits."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._file = bz2.BZ2File(packed)
        self._decoded = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill some of the buffer; 0 at the end."""
        view = memoryview(buffer)
        try:
            block = self._file.read(min(len(view), CHUNK))
        except EOFError as error:
            detail = f"the bzip2 data ends early, after {self._decoded} decoded bytes"
            raise PackedError(Reason.TRUNCATED, detail) from error
        except OSError as error:
            detail = f"the bzip2 data is damaged after {self._decoded} bytes"
            raise PackedError(Reason.DAMAGED, detail) from error
        self._decoded += len(block)
        _require_within_limits(self._decoded, self._packed.tell())
        view[: len(block)] = block
        return len(block)


def _require_within_limits(decoded: int, used: int) -> None:
    if decoded > MOST:
        raise PackedError(Reason.TOO_LARGE, f"it unpacks to more than {MOST >> 30} GiB")
    if decoded > FREE and decoded > RATIO * used:
        detail = f"it unpacks to more than {RATIO} times its size: {decoded} bytes so far"
        raise PackedError(Reason.TOO_LARGE, detail)
