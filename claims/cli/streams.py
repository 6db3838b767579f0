"""Standard input, output and error as the program finds them: closed, narrow, full."""

import codecs
import errno
import io
import os
import sys
from typing import IO, TYPE_CHECKING, TextIO, cast

from claims.text.display import visible

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


class _Closed(io.RawIOBase):
    """A stream that was closed before the program began: using it is an error, as for others.

    Attributes:
        dropped: Whether what is still buffered is taken for written.
    """

    dropped = False

    def readable(self) -> bool:
        """Always, so that the error is the one of reading."""
        return True

    def writable(self) -> bool:
        """Always, likewise."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:  # noqa: ARG002 - the signature of streams
        """Refuse."""
        from claims.errors.files import UnreadablePathError

        raise UnreadablePathError("-", os.strerror(errno.EBADF))

    def write(self, data: "ReadableBuffer", /) -> int:
        """Refuse, unless it was dropped."""
        if self.dropped:
            return memoryview(data).nbytes
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


class _Shown(io.RawIOBase):
    """Standard output of a terminal: what would control it is spelled out."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write bytes of UTF-8."""
        size = memoryview(data).nbytes
        lines = self._decoder.decode(bytes(data)).replace("\r\n", "\n").split("\n")
        sys.stdout.write("\n".join(map(visible, lines)))
        return size


def output_for_programs() -> IO[bytes]:
    """Standard output for bytes that programs read; if people look, nothing moves their cursor."""
    return cast("IO[bytes]", _Shown()) if sys.stdout.isatty() else sys.stdout.buffer


def prepare_streams() -> None:
    """Make the three streams usable, whatever the program was started with.

    A closed one gets its number back first: the next file opened, such as a connection to the
    database, would have it. Characters that an encoding does not know are replaced.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_Closed()), "utf-8")
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), "utf-8")
    if sys.stderr is None:
        # Where nobody listens nothing is lost.
        sys.stderr = io.TextIOWrapper(io.FileIO(os.open(os.devnull, os.O_WRONLY), "w"), "utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def drop(stream: TextIO) -> None:
    """Discard what is still buffered: the interpreter flushes it once more at its end."""
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    if isinstance(raw, _Closed):
        raw.dropped = True
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
