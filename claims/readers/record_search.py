"""Where the records of a web archive begin, and where the next one does after damage.

Whatever stands between two records may be made to look like one: nothing here takes more than a
bounded time for a byte, and look-alikes are counted.
"""

import re
import zlib
from typing import BinaryIO

CHUNK = 1 << 14
"""Bytes read at once; what of the last chunk belongs to the next member is read again."""
SEARCHED, OVERLAP = 1 << 20, 1 << 12
"""Bytes searched at once for a record, and how many are searched twice, as one may begin there."""
FEW = 64
"""Bytes of a gzip member that show whether it is worth unpacking more."""
MOST_ALIKE = 100_000
"""Gzip members without a record that are looked at in one file: half a second."""
LONGEST_LINE = 1 << 13
"""Bytes of the line that begins a record of an ARC file."""

MAGIC = b"\x1f\x8b\x08"
# As the writers of gzip fill its header: flags, time, how hard they tried, system.
MEMBER_START = re.compile(
    rb"\x1f\x8b\x08(?=[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff])", re.DOTALL
)
WARC_START = re.compile(rb"WARC/\d\.\d+\r*\n")
WARC_LINE = re.compile(rb"\n" + WARC_START.pattern)
# URL, address, moment, media type, length: no line of a page is likely to look like this.
ARC_START = re.compile(rb"[a-z][a-z0-9+.-]{0,30}:[^\n ]")
ARC_MIDDLE = re.compile(rb" [0-9a-fA-F.:]{1,45} \d{14} ")
ARC_END = re.compile(rb"\d\r?\n\Z")


def begins_record(line: bytes) -> bool:
    """Whether a line is the first of a WARC or ARC record."""
    return bool(WARC_START.match(line)) or _begins_arc(line)


def _begins_arc(line: bytes) -> bool:
    if len(line) > LONGEST_LINE or not ARC_START.match(line):
        return False
    return bool(ARC_MIDDLE.search(line) and ARC_END.search(line[-3:]))


class RecordSearch:
    """Finds the next record of a file.

    Args:
        file: The file, which is searched.
        packed: Whether records are gzip members.
    """

    def __init__(self, file: BinaryIO, *, packed: bool) -> None:
        self._file = file
        self._packed = packed
        self._left = MOST_ALIKE

    @property
    def gave_up(self) -> bool:
        """Whether too much looked like a record and was none."""
        return self._left <= 0

    def find(self, offset: int) -> int | None:
        """Where the next record begins at or after an offset; None if no other is found."""
        size = CHUNK  # the next record is often near
        while not self.gave_up:
            self._file.seek(offset)
            searched = self._file.read(size)
            at = self._find_member(searched) if self._packed else _find_line(searched)
            if at is not None:
                return offset + at
            if len(searched) < size:
                return None
            offset += size - OVERLAP
            size = SEARCHED
        return None

    def _find_member(self, searched: bytes) -> int | None:
        """The first gzip member that unpacks to a record."""
        for match in MEMBER_START.finditer(searched):
            if self.gave_up:
                return None
            if _unpacks_to_record(searched[match.start() : match.start() + OVERLAP]):
                return match.start()
            self._left -= 1
        return None


def _unpacks_to_record(head: bytes) -> bool:
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        start = unzip.decompress(head, FEW)
        if not start.startswith(b"WARC/") and not ARC_START.match(start):
            return False
        start += unzip.decompress(unzip.unconsumed_tail, CHUNK)
    except zlib.error:
        return False
    return begins_record(start[: start.find(b"\n") + 1])


def _find_line(searched: bytes) -> int | None:
    match = WARC_LINE.search(searched)
    arc = _find_arc_line(searched, match.start() if match else len(searched))
    return arc if arc is not None else match and match.start() + 1


def _find_arc_line(searched: bytes, end: int) -> int | None:
    at = 0
    while middle := ARC_MIDDLE.search(searched, at, end):
        start = searched.rfind(b"\n", at, middle.start()) + 1
        at = searched.find(b"\n", middle.end())
        if at < 0:
            return None
        if start and _begins_arc(searched[start : at + 1]):
            return start
    return None
